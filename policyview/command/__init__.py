"""The commands, each a module of which ``run`` is called with its arguments, and what they share."""
