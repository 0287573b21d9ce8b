"""What can go wrong with a backup and its medium, for its user."""

from __future__ import annotations

import errno
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import KnownError
from app.store.errors import (
    DiskFullError,
    PageDamagedError,
    ReadOnlyFolderError,
    StoreBusyError,
    StoreIOError,
    StoreReadOnlyError,
)


class BackupFolderMissingError(KnownError):
    """The folder is not there: the stick was pulled, the share is gone."""

    code = "BACKUP-001"
    message = "The folder for backups cannot be reached."
    advice = (
        "Connect the stick, disk or network drive, then try again. "
        "Backups that were made before are not affected."
    )


class BackupReadOnlyError(KnownError):
    """One may not write there."""

    code = "BACKUP-002"
    message = "The folder for backups cannot be written."
    advice = "Check the stick's switch and your rights there, or choose another folder."


class BackupFullError(KnownError):
    """No room on the medium."""

    code = "BACKUP-003"
    message = "The medium for backups is full; this backup was not finished."
    advice = (
        "Make room there or choose another medium. The backups before it are whole, "
        "and what was copied by now is not copied again."
    )


class BackupMediumError(KnownError):
    """The medium answered with an error in the middle."""

    code = "BACKUP-004"
    message = "The medium for backups reported an error; this backup was not finished."
    advice = (
        "Check that it is connected firmly and try again; if it happens again, use another medium. "
        "The backups before it are whole."
    )


class BackupNotVerifiedError(KnownError):
    """What was read back is not what was written."""

    code = "BACKUP-005"
    message = "What was read back from the medium is not what was written; the backup was dropped."
    advice = "Do not trust this medium any more: use another one. The backups before it stay."


class NoBackupThereError(KnownError):
    """No set of backups in the folder, or none of this vault."""

    code = "BACKUP-006"
    message = "There is no backup in this folder."
    advice = "Choose the folder whose name ends in .clinigraph-backup, or the one that holds it."


class BackupDamagedError(KnownError):
    """A file of a backup is missing, cut short or not what was written."""

    code = "BACKUP-007"
    message = "This backup is damaged or was changed: it is not what Clinigraph wrote."
    advice = (
        "Choose an earlier point or another medium, and keep this one for those who look into it."
    )


class ForeignBackupError(KnownError):
    """The set is not of this vault key."""

    code = "BACKUP-008"
    message = "This backup belongs to another vault, or to an earlier key of this one."
    advice = "Choose the backup of this vault, or use the passphrase or recovery code of its day."


class NewerBackupError(KnownError):
    """A later release wrote it."""

    code = "BACKUP-009"
    message = (
        "This backup was made by a newer Clinigraph: its format is {found}, "
        "this program knows {known}."
    )
    advice = "Update Clinigraph on this workstation. Nothing was changed."


class BackupPointUnknownError(KnownError):
    """No point of that name."""

    code = "BACKUP-010"
    message = "There is no such point in this backup."
    advice = "Choose one that is listed."


class NoRoomToRestoreError(KnownError):
    """The disk cannot take the vault."""

    code = "BACKUP-011"
    message = "Restoring needs {needed_mb} MB, and there are {free_mb} MB free."
    advice = "Make room, or choose a folder on another disk. Nothing was written."


class PassphraseLaterError(KnownError):
    """It opens the newest backup, not this one."""

    code = "BACKUP-012"
    message = "This passphrase or code was set after this backup was made."
    advice = (
        "A backup opens with the passphrases and the recovery code of its day. "
        "Use one of these, or choose a later point."
    )


_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_FULL = frozenset(
    {errno.ENOSPC, errno.EFBIG} | ({errno.EDQUOT} if sys.platform != "win32" else set())
)
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO})
_LITTLE_BYTES = 1 << 20


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Turn what the store and the operating system say about a medium into a backup's errors."""
    try:
        yield
    except OSError as error:
        raise _of_os_error(error, folder) from error
    except DiskFullError as error:
        raise BackupFullError from error
    except (
        PageDamagedError,
        ReadOnlyFolderError,
        StoreBusyError,
        StoreIOError,
        StoreReadOnlyError,
    ) as error:
        raise _of_store_error(folder) from error


def _of_os_error(error: OSError, folder: Path) -> KnownError:
    if error.errno in _DENIED:
        return BackupReadOnlyError()
    if error.errno in _FULL:
        return BackupFullError()
    if error.errno in _GONE or not _is_there(folder):
        return BackupFolderMissingError()
    return BackupMediumError()


def _of_store_error(folder: Path) -> KnownError:
    """The driver says little: look why."""
    if not _is_there(folder):
        return BackupFolderMissingError()
    try:
        full = shutil.disk_usage(folder).free < _LITTLE_BYTES
    except OSError:
        return BackupMediumError()
    return BackupFullError() if full else BackupMediumError()


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False
