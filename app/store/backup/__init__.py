"""Backups of an open vault, in a folder that may lie on a stick or a network share."""
