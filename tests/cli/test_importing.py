import hashlib
import os
import sys

import pytest

from app.cli import importing
from app.cli.errors import PatientNotUnderstoodError
from app.cli.importing import identifier
from app.imaging.limits import MAX_FILE_BYTES
from app.store.errors import DiskFullError
from app.store.sealed_vault import SealedVault
from tests.conftest import UNCOMMON_FILENAMES
from tests.imaging.builders import camera_jpeg


def status(ended):
    return [(line["status"], line["code"]) for line in ended.lines]


def test_pictures_land_in_the_quarantine_of_a_new_unnamed_patient(rooms, card):
    ended = rooms.bring(card / "1.jpg", card / "2.jpg")

    assert ended.code == 0
    (patient,) = rooms.listed("patients")
    assert patient["unnamed"]
    assert patient["identifiers"] == [{"issuer": "MRN", "value": "0042-771"}]
    images = rooms.listed("images")
    assert [image["id"] for image in images] == [line["image_id"] for line in ended.lines]
    assert {image["patient"] for image in images} == {patient["id"]}
    assert all(image["quarantine"] and image["encounter"] is None for image in images)
    assert {image["source"] for image in images} == {"command-line"}


def test_each_file_has_one_line_with_the_same_keys(rooms, card, tmp_path):
    ended = rooms.bring(card / "1.jpg", tmp_path / "missing.jpg", card / "1.jpg")

    keys = ["file", "status", "code", "image_id", "sha256"]
    assert [list(line) for line in ended.lines] == [keys] * 3
    assert ended.lines[0] == {
        "file": str(card / "1.jpg"),
        "status": "stored",
        "code": None,
        "image_id": rooms.listed("images")[0]["id"],
        "sha256": hashlib.sha256((card / "1.jpg").read_bytes()).hexdigest(),
    }


def test_known_patient_is_found_by_the_identifier(clinic_rooms, furnished, card):
    clinic_rooms.bring(card / "1.jpg", patient=" mrn | 0042-771 ")

    assert clinic_rooms.listed("images")[-1]["patient"] == furnished.patient


def test_same_file_twice_is_stored_once(rooms, card):
    ended = rooms.bring(card / "1.jpg", card / "1.jpg")
    again = rooms.bring(card / "1.jpg")

    assert (ended.code, again.code) == (0, 0)
    assert status(ended) + status(again) == [("stored", None)] + [("duplicate", None)] * 2
    assert len({line["image_id"] for line in ended.lines + again.lines}) == 1
    assert len(rooms.listed("images")) == 1


def test_same_file_for_another_patient_stays_where_it_is_and_is_told(rooms, card):
    rooms.bring(card / "1.jpg")

    ended = rooms.bring(card / "1.jpg", patient="MRN|0099-001")

    assert (ended.code, status(ended)) == (0, [("duplicate", None)])
    assert "filed under another patient" in ended.err
    (image,) = rooms.listed("images")
    assert image["patient"] == rooms.listed("patients")[0]["id"]


def test_refused_files_do_not_stop_the_others(rooms, card, tmp_path):
    (card / "empty.jpg").touch()
    (card / "letter.jpg").write_bytes(b"Dear colleague")

    ended = rooms.bring(
        tmp_path / "missing.jpg", card, card / "empty.jpg", card / "letter.jpg", card / "1.jpg"
    )

    assert ended.code == 3
    refused = [("refused", code) for code in ("CLI-005", "CLI-005", "IMAGE-002", "IMAGE-001")]
    assert status(ended) == [*refused, ("stored", None)]
    assert [line["sha256"] is None for line in ended.lines] == [True, True, False, False, False]
    for line in ended.lines[:-1]:
        assert f"{line['file']}: {line['code']}: " in ended.err
    assert len(rooms.listed("images")) == 1


def test_refusal_that_cannot_be_recorded_is_still_one(rooms, card, monkeypatch):
    def full(*_):
        raise DiskFullError

    monkeypatch.setattr("app.services.intake.note_refusal", full)
    (card / "letter.jpg").write_bytes(b"Dear colleague")

    ended = rooms.bring(card / "letter.jpg", card / "1.jpg")

    assert status(ended) == [("refused", "IMAGE-001"), ("stored", None)]
    assert "could not be recorded: STORE-001" in ended.err


def test_no_patient_is_made_when_every_file_is_refused(rooms, tmp_path):
    assert rooms.bring(tmp_path / "missing.jpg").code == 3
    assert rooms.listed("patients") == []


def test_remarks_on_a_picture_go_to_standard_error(rooms, card):
    (card / "1.jpg").rename(card / "1.png")

    ended = rooms.bring(card / "1.png")

    assert status(ended) == [("stored", None)]
    assert ended.err == f"{card / '1.png'}: remark: wrong-extension\n"


def test_any_file_name_comes_back_as_it_was_given(rooms, tmp_path):
    names = [f"{name}.jpg" for name in UNCOMMON_FILENAMES.values()]
    names += ["a.jp\udcff", "a." + "x" * 100, "a.jpég", " .jpg "]
    for number, name in enumerate(names):
        (tmp_path / name).write_bytes(camera_jpeg(number))

    ended = rooms.bring(*(tmp_path / name for name in names))

    assert status(ended) == [("stored", None)] * len(names)
    assert [line["file"] for line in ended.lines] == [str(tmp_path / name) for name in names]
    assert ended.out.isascii()


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_pipes_and_devices_are_not_waited_for(rooms, tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")

    ended = rooms.bring(tmp_path / "pipe.jpg", "/dev/zero", "")

    assert status(ended) == [("refused", "CLI-005")] * 3


def test_file_that_is_too_big_is_refused_unread(rooms, tmp_path):
    huge = tmp_path / "film.jpg"
    with huge.open("wb") as file:
        file.truncate(40 * MAX_FILE_BYTES)  # sparse: it takes no room

    (line,) = rooms.bring(huge).lines

    assert (line["code"], line["sha256"]) == ("IMAGE-009", None)


def test_order_and_number_hold_also_when_files_go_alone(rooms, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "AHEAD_BYTES", 40_000)
    files = []
    for number in range(8):
        file = tmp_path / f"{number}.jpg"
        file.write_bytes(camera_jpeg(number) + bytes(100_000 if number % 3 == 0 else 0))
        files.append(file)

    ended = rooms.bring(*files)

    assert [line["file"] for line in ended.lines] == list(map(str, files))
    assert status(ended) == [("stored", None)] * 8


def test_never_more_than_a_few_files_are_held(rooms, tmp_path, monkeypatch):
    """Of many files only those are read that are about to be stored."""
    held: set[str] = set()
    most = []
    read, taken = importing._read, importing.Tray.take

    def reading(file):
        held.add(str(file))
        most.append(len(held))
        return read(file)

    def taking(tray, file, looked_at):
        held.discard(file)
        return taken(tray, file, looked_at)

    monkeypatch.setattr(importing, "_read", reading)
    monkeypatch.setattr(importing.Tray, "take", taking)
    (tmp_path / "letter.jpg").write_bytes(b"Dear colleague")
    files = [tmp_path / "letter.jpg", *(tmp_path / f"{number}.jpg" for number in range(500))]

    ended = rooms.bring(*files)

    assert len(ended.lines) == 501
    assert max(most) <= importing.AHEAD + 1


@pytest.mark.parametrize("text", ["", "MRN", "MRN|", "|0042", " | ", "MRN 0042", "MRN|--", "🏥|1"])
def test_patient_that_is_not_understood_is_said_before_anything_is_opened(rooms, card, text):
    before = rooms.bytes_of()

    ended = rooms.bring(card / "1.jpg", patient=text)

    assert (ended.code, ended.known_code, ended.out) == (4, "CLI-004", "")
    assert rooms.bytes_of() == before


@pytest.mark.parametrize(
    ("text", "issuer", "value"),
    [
        ("MRN|0042-771", "MRN", "0042-771"),
        ("MRN|a|b|c", "MRN", "a|b|c"),
        ("Krankenhaus Ö|陳 1", "Krankenhaus Ö", "陳 1"),
        (" MRN | 1 ", "MRN", "1"),
    ],
)
def test_first_bar_divides_issuer_and_id(text, issuer, value):
    found = identifier(text)

    assert (found.issuer, found.value) == (issuer, value)


def test_missing_bar_is_said():
    with pytest.raises(PatientNotUnderstoodError):
        identifier("0042-771")


def test_identifier_that_two_patients_have_ends_the_command(clinic_rooms, card):
    row = "SELECT issuer, value, (SELECT max(seq) FROM patient) FROM patient_identifier LIMIT 1"
    with clinic_rooms.opened() as workplace:
        assert isinstance(workplace.vault, SealedVault)
        connection = workplace.vault.opened.database.writer()
        connection.execute(f"INSERT INTO patient_identifier (issuer, value, patient) {row}")

    ended = clinic_rooms.bring(card / "1.jpg")

    assert (ended.code, ended.known_code, ended.out) == (4, "PATIENT-002", "")
