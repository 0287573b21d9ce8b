"""The folder of forms gives every form file and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.documents.form_folder import FormFolderError, read_forms
from app.services.form_library import MAX_FORM_BYTES


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_forms_come_in_order_with_their_names_in_the_folder(tmp_path):
    write(tmp_path / "b" / "en.toml", b"b-en")
    write(tmp_path / "a" / "en.toml", b"a-en")
    write(tmp_path / "a" / "de.toml", b"a-de\r\n")

    forms = read_forms(tmp_path)

    assert forms == (("a/de.toml", b"a-de\r\n"), ("a/en.toml", b"a-en"), ("b/en.toml", b"b-en"))


def test_what_is_no_form_is_left_alone(tmp_path):
    write(tmp_path / "README.md", b"")
    write(tmp_path / "top.toml", b"")
    write(tmp_path / ".git" / "en.toml", b"")
    write(tmp_path / "a" / ".en.toml", b"")
    write(tmp_path / "a" / "notes.txt", b"")
    (tmp_path / "a" / "folder.toml").mkdir()

    assert read_forms(tmp_path) == ()


def test_no_more_is_read_than_shows_that_a_file_is_too_long(tmp_path):
    write(tmp_path / "a" / "en.toml", b"#" * (MAX_FORM_BYTES + 100))

    ((_, data),) = read_forms(tmp_path)

    assert len(data) == MAX_FORM_BYTES + 1


def test_missing_folder_is_a_known_error(tmp_path):
    with pytest.raises(FormFolderError) as caught:
        read_forms(tmp_path / "gone")

    assert str(tmp_path) not in str(caught.value)
