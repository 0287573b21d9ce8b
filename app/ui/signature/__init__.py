"""Signing on the screen, by mouse, finger or pen."""
