"""Taking pictures in: cameras, files, what is dropped and pasted, and today's strip."""
