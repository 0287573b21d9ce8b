"""Files that are there whole or not at all, also after a power cut."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from app.store.errors import DiskFullError, ReadOnlyFolderError, StoreIOError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRIVATE_FILE = 0o600
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT} if sys.platform != "win32" else {errno.ENOSPC})


@contextmanager
def sorted_os_errors() -> Iterator[None]:
    """Turn what the operating system says about a file into the store's KnownErrors."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno in _DENIED:
            raise ReadOnlyFolderError from error
        if error.errno in _FULL:
            raise DiskFullError from error
        raise StoreIOError from error


def sync_folder(folder: Path) -> None:
    """Make renames and new names in a folder durable; Windows does it with the rename."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def create_private(path: Path) -> None:
    """A new empty file that only its owner can read, durable.

    Raises:
        FileExistsError: There is a file of that name.
        ReadOnlyFolderError: The folder cannot be written.
    """
    with sorted_os_errors():
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
        sync_folder(path.parent)


def replace_durably(path: Path, content: bytes) -> None:
    """Replace a file by temporary file, fsync, rename and fsync of the folder.

    The temporary file lies beside it and is gone afterwards, whatever happens.

    Raises:
        ReadOnlyFolderError: The folder cannot be written; the old file is untouched.
        DiskFullError: No room; the old file is untouched.
    """
    beside = path.with_name(path.name + "-new")
    with sorted_os_errors():
        try:
            beside.unlink(missing_ok=True)
            _write_synced(beside, content)
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def _write_synced(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
