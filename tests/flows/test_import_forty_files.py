"""Forty files of a card go through the command line: 34 kept bit for bit, six refused, no harm."""

import hashlib

import pytest

from app.cli.exit_codes import ExitCode
from tests.command_line import Rooms
from tests.imaging.builders import camera_jpeg
from tests.imaging.forty_files import forty_files

PATIENT = "MRN|0042-771"


@pytest.fixture
def card(tmp_path):
    folder = tmp_path / "card"
    folder.mkdir()
    for file in forty_files():
        (folder / file.name).write_bytes(file.data)
    return folder


@pytest.fixture
def rooms(tmp_path):
    folder = tmp_path / "vault"
    folder.mkdir()
    return Rooms.made_in(folder)


def test_forty_files_are_stored_bit_for_bit_or_refused_with_their_code(rooms, card, tmp_path):
    files = forty_files()

    ended = rooms.bring(*(card / file.name for file in files))

    assert ended.code == ExitCode.SOME_REFUSED
    assert [line["file"] for line in ended.lines] == [str(card / file.name) for file in files]
    assert [line["code"] for line in ended.lines] == [file.refused_code for file in files]
    assert [line["sha256"] for line in ended.lines] == [
        hashlib.sha256(file.data).hexdigest() for file in files
    ]
    stored = [line for line in ended.lines if line["status"] == "stored"]
    assert len(stored) == 34
    assert [row["id"] for row in rooms.listed("images")] == [line["image_id"] for line in stored]
    assert {file.name: (card / file.name).read_bytes() for file in files} == {
        file.name: file.data for file in files
    }, "the card is as it was"
    check_originals(rooms, stored, tmp_path / "out")
    check_program_goes_on(rooms, card)


def check_originals(rooms, stored, out):
    out.mkdir()
    wanted = {hashlib.sha256(file.data).hexdigest(): file.data for file in forty_files()}
    for line in stored:
        ended = rooms(
            *("export-original", line["image_id"], "--reason", "second opinion"),
            *("--recipient", "Dr Lindqvist", "--out", out / line["image_id"]),
        )
        assert ended.code == ExitCode.DONE, ended.err
        assert (out / line["image_id"]).read_bytes() == wanted[line["sha256"]]


def check_program_goes_on(rooms, card):
    """The same card again is all duplicates, a new picture is taken, and the vault is sound."""
    again = rooms.bring(*(card / file.name for file in forty_files()))
    assert {line["status"] for line in again.lines} == {"duplicate", "refused"}
    assert len(rooms.listed("images")) == 34

    (card / "new.jpg").write_bytes(camera_jpeg(99))
    assert rooms.bring(card / "new.jpg").code == ExitCode.DONE
    assert len(rooms.listed("images")) == 35
    assert len(rooms.listed("patients")) == 1
    assert rooms("verify").code == ExitCode.DONE
