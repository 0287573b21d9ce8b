"""Loads the package before any test module loads QtMultimedia, which warns while it is loaded."""

import app.ui.camera  # noqa: F401 - quietens Qt
