"""Where pictures come from, apart from the live camera of the window."""
