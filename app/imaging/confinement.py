"""Take from the decoding process what it does not need, before it sees the first untrusted byte.

What holds today: no core dumps, no files written, few handles, a lower priority; on Linux also
limited memory, no new privileges, and no other process may look inside. On Windows only the
priority and the limits of time and pixels hold, which the program itself sets and keeps. A later
layer (Landlock and seccomp, a Windows job object, a macOS sandbox profile) belongs into `confine`,
as a further function: by then everything is imported, which such a layer would forbid. HEIC needs
threads, so `clone` with CLONE_THREAD has to stay allowed.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

from app.imaging.limits import ADDRESS_SPACE_BYTES

PR_SET_DUMPABLE: Final = 4  # linux/prctl.h
PR_SET_NO_NEW_PRIVS: Final = 38  # linux/prctl.h
OPEN_FILES: Final = 32
NICENESS: Final = 5
"""Decoding waits for the window, and for the writing of what was decoded before."""


def confine() -> None:
    """Limit this process for the rest of its life; called once, after all imports."""
    if sys.platform != "win32":
        os.nice(NICENESS)
        _limit_resources()
    if sys.platform == "linux":
        _drop_privileges()


if sys.platform != "win32":
    import resource

    def _limit_resources() -> None:
        limits = {
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_FSIZE: 0,
            resource.RLIMIT_NOFILE: OPEN_FILES,
        }
        if sys.platform == "linux":  # macOS refuses to limit the address space
            limits[resource.RLIMIT_AS] = ADDRESS_SPACE_BYTES
        for kind, limit in limits.items():
            hard = resource.getrlimit(kind)[1]
            value = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(kind, (value, value))


def _drop_privileges() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    for option, value in ((PR_SET_NO_NEW_PRIVS, 1), (PR_SET_DUMPABLE, 0)):
        if libc.prctl(option, value, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
