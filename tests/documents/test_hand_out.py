"""A file leaves the vault whole, under a new name, or not at all."""

import hashlib
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.documents.hand_out import (
    FileThereError,
    NotAsReleasedError,
    NotWrittenError,
    hand_out,
)
from app.domain.disclosure import HandOver, OriginalExtract, PatientCopy, Report
from app.domain.ids import DocumentId, ImageId, PatientId, Sha256, StaffId, WorkstationId
from app.domain.stamp import Stamp

STAMP = Stamp(datetime(2026, 11, 23, 9, 42, tzinfo=UTC), StaffId("s"), WorkstationId("w"))
DATA = b"%PDF-1.7 a patient's copy"


def a_copy(data=DATA, way=HandOver.SAVED):
    sha256 = Sha256(hashlib.sha256(data).hexdigest())
    return PatientCopy(DocumentId("d"), PatientId("p"), sha256, way)


def test_copy_is_written_whole_and_for_this_user_only(tmp_path):
    path = tmp_path / "copy.pdf"

    hand_out(a_copy(), DATA, path)

    assert path.read_bytes() == DATA
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_uncommon_name_is_written(tmp_path, uncommon_filename):
    path = tmp_path / uncommon_filename

    hand_out(Report("recovery-sheet", STAMP), DATA, path)

    assert path.read_bytes() == DATA


def test_file_that_is_there_is_never_replaced(tmp_path):
    path = tmp_path / "copy.pdf"
    path.write_bytes(b"another patient's")

    with pytest.raises(FileThereError):
        hand_out(a_copy(), DATA, path)

    assert path.read_bytes() == b"another patient's"
    assert list(tmp_path.iterdir()) == [path]


def test_bytes_of_another_paper_are_refused(tmp_path):
    with pytest.raises(NotAsReleasedError):
        hand_out(a_copy(b"other"), DATA, tmp_path / "copy.pdf")

    assert not list(tmp_path.iterdir())


def test_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(NotWrittenError):
        hand_out(a_copy(), DATA, tmp_path / "gone" / "copy.pdf")


def test_stick_that_damages_what_it_takes_is_found_out(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "read_bytes", lambda _: DATA[:-1] + b"?")

    with pytest.raises(NotAsReleasedError):
        hand_out(a_copy(), DATA, tmp_path / "copy.pdf")

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("there", [False, True])
def test_stick_without_links_takes_a_file_too(tmp_path, monkeypatch, there):
    def no_links(*_):
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "copy.pdf"
    if there:
        path.write_bytes(b"another patient's")
        with pytest.raises(FileThereError):
            hand_out(a_copy(), DATA, path)
    else:
        hand_out(a_copy(), DATA, path)

    assert path.read_bytes() == (b"another patient's" if there else DATA)
    assert list(tmp_path.iterdir()) == [path]


def test_declined_copy_is_not_written(tmp_path):
    with pytest.raises(AssertionError, match="declined"):
        hand_out(a_copy(way=HandOver.DECLINED), DATA, tmp_path / "copy.pdf")


def test_extract_of_an_original_is_written(tmp_path):
    extract = OriginalExtract(ImageId("i"), "second opinion", "Dr Conaill", STAMP)

    hand_out(extract, b"\xff\xd8\xff", tmp_path / "original.jpg")

    assert (tmp_path / "original.jpg").read_bytes() == b"\xff\xd8\xff"
