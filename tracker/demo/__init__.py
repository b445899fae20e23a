"""Invented people, so that a newcomer sees every state of a clinic."""
