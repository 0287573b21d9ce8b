"""A file is replaced whole or not at all."""

import errno
import os
import stat
import sys

import pytest

from app.store import durable_file
from app.store.errors import DiskFullError, ReadOnlyFolderError, StoreIOError


def test_content_is_replaced_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "keys"
    (tmp_path / "keys-new").write_bytes(b"left by a crash")

    for content in (b"first", b"second"):
        durable_file.replace_durably(path, content)

    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_new_file_is_empty_and_never_one_that_exists(tmp_path):
    path = tmp_path / "keys"

    durable_file.create_private(path)

    assert path.read_bytes() == b""
    with pytest.raises(FileExistsError):
        durable_file.create_private(path)


@pytest.mark.parametrize(
    ("code", "known"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EROFS, ReadOnlyFolderError),
        (errno.EACCES, ReadOnlyFolderError),
        (errno.EIO, StoreIOError),
    ],
)
def test_failure_keeps_the_old_content_and_is_sorted(tmp_path, monkeypatch, code, known):
    path = tmp_path / "keys"
    durable_file.replace_durably(path, b"old")

    def failing(descriptor):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(known):
        durable_file.replace_durably(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
