"""Keep the memory of this process, which holds keys, from other programs and out of crash dumps."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

_PR_SET_DUMPABLE = 4  # linux/prctl.h
_PT_DENY_ATTACH = 31  # macOS sys/ptrace.h
_SEM_FAILCRITICALERRORS, _SEM_NOGPFAULTERRORBOX = 0x0001, 0x0002  # winbase.h


def harden_process() -> None:
    """Switch off core dumps, and reading by other programs of the same user, as far as it goes.

    It never fails: what a platform does not offer is left. Call it first thing in the program.
    Linux: RLIMIT_CORE 0 and PR_SET_DUMPABLE 0 (debuggers and /proc/PID/mem are refused). macOS:
    RLIMIT_CORE 0 and PT_DENY_ATTACH. Windows: no error reports, which hold memory.
    """
    with suppress(OSError, ValueError, AttributeError):
        _harden()


if sys.platform == "win32":

    def _harden() -> None:
        ctypes.windll.kernel32.SetErrorMode(_SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX)

else:
    import resource

    def _harden() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        elif sys.platform == "darwin":
            ctypes.CDLL(None).ptrace(_PT_DENY_ATTACH, 0, None, 0)
