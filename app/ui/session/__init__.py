"""The seven steps of a session, staff side and patient's side."""
