import sys

import pytest

from tests.store.furnishing import PAPER, PHOTOGRAPH


def extract(rooms, image, out, reason="second opinion", recipient="Dr Lindqvist"):
    return rooms(
        "export-original", image, "--reason", reason, "--recipient", recipient, "--out", out
    )


def test_original_comes_out_bit_for_bit(clinic_rooms, furnished, tmp_path):
    ended = extract(clinic_rooms, furnished.image.id, tmp_path / "out.jpg")

    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert (tmp_path / "out.jpg").read_bytes() == PHOTOGRAPH
    if sys.platform != "win32":
        assert (tmp_path / "out.jpg").stat().st_mode & 0o077 == 0


def test_patients_copy_comes_out_as_it_was_kept(clinic_rooms, furnished, tmp_path):
    ended = clinic_rooms("export-consent", furnished.consent.id, "--out", tmp_path / "copy.pdf")

    assert ended.code == 0
    assert (tmp_path / "copy.pdf").read_bytes() == PAPER


@pytest.mark.parametrize(
    ("image", "reason", "recipient", "code"),
    [
        ("no-such-image", "r", "r", "SESSION-021"),
        (None, " ", "r", "SESSION-022"),
        (None, "r", "", "SESSION-022"),
    ],
)
def test_what_may_not_leave_does_not(
    clinic_rooms, furnished, tmp_path, image, reason, recipient, code
):
    out = tmp_path / "out.jpg"

    ended = extract(clinic_rooms, image or furnished.image.id, out, reason, recipient)

    assert (ended.code, ended.known_code) == (4, code)
    assert not out.exists()


def test_consent_that_does_not_exist_is_said(clinic_rooms, tmp_path):
    ended = clinic_rooms("export-consent", "no-such", "--out", tmp_path / "copy.pdf")

    assert (ended.code, ended.known_code) == (4, "SESSION-018")


def test_consent_without_its_copy_is_said(clinic_rooms, furnished, tmp_path, monkeypatch):
    monkeypatch.setattr("app.services.papers.copy_of", lambda *_: None)

    ended = clinic_rooms("export-consent", furnished.consent.id, "--out", tmp_path / "copy.pdf")

    assert (ended.code, ended.known_code) == (4, "CLI-007")


@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
def test_nothing_that_is_there_is_written_over(clinic_rooms, furnished, tmp_path, kind):
    out = tmp_path / "out"
    if kind == "file":
        out.write_bytes(b"mine")
    elif kind == "folder":
        out.mkdir()
    else:
        out.symlink_to(tmp_path / "nowhere")
    before = clinic_rooms.bytes_of()

    for ended in (
        extract(clinic_rooms, furnished.image.id, out),
        clinic_rooms("export-consent", furnished.consent.id, "--out", out),
    ):
        assert (ended.code, ended.known_code) == (4, "PAPER-010")

    assert clinic_rooms.bytes_of() == before, "nothing was recorded as handed out"
    assert not (tmp_path / "nowhere").exists()
    if kind == "file":
        assert out.read_bytes() == b"mine"


def test_missing_folder_is_said_before_anything_is_recorded(clinic_rooms, furnished, tmp_path):
    before = clinic_rooms.bytes_of()

    ended = extract(clinic_rooms, furnished.image.id, tmp_path / "no" / "out.jpg")

    assert (ended.code, ended.known_code) == (4, "PAPER-011")
    assert clinic_rooms.bytes_of() == before


def test_file_name_of_any_bytes_is_taken(clinic_rooms, furnished, tmp_path, uncommon_filename):
    out = tmp_path / uncommon_filename

    assert extract(clinic_rooms, furnished.image.id, out).code == 0
    assert out.read_bytes() == PHOTOGRAPH
