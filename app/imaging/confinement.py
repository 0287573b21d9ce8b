"""Take from the decoding process what it does not need, before it sees the first untrusted byte.

Everywhere but on Windows: no core dumps, no files written, few handles, a lower priority. On Linux
also limited memory and processor time, no new privileges, no look inside from other processes, and
where the kernel has them Landlock (no files, no network, no signals to others) and seccomp (no
system call but those of decoding). On Windows the program holds the process in a job object, see
`windows_job`. All imports come before: none is possible afterwards.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from enum import StrEnum
from typing import Final

from app.imaging.landlock import forbid_files_and_network
from app.imaging.limits import ADDRESS_SPACE_BYTES, PROCESSOR_S
from app.imaging.seccomp import allow_only_decoding

PR_SET_DUMPABLE: Final = 4  # linux/prctl.h
PR_SET_NO_NEW_PRIVS: Final = 38  # linux/prctl.h
OPEN_FILES: Final = 32
NICENESS: Final = 5
"""Decoding waits for the window, and for the writing of what was decoded before."""


class Layer(StrEnum):
    """What stands between a picture that took the process over and the rest of the computer."""

    LIMITS = "limits"
    NO_PRIVILEGES = "no-privileges"
    LANDLOCK = "landlock"
    SECCOMP = "seccomp"


def confine() -> tuple[Layer, ...]:
    """Limit this process for the rest of its life; called once, after all imports.

    Returns:
        What is in force; less than everything on an older kernel or another system.
    """
    layers = []
    os.chdir(os.sep)  # Pillow asks where it is; that is nobody's business
    if sys.platform != "win32":
        os.nice(NICENESS)
        _limit_resources()
        layers.append(Layer.LIMITS)
    if sys.platform == "linux":
        layers += _give_up()
    return tuple(layers)


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
            limits[resource.RLIMIT_CPU] = PROCESSOR_S
        for kind, limit in limits.items():
            hard = resource.getrlimit(kind)[1]
            value = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(kind, (value, value))


def _give_up() -> list[Layer]:
    libc = ctypes.CDLL(None, use_errno=True)
    _drop_privileges(libc)
    layers = [Layer.NO_PRIVILEGES]
    if forbid_files_and_network(libc):
        layers.append(Layer.LANDLOCK)
    if allow_only_decoding(libc, platform.machine()):
        layers.append(Layer.SECCOMP)
    return layers


def _drop_privileges(libc: ctypes.CDLL) -> None:
    for option, value in ((PR_SET_NO_NEW_PRIVS, 1), (PR_SET_DUMPABLE, 0)):
        if libc.prctl(option, value, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
