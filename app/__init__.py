"""Clinigraph: point-of-care clinical photography and consent."""

__version__ = "0.1.0"
