"""A practice's list: how it is read, and what becomes of its lines."""
