"""Blobs come back byte for byte, or not at all."""

import hashlib
import sys
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.ids import BlobId
from app.store.blobs import CHUNK_BYTES, BlobStore
from app.store.connection import IntegrityError, transaction
from app.store.errors import BlobDamagedError, BlobErasedError, DiskFullError, StoreClosedError
from app.store.keys import VaultKey

LENGTHS = (
    0,
    1,
    CHUNK_BYTES - 1,
    CHUNK_BYTES,
    CHUNK_BYTES + 1,
    2 * CHUNK_BYTES,
    2 * CHUNK_BYTES + 7,
)


def content_of(length):
    return (b"0123456789abcdef" * (length // 16 + 1))[:length]


def put(database, blobs, data, blob_id="one"):
    with transaction(database.writer()) as connection:
        return blobs.put(connection, BlobId(blob_id), data)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("form", [bytes, memoryview, bytearray, lambda data: iter([data])])
def test_content_comes_back(database, blobs, length, form):
    data = content_of(length)

    digest = put(database, blobs, form(data))

    reader = database.reader()
    assert digest == hashlib.sha256(data).hexdigest() == blobs.sha256(reader, "one")
    assert blobs.read(reader, "one") == data
    assert b"".join(blobs.chunks(reader, "one")) == data
    assert blobs.size_bytes(reader, "one") == length
    blobs.verify(reader, "one")


@given(st.lists(st.binary(max_size=50), max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_parts_of_any_length_are_joined(database, blobs, parts):
    stretched = [part * 20_000 for part in parts]
    blob_id = f"blob-{hash(tuple(parts))}-{len(parts)}"
    if not database.reader().execute("SELECT 1 FROM blob WHERE id = ?", (blob_id,)).fetchone():
        put(database, blobs, iter(stretched), blob_id)

    assert blobs.read(database.reader(), blob_id) == b"".join(stretched)


def test_stored_bytes_do_not_show_the_content(database, blobs):
    put(database, blobs, b"marked content " * 1000)

    for query in ("SELECT data FROM blob_chunk", "SELECT wrapped FROM blob_key"):
        for (stored,) in database.reader().execute(query):
            assert b"marked content" not in stored


def test_same_content_is_encrypted_differently(database, blobs):
    put(database, blobs, b"same", "one")
    put(database, blobs, b"same", "two")

    stored = database.reader().execute("SELECT data FROM blob_chunk").fetchall()
    assert stored[0] != stored[1]


def test_rolled_back_blob_was_never_there(database, blobs):
    database.writer().execute("BEGIN IMMEDIATE")
    blobs.put(database.writer(), "one", b"content")
    database.writer().execute("ROLLBACK")

    with pytest.raises(LookupError):
        blobs.read(database.reader(), "one")
    assert database.reader().execute("SELECT count(*) FROM blob_chunk").fetchone() == (0,)


def test_source_that_fails_stores_nothing(database, blobs):
    def stops():
        yield bytes(CHUNK_BYTES + 1)
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - the source's own
        put(database, blobs, stops())

    assert database.reader().execute("SELECT count(*) FROM blob_chunk").fetchone() == (0,)


def test_same_id_twice_is_a_bug(database, blobs):
    put(database, blobs, b"content")

    with pytest.raises(IntegrityError):
        put(database, blobs, b"other")

    assert blobs.read(database.reader(), "one") == b"content"


def test_writing_needs_a_transaction(database, blobs):
    put(database, blobs, b"content")

    with pytest.raises(AssertionError):
        blobs.put(database.writer(), "two", b"content")
    with pytest.raises(AssertionError):
        blobs.erase(database.writer(), "one")


def test_erased_blob_leaves_its_record_and_nothing_else(database, blobs):
    digest = put(database, blobs, b"content")

    with transaction(database.writer()) as connection:
        blobs.erase(connection, "one")

    reader = database.reader()
    for read in (blobs.read, blobs.verify, lambda *where: list(blobs.chunks(*where))):
        with pytest.raises(BlobErasedError):
            read(reader, "one")
    assert blobs.sha256(reader, "one") == digest
    assert blobs.size_bytes(reader, "one") == 7
    assert reader.execute("SELECT count(*) FROM blob_key").fetchone() == (0,)
    assert reader.execute("SELECT count(*) FROM blob_chunk").fetchone() == (0,)


def test_erasing_twice_and_what_never_was(database, blobs):
    put(database, blobs, b"content")

    with transaction(database.writer()) as connection:
        blobs.erase(connection, "one")
        blobs.erase(connection, "one")
        with pytest.raises(LookupError):
            blobs.erase(connection, "none")


CHANGES = {
    "chunk changed": "UPDATE blob_chunk SET data = zeroblob(length(data)) WHERE number = 1",
    "last chunk lost": "DELETE FROM blob_chunk WHERE number = 2",
    "middle chunk lost": "DELETE FROM blob_chunk WHERE number = 1",
    "first chunk lost": "DELETE FROM blob_chunk WHERE number = 0",
    "all chunks lost": "DELETE FROM blob_chunk",
    "chunk shortened": "UPDATE blob_chunk SET data = substr(data, 1, 100) WHERE number = 1",
    "chunk emptied": "UPDATE blob_chunk SET data = x'' WHERE number = 1",
    "chunk lengthened": "UPDATE blob_chunk SET data = CAST(data || x'00' AS BLOB) WHERE number = 2",
    "chunks swapped": "UPDATE blob_chunk SET number = CASE number WHEN 0 THEN 1 ELSE 0 END + 10"
    " WHERE number < 2",
    "cut with the size": "DELETE FROM blob_chunk WHERE number = 2",
    "size too large": "UPDATE blob SET size_bytes = size_bytes + 1",
    "size too small": "UPDATE blob SET size_bytes = size_bytes - 1",
    "key lost": "DELETE FROM blob_key",
    "key changed": "UPDATE blob_key SET wrapped = zeroblob(48)",
    "key of another epoch": "UPDATE blob_key SET wrap_key_number = 2",
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed_blob_is_never_given_out(database, blobs, change):
    put(database, blobs, content_of(2 * CHUNK_BYTES + 7))
    with transaction(database.writer()) as connection:
        connection.execute(CHANGES[change])
        if change == "chunks swapped":
            connection.execute("UPDATE blob_chunk SET number = number - 10 WHERE number >= 10")
        if change == "cut with the size":
            connection.execute("UPDATE blob SET size_bytes = ?", (2 * CHUNK_BYTES,))

    with pytest.raises(BlobDamagedError):
        blobs.read(database.reader(), "one")
    with pytest.raises(BlobDamagedError):
        list(blobs.chunks(database.reader(), "one"))


def test_content_under_another_id_is_never_given_out(database, blobs):
    put(database, blobs, b"content of one", "one")
    put(database, blobs, b"content of two", "two")
    with transaction(database.writer()) as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for old, new in (("one", "x"), ("two", "one"), ("x", "two")):
            connection.execute("UPDATE blob_chunk SET blob_id = ? WHERE blob_id = ?", (new, old))
            connection.execute("UPDATE blob_key SET blob_id = ? WHERE blob_id = ?", (new, old))

    with pytest.raises(BlobDamagedError):
        blobs.read(database.reader(), "one")


def test_wrong_noted_hash_is_found_by_verifying(database, blobs):
    put(database, blobs, b"content")
    with transaction(database.writer()) as connection:
        connection.execute("UPDATE blob SET sha256 = ?", ("0" * 64,))

    with pytest.raises(BlobDamagedError):
        blobs.verify(database.reader(), "one")


def test_other_vaults_key_reads_nothing(database, blobs):
    put(database, blobs, b"content")

    with pytest.raises(BlobDamagedError):
        BlobStore(VaultKey.random()).read(database.reader(), BlobId("one"))


def test_closed_store_reads_and_writes_nothing(database, blobs):
    put(database, blobs, b"content")

    blobs.close()

    with pytest.raises(StoreClosedError):
        blobs.read(database.reader(), "one")
    with pytest.raises(StoreClosedError):
        put(database, blobs, b"content", "two")


def test_memory_stays_flat_while_streaming(database, blobs):
    part = bytes(1_000_000)
    put(database, blobs, (part for _ in range(2)), "warm")
    tracemalloc.start()

    put(database, blobs, (part for _ in range(24)))
    for chunk in blobs.chunks(database.reader(), "one"):
        assert chunk
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 8 * CHUNK_BYTES


def test_full_disk_costs_the_step_only(database, blobs):
    put(database, blobs, content_of(CHUNK_BYTES), "before")
    writer = database.writer()
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {int(pages) + 10}")

    with pytest.raises(DiskFullError):
        put(database, blobs, content_of(CHUNK_BYTES), "too much")

    writer.execute(f"PRAGMA max_page_count = {int(pages) + 1000}")
    put(database, blobs, content_of(CHUNK_BYTES), "after")
    assert database.writer() is writer
    assert blobs.read(database.reader(), "before") == content_of(CHUNK_BYTES)
    assert blobs.read(database.reader(), "after") == content_of(CHUNK_BYTES)
    with pytest.raises(LookupError):
        blobs.size_bytes(database.reader(), "too much")


FAILING_DISK = """
import resource, signal, sys
from pathlib import Path
from app.store.blobs import BlobStore
from app.store.connection import transaction
from app.store.database import Database
from app.store.errors import StoreIOError
from app.store.keys import VaultKey
from tests.store.vault_parts import SCHEMA, VAULT_ID
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
key = VaultKey.random()
blobs = BlobStore(key)
database = Database.create(Path(sys.argv[1]), key, VAULT_ID, migrations=SCHEMA)
def put(blob_id):
    with transaction(database.writer()) as connection:
        blobs.put(connection, blob_id, bytes(3_000_000))
put("before")
failed = database.writer()
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, resource.RLIM_INFINITY))
try:
    put("lost")
except StoreIOError as error:
    print(error.code, failed.poisoned)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
put("after")
for blob_id in ("before", "after"):
    blobs.verify(database.reader(), blob_id)
print(database.writer() is not failed, database.check(structure=True).sound)
print(database.reader().execute("SELECT count(*) FROM blob").fetchone()[0])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
def test_failing_disk_costs_the_step_and_the_connection_only(database_path, run_python):
    said = run_python(FAILING_DISK, database_path)

    assert said.split() == ["STORE-004", "True", "True", "True", "2"]
