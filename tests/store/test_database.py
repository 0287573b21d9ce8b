"""The database is encrypted, refuses what is not its own, and survives damage in parts."""

import random
import sys
import threading
from pathlib import Path

import pytest

from app.errors import KnownError
from app.store.blobs import BlobStore
from app.store.connection import PAGE_BYTES, transaction
from app.store.database import Database
from app.store.errors import (
    DatabaseMissingError,
    ForeignKeyFileError,
    NewerVaultError,
    PageDamagedError,
    StoreBusyError,
    StoreClosedError,
    StoreIOError,
    VaultDamagedError,
    VaultExistsError,
)
from app.store.keys import KeyLabel, VaultKey
from app.store.meta import MetaName, read_meta, write_meta
from tests.store.vault_parts import OTHER_VAULT_ID, SCHEMA, VAULT_ID

MARKED = "Marked Patient Zebedee"
PICTURE = random.Random(1).randbytes(300_000)  # noqa: S311


def reopened(database, vault_key, **options):
    return Database.open(database.path, vault_key, VAULT_ID, **{"migrations": SCHEMA, **options})


def log_of(database):
    return Path(f"{database.path}-wal")


def note(database, text):
    with transaction(database.writer()) as connection:
        connection.execute("INSERT INTO note (text) VALUES (?)", (text,))


def flip(path, position):
    damaged = bytearray(path.read_bytes())
    damaged[position] ^= 1
    path.write_bytes(damaged)


def test_what_was_committed_is_there_after_reopening(database, vault_key):
    note(database, MARKED)
    database.close()

    with reopened(database, vault_key) as again:
        assert again.reader().execute("SELECT text FROM note").fetchall() == [(MARKED,)]


def test_neither_file_nor_log_shows_anything(database, blobs):
    note(database, MARKED)
    with transaction(database.writer()) as connection:
        blobs.put(connection, "marked", MARKED.encode() * 100)
    files = {path.name: path.read_bytes() for path in database.path.parent.iterdir()}

    assert len(files["rooms.clinigraph-wal"]) > 0
    assert not files["rooms.clinigraph"].startswith(b"SQLite format 3")
    for content in files.values():
        assert MARKED.encode() not in content
        assert b"CREATE TABLE" not in content


def test_closing_leaves_one_file(database):
    note(database, MARKED)

    database.close()
    database.close()

    assert list(database.path.parent.iterdir()) == [database.path]
    with pytest.raises(StoreClosedError):
        database.writer()


def test_file_is_private(database):
    assert database.path.stat().st_mode & 0o077 == 0
    assert log_of(database).stat().st_mode & 0o077 == 0


def test_existing_file_is_never_overwritten(database_path, vault_key):
    database_path.write_bytes(b"something else")

    with pytest.raises(VaultExistsError):
        Database.create(database_path, vault_key, VAULT_ID, migrations=SCHEMA)

    assert database_path.read_bytes() == b"something else"


def test_failure_while_making_it_leaves_nothing(database_path, vault_key):
    def failing(connection):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Database.create(
            database_path, vault_key, VAULT_ID, migrations=[SCHEMA[0].__class__(1, failing)]
        )

    assert list(database_path.parent.iterdir()) == []


def test_folder_that_is_not_there_is_said(tmp_path, vault_key):
    with pytest.raises(StoreIOError):
        Database.create(tmp_path / "no" / "v.clinigraph", vault_key, VAULT_ID, migrations=SCHEMA)


def test_wrong_key_is_said_and_changes_nothing(database, vault_key):
    note(database, MARKED)
    database.close()
    before = database.path.read_bytes()

    with pytest.raises(VaultDamagedError):
        reopened(database, VaultKey.random())

    assert database.path.read_bytes() == before
    assert list(database.path.parent.iterdir()) == [database.path]


def test_other_vaults_key_file_is_told_before_the_key_is_tried(database, vault_key):
    database.close()

    with pytest.raises(ForeignKeyFileError):
        Database.open(database.path, VaultKey.random(), OTHER_VAULT_ID, migrations=SCHEMA)


def test_other_vaults_content_under_the_same_key_is_told(database, vault_key):
    with transaction(database.writer()) as connection:
        write_meta(connection, MetaName.VAULT_ID, OTHER_VAULT_ID)
    database.close()

    with pytest.raises(ForeignKeyFileError):
        reopened(database, vault_key)


def test_missing_file_is_not_made(database_path, vault_key):
    with pytest.raises(DatabaseMissingError):
        Database.open(database_path, vault_key, VAULT_ID, migrations=SCHEMA)

    assert not database_path.exists()


def test_folder_in_its_place_is_refused(database_path, vault_key):
    database_path.mkdir()

    with pytest.raises(VaultDamagedError):
        Database.open(database_path, vault_key, VAULT_ID, migrations=SCHEMA)


@pytest.mark.parametrize("kept", [0, 1, 16, PAGE_BYTES - 1, PAGE_BYTES, -PAGE_BYTES])
def test_truncated_file_is_refused_and_left_alone(database, vault_key, kept):
    database.close()
    whole = database.path.read_bytes()
    database.path.write_bytes(whole[:kept])

    with pytest.raises(VaultDamagedError):
        reopened(database, vault_key)

    assert database.path.read_bytes() == whole[:kept]


def test_database_that_is_not_ours_is_refused(database, vault_key):
    database.writer().execute("PRAGMA application_id = 1")
    database.close()

    with pytest.raises(VaultDamagedError):
        reopened(database, vault_key)


def test_empty_database_under_the_right_key_is_refused(database, vault_key):
    database.writer().executescript(
        "DROP TABLE note; DROP TABLE blob_chunk; DROP TABLE blob_key; DROP TABLE blob;"
        "DROP TABLE meta;"
    )
    database.close()

    with pytest.raises(VaultDamagedError):
        reopened(database, vault_key)


def test_newer_schema_is_refused_and_nothing_is_written(database, vault_key):
    database.writer().execute("PRAGMA user_version = 2")
    database.close()
    before = database.path.read_bytes()

    with pytest.raises(NewerVaultError) as caught:
        reopened(database, vault_key)

    assert caught.value.facts == {"found": 2, "known": 1}
    assert database.path.read_bytes() == before


def test_flipped_bit_in_the_salt_does_no_harm(database, vault_key):
    note(database, MARKED)
    database.close()
    flip(database.path, 3)

    with reopened(database, vault_key) as again:
        assert again.reader().execute("SELECT text FROM note").fetchone() == (MARKED,)


def test_flipped_bit_in_the_first_page_is_refused(database, vault_key):
    database.close()
    flip(database.path, 200)

    with pytest.raises(VaultDamagedError):
        reopened(database, vault_key)


def test_flipped_bits_anywhere_are_found_and_cost_one_picture(database, vault_key, blobs):
    ids = [f"picture-{number}" for number in range(6)]
    with transaction(database.writer()) as connection:
        for blob_id in ids:
            blobs.put(connection, blob_id, PICTURE)
    assert database.check(structure=True).sound
    pages = database.check().pages
    database.close()
    middle = pages // 2

    flip(database.path, middle * PAGE_BYTES + 5000)

    with reopened(database, vault_key) as again:
        lost = [blob_id for blob_id in ids if not readable(again, blobs, blob_id)]
        report = again.check(structure=True)
    assert len(lost) == 1
    assert report.damaged_pages == (middle + 1,)
    assert not report.sound
    assert report.pages == pages


def readable(database, blobs, blob_id):
    try:
        return blobs.read(database.reader(), blob_id) == PICTURE
    except PageDamagedError:
        return False


def test_page_moved_to_another_place_is_found(database, vault_key, blobs):
    with transaction(database.writer()) as connection:
        blobs.put(connection, "picture", PICTURE)
    database.close()
    whole = bytearray(database.path.read_bytes())
    one, other = slice(8 * PAGE_BYTES, 9 * PAGE_BYTES), slice(9 * PAGE_BYTES, 10 * PAGE_BYTES)
    whole[one], whole[other] = whole[other], whole[one]
    database.path.write_bytes(whole)

    with reopened(database, vault_key) as again:
        assert again.check().damaged_pages == (9, 10)


def test_writer_that_met_damage_is_replaced(database, vault_key, blobs):
    with transaction(database.writer()) as connection:
        blobs.put(connection, "picture", PICTURE)
    database.close()
    flip(database.path, 12 * PAGE_BYTES)
    again = reopened(database, vault_key)
    poisoned = again.writer()
    with pytest.raises(PageDamagedError):
        blobs.read(poisoned, "picture")

    note(again, "goes on")

    assert poisoned.poisoned
    assert again.writer() is not poisoned
    assert again.reader().execute("SELECT text FROM note").fetchone() == ("goes on",)
    again.close()


def test_structure_says_what_dangles(database):
    writer = database.writer()
    writer.execute("PRAGMA foreign_keys = OFF")
    writer.execute("INSERT INTO blob_chunk (blob_id, number, data) VALUES ('none', 0, x'00')")

    report = database.check(structure=True)

    assert report.structure == ("dangling reference in blob_chunk",)
    assert database.check().sound


def test_checkpoint_empties_the_log(database):
    note(database, MARKED)

    database.checkpoint()

    assert log_of(database).stat().st_size == 0


def test_checkpoint_says_when_somebody_reads(database, vault_key):
    note(database, MARKED)
    database.writer().execute("PRAGMA busy_timeout = 1")
    reading = database.reader().execute("SELECT 1 FROM note")
    note(database, "more")

    with pytest.raises(StoreBusyError):
        database.checkpoint()

    reading.fetchall()
    database.checkpoint()


def test_each_thread_reads_on_a_connection_of_its_own(database):
    readers = [database.reader(), database.reader()]
    thread = threading.Thread(target=lambda: readers.append(database.reader()))
    thread.start()
    thread.join()

    assert readers[0] is readers[1]
    assert readers[0] is not readers[2]


def test_reader_sees_the_last_commit_while_a_transaction_is_open(database):
    note(database, "first")

    with transaction(database.writer()) as connection:
        connection.execute("INSERT INTO note (text) VALUES ('second')")
        seen = database.reader().execute("SELECT text FROM note").fetchall()

    assert seen == [("first",)]


def test_free_pages_are_given_back(database, blobs):
    with transaction(database.writer()) as connection:
        blobs.put(connection, "picture", PICTURE)
    database.checkpoint()
    before = database.path.stat().st_size
    with transaction(database.writer()) as connection:
        blobs.erase(connection, "picture")

    database.reclaim(1000)
    database.checkpoint()

    assert database.path.stat().st_size < before - len(PICTURE) + PAGE_BYTES


def test_uncommon_file_names_are_opened(tmp_path, uncommon_filename, vault_key):
    path = tmp_path / f"{uncommon_filename}.clinigraph"
    Database.create(path, vault_key, VAULT_ID, migrations=SCHEMA).close()

    with Database.open(path, vault_key, VAULT_ID, migrations=SCHEMA) as again:
        assert read_meta(again.reader(), MetaName.VAULT_ID) == VAULT_ID

    assert list(tmp_path.iterdir()) == [path]


def test_meta_is_read_and_replaced(database):
    assert read_meta(database.reader(), MetaName.KEY_FILE_REVISION) is None

    for value in ("1", "2"):
        with transaction(database.writer()) as connection:
            write_meta(connection, MetaName.KEY_FILE_REVISION, value)

    assert read_meta(database.reader(), MetaName.KEY_FILE_REVISION) == "2"


def test_key_is_wiped_when_the_file_cannot_be_opened(tmp_path):
    key = bytearray(b"k" * 32)

    with pytest.raises(KnownError):
        Database(tmp_path / "none", key, VAULT_ID)

    assert key == bytearray(32)


def test_backup_copies_open_with_their_own_key(database, tmp_path, vault_key):
    """Page size is set for the process: else a copy is written that no key opens."""
    note(database, MARKED)
    other, path = VaultKey.random(), tmp_path / "copy.clinigraph"
    path.touch()
    copy = Database(path, other.derive(KeyLabel.DATABASE), VAULT_ID)

    database.reader().backup(copy.writer())
    copy.close()

    with Database.open(path, other, VAULT_ID, migrations=SCHEMA) as again:
        assert again.reader().execute("SELECT text FROM note").fetchall() == [(MARKED,)]
        assert again.check(structure=True).sound
    assert BlobStore(other)


def test_damaged_page_of_the_vaults_id_is_refused(database, vault_key):
    query = "SELECT rootpage FROM sqlite_master WHERE name = 'meta'"
    page = database.reader().execute(query).fetchone()[0]
    database.close()
    flip(database.path, (page - 1) * PAGE_BYTES + 100)

    with pytest.raises(VaultDamagedError):
        reopened(database, vault_key)


WRITE_PROTECTED = """
import os, sys
from pathlib import Path
from app.store.database import Database
from app.store.errors import ReadOnlyFolderError
from app.store.keys import VaultKey
from app.store.migrations import Migration
from tests.store.vault_parts import SCHEMA, VAULT_ID
path = Path(sys.argv[1]) / "rooms.clinigraph"
key = VaultKey.random()
Database.create(path, key, VAULT_ID, migrations=SCHEMA).close()
path.chmod(0o444)
if os.geteuid() == 0:
    os.setuid(65534)
steps = (*SCHEMA, Migration(2, lambda connection: connection.execute("CREATE TABLE t (a)")))
try:
    Database.open(path, key, VAULT_ID, migrations=steps)
except ReadOnlyFolderError as error:
    print(error.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the owner may write there all the same")
def test_write_protected_file_is_said(read_only_folder, run_python):
    read_only_folder.chmod(0o777)

    said = run_python(WRITE_PROTECTED, read_only_folder)

    assert said.strip() == "VAULT-009"
