"""The pages about plans, injections and results."""
