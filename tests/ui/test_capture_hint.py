"""The hint to leave the window out of screenshots, against what stands in for the systems."""

import ctypes

from app.ui.program.capture_hint import EXCLUDED_FROM_CAPTURE, hide_from_capture


class User32:
    def __init__(self, answer=1):
        self.asked = []
        self._answer = answer

    def SetWindowDisplayAffinity(self, window, affinity):  # noqa: N802 - Windows' name
        self.asked.append((window, affinity))
        return self._answer


class Objc:
    """Remembers the messages that were sent."""

    def __init__(self):
        self.sent = []

        def send(receiver, selector, *rest):
            self.sent.append((receiver, selector, *rest))
            return 99

        def register(name):
            return name.decode()

        self.objc_msgSend = send
        self.sel_registerName = register


def test_windows_is_asked_to_leave_the_window_out():
    user32 = User32()

    assert hide_from_capture(42, system="win32", library=user32)
    assert user32.asked == [(42, EXCLUDED_FROM_CAPTURE)]


def test_an_older_windows_says_no():
    assert not hide_from_capture(42, system="win32", library=User32(answer=0))
    assert not hide_from_capture(42, system="win32", library=object())


def test_macos_is_asked_to_share_nothing():
    objc = Objc()

    assert hide_from_capture(42, system="darwin", library=objc)
    assert objc.sent == [(42, "window"), (99, "setSharingType:", 0)]
    assert objc.objc_msgSend.argtypes[2] is ctypes.c_ulong


def test_elsewhere_there_is_nobody_to_ask():
    assert not hide_from_capture(42, system="linux")
