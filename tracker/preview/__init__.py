"""What would move, if an act were done: asked without doing it."""
