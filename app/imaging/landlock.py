"""Landlock: a Linux process gives up files, the network and other processes for ever.

Source: Linux, Documentation/userspace-api/landlock.rst and include/uapi/linux/landlock.h.
"""

from __future__ import annotations

import ctypes
import os
from typing import Final

# The same numbers on every architecture: include/uapi/asm-generic/unistd.h.
LANDLOCK_CREATE_RULESET: Final = 444
LANDLOCK_RESTRICT_SELF: Final = 446
ASK_FOR_VERSION: Final = 1

# Highest right of each version of the interface; all rights up to it are taken.
FILE_RIGHTS: Final = {1: 1 << 12, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
NETWORK_RIGHTS: Final = {4: 1 << 1}
SCOPES: Final = {6: 1 << 1}  # abstract sockets, and signals to others


class _Ruleset(ctypes.Structure):
    """struct landlock_ruleset_attr."""

    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


def version(libc: ctypes.CDLL) -> int:
    """The interface that this kernel offers; 0 when it has none, or it was switched off."""
    return max(0, int(libc.syscall(LANDLOCK_CREATE_RULESET, None, 0, ASK_FOR_VERSION)))


def handled(offered: int) -> tuple[int, int, int]:
    """Every right of that version: on files, on the network, towards other processes."""
    return _all(FILE_RIGHTS, offered), _all(NETWORK_RIGHTS, offered), _all(SCOPES, offered)


def forbid_files_and_network(libc: ctypes.CDLL) -> bool:
    """Handle every right and allow none; False where the kernel has no Landlock.

    Handles that are open stay open. The process must have given up new privileges before. Only the
    calling thread and what it starts is bound, so call it while there is one.

    Raises:
        OSError: The kernel has it and refused.
    """
    offered = version(libc)
    if offered == 0:
        return False
    rules = _Ruleset(*handled(offered))
    size = ctypes.sizeof(rules) if offered >= min(SCOPES) else _size_before(offered)
    handle = libc.syscall(LANDLOCK_CREATE_RULESET, ctypes.byref(rules), size, 0)
    if handle < 0:
        raise OSError(ctypes.get_errno(), "landlock_create_ruleset")
    try:
        if libc.syscall(LANDLOCK_RESTRICT_SELF, handle, 0) != 0:
            raise OSError(ctypes.get_errno(), "landlock_restrict_self")
    finally:
        os.close(handle)
    return True


def _all(rights: dict[int, int], offered: int) -> int:
    known = [highest for since, highest in rights.items() if since <= offered]
    return (max(known) << 1) - 1 if known else 0


def _size_before(offered: int) -> int:
    """Older kernels know fewer members, and refuse more bytes than those unless they are zero."""
    return 16 if offered >= min(NETWORK_RIGHTS) else 8
