"""Backups in the window: keeping the schedule, choosing a point, restoring."""
