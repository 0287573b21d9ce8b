"""What the system and the driver say about a medium becomes advice for its user."""

import errno
import shutil
from typing import NamedTuple

import pytest

from app.store.backup.errors import (
    BackupFolderMissingError,
    BackupFullError,
    BackupMediumError,
    BackupReadOnlyError,
    writing_to,
)
from app.store.errors import (
    DiskFullError,
    PageDamagedError,
    ReadOnlyFolderError,
    StoreBusyError,
    StoreIOError,
    StoreReadOnlyError,
    VaultExistsError,
)


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def said(error, folder):
    with pytest.raises(Exception) as caught, writing_to(folder):  # noqa: PT011 - its type is asked
        raise error
    return caught.type


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.EACCES, BackupReadOnlyError),
        (errno.EROFS, BackupReadOnlyError),
        (errno.ENOSPC, BackupFullError),
        (errno.EFBIG, BackupFullError),
        (errno.ENOENT, BackupFolderMissingError),
        (errno.ENODEV, BackupFolderMissingError),
        (errno.EIO, BackupMediumError),
    ],
)
def test_system_errors(tmp_path, number, expected):
    assert said(OSError(number, "said by the system"), tmp_path) is expected


DRIVER = (PageDamagedError, ReadOnlyFolderError, StoreBusyError, StoreIOError, StoreReadOnlyError)


@pytest.mark.parametrize("error", DRIVER)
def test_driver_errors(tmp_path, monkeypatch, error):
    assert said(error(), tmp_path) is BackupMediumError
    assert said(error(), tmp_path / "gone") is BackupFolderMissingError

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(9, 9, 100))
    assert said(error(), tmp_path) is BackupFullError

    def refuse(_folder):
        raise OSError

    monkeypatch.setattr(shutil, "disk_usage", refuse)
    assert said(error(), tmp_path) is BackupMediumError


def test_full_disk(tmp_path):
    assert said(DiskFullError(), tmp_path) is BackupFullError


def test_medium_that_fails_when_asked_whether_it_is_there(tmp_path):
    class Broken:
        def is_dir(self):
            raise OSError

    assert said(OSError(errno.EIO, ""), Broken()) is BackupFolderMissingError


def test_what_is_not_of_the_medium_stays_as_it_is(tmp_path):
    assert said(VaultExistsError(), tmp_path) is VaultExistsError
