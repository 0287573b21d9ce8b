"""Cameras against real servers on this machine; no camera hardware."""
