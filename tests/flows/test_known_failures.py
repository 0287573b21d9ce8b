"""What goes wrong in a clinic is said with a code, and leaves the vault as it was."""

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest

from app.store.connection import PAGE_BYTES
from app.store.sealed_vault import SealedVault
from tests.command_line import Rooms
from tests.imaging.builders import camera_jpeg
from tests.store.conftest import protect

if sys.platform != "win32":
    import resource

ROOT = Path(__file__).resolve().parents[2]
READING = ("list", "images", "--json")


@pytest.fixture(scope="module")
def first_rooms(tmp_path_factory):
    """A vault with two photographs."""
    rooms = Rooms.made_in(tmp_path_factory.mktemp("first"))
    card = tmp_path_factory.mktemp("card")
    for number in (1, 2):
        (card / f"{number}.jpg").write_bytes(camera_jpeg(number))
    assert rooms.bring(*sorted(card.iterdir())).code == 0
    return rooms


@pytest.fixture(scope="module")
def other_rooms(tmp_path_factory):
    return Rooms.made_in(tmp_path_factory.mktemp("other"))


@pytest.fixture
def rooms(first_rooms, tmp_path):
    folder = tmp_path / "vault"
    folder.mkdir()
    return first_rooms.copied_to(folder)


@pytest.fixture
def photograph(tmp_path):
    file = tmp_path / "3.jpg"
    file.write_bytes(camera_jpeg(3))
    return file


def wrong_passphrase(rooms, _):
    rooms.passphrase_file.write_text("wrong horse battery staple", encoding="utf-8")


def missing_keys(rooms, _):
    rooms.keys.unlink()


def missing_database(rooms, _):
    rooms.database.unlink()


def keys_of_another_vault(rooms, other):
    shutil.copyfile(other.keys, rooms.keys)


def database_of_another_vault(rooms, other):
    shutil.copyfile(other.database, rooms.database)


def damaged_keys(rooms, _):
    rooms.keys.write_bytes(rooms.keys.read_bytes().replace(b"memory_kib", b"memory-kib"))


def emptied_keys(rooms, _):
    rooms.keys.write_bytes(b"")


def keys_of_another_kind(rooms, _):
    rooms.keys.write_bytes(bytes(range(256)) * 8)


def emptied_database(rooms, _):
    rooms.database.write_bytes(b"")


def half_a_page(rooms, _):
    rooms.database.write_bytes(rooms.database.read_bytes()[: PAGE_BYTES // 2])


def half_a_database(rooms, _):
    data = rooms.database.read_bytes()
    rooms.database.write_bytes(data[: len(data) // 2])


def changed_header(rooms, _):
    data = bytearray(rooms.database.read_bytes())
    data[20] ^= 0xFF
    rooms.database.write_bytes(data)


def plain_file(rooms, _):
    rooms.database.write_bytes(b"SQLite format 3\0" + bytes(8 * PAGE_BYTES))


def newer_program(rooms, _):
    with rooms.opened() as workplace:
        assert isinstance(workplace.vault, SealedVault)
        workplace.vault.opened.database.writer().execute("PRAGMA user_version = 99")


FAILURES = {
    wrong_passphrase: ("VAULT-001", 4),
    missing_keys: ("VAULT-002", 1),
    missing_database: ("VAULT-003", 1),
    keys_of_another_vault: ("VAULT-004", 1),
    database_of_another_vault: ("VAULT-004", 1),
    damaged_keys: ("VAULT-005", 1),
    emptied_keys: ("VAULT-005", 1),
    keys_of_another_kind: ("VAULT-005", 1),
    newer_program: ("VAULT-006", 4),
    emptied_database: ("VAULT-017", 1),
    half_a_page: ("VAULT-017", 1),
    half_a_database: ("VAULT-017", 1),
    changed_header: ("VAULT-017", 1),
    plain_file: ("VAULT-004", 1),
}


@pytest.mark.parametrize("harm", FAILURES, ids=lambda harm: harm.__name__)
def test_vault_that_cannot_be_opened_says_why_and_stays_as_it_is(
    rooms, other_rooms, photograph, tmp_path, harm
):
    code, verified = FAILURES[harm]
    harm(rooms, other_rooms)
    before = rooms.bytes_of()
    out = tmp_path / "out.jpg"

    ended = [
        rooms(*READING),
        rooms.bring(photograph),
        rooms("export-original", "id", "--reason", "r", "--recipient", "r", "--out", out),
        rooms("export-consent", "id", "--out", out),
    ]
    check = rooms("verify")

    for said in ended:
        assert (said.code, said.known_code, said.out) == (4, code, "")
    assert (check.code, check.known_code) == (verified, code)
    assert ("NOT sound" in check.out) == (verified == 1)
    for said in (*ended, check):
        assert said.err.count("\n") == 1, "one line says it all"
    assert rooms.bytes_of() == before
    assert not out.exists()


def test_vault_that_is_open_elsewhere_is_not_opened_twice(rooms, photograph):
    with rooms.opened():
        before = rooms.bytes_of()
        ended = [rooms(*READING), rooms.bring(photograph), rooms("verify")]
        after = rooms.bytes_of()

    assert {(said.code, said.known_code, said.out) for said in ended} == {(4, "VAULT-008", "")}
    assert after == before
    assert rooms("verify").code == 0


def test_lock_that_a_crash_left_behind_keeps_nobody_out(rooms):
    rooms.database.with_name("rooms.clinigraph-lock").touch()

    assert rooms(*READING).code == 0


def test_vault_that_a_crash_left_behind_is_opened_with_all_that_was_stored(rooms, tmp_path):
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with rooms.opened():
        for file in rooms.folder.iterdir():
            shutil.copyfile(file, crashed / file.name)
    left = Rooms(crashed / rooms.database.name)
    assert left.database.with_name("rooms.clinigraph-wal").stat().st_size > 0

    assert len(left.listed("images")) == 2
    assert left("verify").code == 0


AS_AN_ORDINARY_USER = """
    import os, sys
    import app.cli.running, platformdirs, encodings.idna, unicodedata
    from app.__main__ import main
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_STATE_HOME"] = "/nowhere"
    sys.exit(main(sys.argv[1:]))
"""


def unmeasured():
    """The environment without what makes a child write coverage data into the checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


@pytest.fixture
def read_only(first_rooms):
    """A vault that everybody may read and nobody write, where an ordinary user can get at it."""
    folder = Path(tempfile.mkdtemp(prefix="clinigraph-test-"))
    rooms = first_rooms.copied_to(folder)
    protect(folder)
    yield rooms
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be write-protected there")
@pytest.mark.parametrize(
    "command", [("list", "patients"), ("verify",), ("new-vault", "--clinic", "C")]
)
def test_folder_that_cannot_be_written_is_said_and_nothing_written(read_only, command):
    before = read_only.bytes_of()
    options = list(map(str, read_only.options))
    if command[0] == "new-vault":
        options[1] = str(read_only.folder / "new")

    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(AS_AN_ORDINARY_USER), *options, *command],
        cwd=ROOT,
        env=unmeasured(),
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 4, done.stderr
    assert b"VAULT-009: " in done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""
    assert read_only.bytes_of() == before


@pytest.mark.skipif(sys.platform == "win32", reason="no limits for files there")
def test_disk_that_fills_up_costs_the_pictures_that_do_not_fit_and_no_other(rooms, tmp_path):
    files = []
    for number in range(10, 22):
        file = tmp_path / f"{number}.jpg"
        file.write_bytes(camera_jpeg(number) + bytes(90_000))
        files.append(file)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, limits[1]))
    try:
        ended = rooms.bring(*files)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert (ended.code, len(ended.lines)) == (3, 12)
    assert {line["code"] for line in ended.lines} <= {None, "STORE-001", "STORE-004"}
    stored = [line["image_id"] for line in ended.lines if line["status"] == "stored"]
    assert 0 < len(stored) < 12
    assert [row["id"] for row in rooms.listed("images")][2:] == stored
    assert rooms("verify").code == 0
    assert {line["status"] for line in rooms.bring(*files).lines} == {"stored", "duplicate"}
