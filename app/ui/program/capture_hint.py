"""Asks the system to leave the window out of screenshots, recordings and shared screens.

A hint, no protection: Windows keeps to it since 10 version 2004 but gives no guarantee, recent
versions of macOS honour it in part, X11 and Wayland know nothing of the kind.

Source: Microsoft, SetWindowDisplayAffinity; Apple, NSWindow.sharingType. Not tried on either.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any, Final

EXCLUDED_FROM_CAPTURE: Final = 0x11  # WDA_EXCLUDEFROMCAPTURE
SHARING_NONE: Final = 0  # NSWindowSharingNone


def hide_from_capture(window_id: int, *, system: str = sys.platform, library: Any = None) -> bool:  # noqa: ANN401
    """Give the hint for a window of the system; whether there was anybody to give it to.

    Args:
        window_id: `QWindow.winId()`.
        system: As `sys.platform` names it.
        library: Stands in for the system's own in tests.
    """
    try:
        if system == "win32":
            user32 = library or ctypes.WinDLL("user32")  # type: ignore[attr-defined,unused-ignore]
            return bool(user32.SetWindowDisplayAffinity(window_id, EXCLUDED_FROM_CAPTURE))
        if system == "darwin":
            _unshare(window_id, library or ctypes.CDLL("libobjc.dylib"))
            return True
    except (OSError, AttributeError):  # another version of the system has no such thing
        return False
    return False


def _unshare(view: int, objc: Any) -> None:  # noqa: ANN401 - a library, or what stands in for it
    """[[view window] setSharingType:NSWindowSharingNone]."""
    objc.sel_registerName.restype = ctypes.c_void_p
    send = objc.objc_msgSend
    send.restype = ctypes.c_void_p
    send.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    window = send(view, objc.sel_registerName(b"window"))
    send.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong]
    send(window, objc.sel_registerName(b"setSharingType:"), SHARING_NONE)
