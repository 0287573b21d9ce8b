"""One program at a time for a vault: a lock of the operating system, which a crash releases."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from app.store.durable_file import PRIVATE_FILE, sorted_os_errors
from app.store.errors import AlreadyOpenError, StoreBusyError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_ATTEMPTS = 100


class InstanceLock:
    """The lock of one vault, held until `release`, the end of the block, or the end of the process.

    It lies on an empty file of its own beside the vault: a lock on the database would be lost when
    SQLite closes the file, and the key file is replaced when it changes. A file that a crash leaves
    behind does not count; the lock on it does. The file is removed when the lock is released.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        """Take over a locked descriptor; use `acquire` instead."""
        self._path = path
        self._descriptor: int | None = descriptor

    @classmethod
    def acquire(cls, path: Path) -> Self:
        """Take the lock, or say who has it: another window or program.

        Raises:
            AlreadyOpenError: The vault is open elsewhere.
            ReadOnlyFolderError: The folder cannot be written; nothing was.
        """
        for _ in range(_ATTEMPTS):
            descriptor = _opened_and_locked(path)
            if _is_still_at(descriptor, path):
                return cls(path, descriptor)
            os.close(descriptor)  # the holder removed it between our opening and our locking
        raise StoreBusyError

    def release(self) -> None:
        """Remove the file and give the lock back; the second time does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(descriptor)
            with suppress(OSError):
                self._path.unlink()
        else:
            with suppress(OSError):
                self._path.unlink()
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _opened_and_locked(path: Path) -> int:
    with sorted_os_errors():
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE)
    try:
        _lock(descriptor)
    except OSError as error:
        os.close(descriptor)
        raise AlreadyOpenError from error
    return descriptor


def _is_still_at(descriptor: int, path: Path) -> bool:
    """Whether the locked file is the one that others will find under this name."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    return os.path.samestat(found, os.fstat(descriptor))
