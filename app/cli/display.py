"""Whether there is a screen for the window, before Qt would end the program for want of one."""

from __future__ import annotations

import os
import sys

from app.cli.errors import NoDisplayError

_NAMED_BY = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def require_display() -> None:
    """Refuse to open the window where nothing says on what.

    Raises:
        NoDisplayError: There is no display.
    """
    desktop = sys.platform in {"win32", "darwin"}
    if not desktop and not any(os.environ.get(name) for name in _NAMED_BY):
        raise NoDisplayError
