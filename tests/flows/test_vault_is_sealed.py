"""A vault is encrypted: nothing that went in can be read from the disk, also while it is open."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.disclosure import HandOver
from app.imaging.sample_photograph import SampleCamera
from app.services import papers
from tests.command_line import PASSPHRASE, Rooms
from tests.flows import traces
from tests.flows.story import Person, Story
from tests.imaging.builders import POSITION, camera_jpeg

ROOT = Path(__file__).resolve().parents[2]
MARKED = Person("Zqxvfamily", "Wjkqgiven", "ZQ-771-XV")
OWNER = "Qzwxowner of the camera"
CLINIC = "St Brigid's"
WORDS = traces.of_words(MARKED.family, MARKED.given, MARKED.number, OWNER, CLINIC, PASSPHRASE)


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """A folder for temporary files that belongs to this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    (folder / "something to look at").touch()
    return folder


@pytest.fixture
def picture():
    return camera_jpeg(71, camera=SampleCamera(owner=OWNER), position=POSITION)


@pytest.fixture
def rooms(tmp_path):
    folder = tmp_path / "vault"
    folder.mkdir()
    made = Rooms.made_in(folder)
    made.passphrase_file.rename(tmp_path / "passphrase")
    return made


def is_noise(data: bytes) -> bool:
    return len(zlib.compress(data, 9)) >= len(data)


def test_what_is_looked_for_would_be_found(tmp_path, picture):
    (tmp_path / "card.jpg").write_bytes(picture)
    (tmp_path / f"{MARKED.family.upper()}.txt").write_text(MARKED.number, "utf-16-le")

    seen = traces.found(WORDS | traces.of_picture(picture), tmp_path)

    for what in (MARKED.family, f"{MARKED.number} in utf-16-le", OWNER, "picture at 0"):
        assert any(line.startswith(what) for line in seen)
    assert sum(line.startswith("picture") for line in seen) == 24


def test_nothing_is_readable_while_it_is_open_or_afterwards(rooms, picture, home, temporary):
    needles = WORDS | traces.of_picture(picture)
    with rooms.opened() as workplace:
        story = Story.begin(workplace, MARKED, picture)

        for _ in story.chapters():
            log = rooms.database.with_name("rooms.clinigraph-wal")
            assert log.stat().st_size > 0, "what was written last stands in the log"
            assert traces.found(needles, rooms.folder, home, temporary) == []

    assert traces.found(needles | traces.of_picture(story.printed), rooms.folder, home) == []
    assert rooms.database.stat().st_size > len(picture) + len(story.printed)


def test_database_is_noise_from_the_first_byte_to_the_last(rooms, picture):
    with rooms.opened() as workplace:
        for _ in Story.begin(workplace, MARKED, picture).chapters():
            pass

    data = rooms.database.read_bytes()

    assert not data.startswith(b"SQLite format 3")
    assert is_noise(data)
    with (
        closing(sqlite3.connect(rooms.database)) as plain,
        pytest.raises(sqlite3.DatabaseError),
    ):
        plain.execute("SELECT count(*) FROM sqlite_master")


def test_key_file_names_nobody(rooms):
    keys = rooms.keys.read_bytes()

    assert traces.found(WORDS, rooms.folder) == []
    assert b"Administrator" not in keys
    if sys.platform != "win32":
        assert rooms.keys.stat().st_mode & 0o077 == 0
        assert rooms.database.stat().st_mode & 0o077 == 0


def test_papers_leave_only_where_they_are_sent(rooms, picture, home, temporary, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    with rooms.opened() as workplace:
        story = Story.begin(workplace, MARKED, picture)
        for _ in story.chapters():
            pass
        assert story.copy is not None
        uow, desk = workplace.vault.unit_of_work(), workplace.desk
        given = papers.hand_over(uow, desk, story.copy.id, HandOver.SAVED)

        workplace.hand_out(given, story.printed, stick / "copy.pdf")

    assert [file.name for file in stick.iterdir()] == ["copy.pdf"]
    assert (stick / "copy.pdf").read_bytes() == story.printed
    pieces = traces.of_picture(story.printed)
    assert traces.found(pieces, rooms.folder, home, temporary) == []


def test_import_by_the_command_line_leaves_nothing_readable(rooms, picture, home, temporary):
    """With a process of its own, its decoder's processes, and a file name that tells a name."""
    card = temporary.parent / "card"
    card.mkdir()
    (card / f"{MARKED.family}.jpg").write_bytes(picture)
    (card / f"{MARKED.family}, letter.jpg").write_text(MARKED.name, encoding="utf-8")
    secret = temporary.parent / "passphrase"

    done = subprocess.run(
        [
            *(sys.executable, "-m", "app", "import", "--vault", rooms.database),
            *("--passphrase-file", secret, "--patient", f"MRN|{MARKED.number}"),
            *sorted(card.iterdir()),
        ],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 3, done.stderr
    needles = WORDS | traces.of_picture(picture)
    assert traces.found(needles, rooms.folder, home, temporary) == []
    assert [path.name for path in temporary.iterdir()] == ["something to look at"]
