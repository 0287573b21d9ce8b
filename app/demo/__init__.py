"""A throw-away vault with invented patients, and a driver of the real window."""
