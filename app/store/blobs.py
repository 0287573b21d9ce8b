"""Pictures and documents inside the database, each encrypted once more under a key of its own.

A blob is stored in chunks of 1 MiB. Each chunk is AES-256-GCM under the blob's own random key, with
the chunk's number and whether it is the last as nonce and the blob's id as associated data: chunks
cannot be swapped, dropped or moved to another blob (the STREAM construction of Hoang, Reyhanitabar,
Rogaway and Vizár, 2015). The blobs' keys lie in a table of their own, wrapped with a key derived
from the vault key, so that erasing a blob is erasing its key, and re-wrapping is quick.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.domain.ids import BlobId, Sha256
from app.store.errors import BlobDamagedError, BlobErasedError, StoreClosedError
from app.store.keys import KEY_BYTES, KeyLabel, VaultKey, wipe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.store.connection import Connection

CHUNK_BYTES = 1 << 20
NONCE_BYTES = 12
TAG_BYTES = 16
WRAP_KEY_NUMBER = 1  # of the key that wraps the blobs' keys; a later epoch has a higher number

_TABLES = (
    """
    CREATE TABLE blob (
        id TEXT PRIMARY KEY,
        size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1))
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE blob_key (
        blob_id TEXT PRIMARY KEY REFERENCES blob (id),
        wrap_key_number INTEGER NOT NULL,
        nonce BLOB NOT NULL CHECK (length(nonce) = 12),
        wrapped BLOB NOT NULL CHECK (length(wrapped) = 48)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE blob_chunk (
        blob_id TEXT NOT NULL REFERENCES blob (id) DEFERRABLE INITIALLY DEFERRED,
        number INTEGER NOT NULL CHECK (number >= 0),
        data BLOB NOT NULL,
        UNIQUE (blob_id, number)
    ) STRICT
    """,
)


def create_blob_tables(connection: Connection) -> None:
    """Make the tables `blob`, `blob_key` and `blob_chunk`, in the caller's transaction."""
    for table in _TABLES:
        connection.execute(table)


class BlobStore:
    """Writes, reads and erases blobs on the caller's connection, in the caller's transaction."""

    def __init__(self, key: VaultKey) -> None:
        self._wrap_key = key.derive(KeyLabel.BLOB_WRAP, context=str(WRAP_KEY_NUMBER).encode())
        self._closed = False

    def put(
        self, connection: Connection, blob_id: BlobId, data: bytes | memoryview | Iterable[bytes]
    ) -> Sha256:
        """Store a blob; memory stays at three chunks, however long it is.

        Args:
            connection: Inside a transaction that the caller commits.
            blob_id: A new id; the same id twice is a bug.
            data: The whole content, or parts of any length in order.

        Returns:
            The SHA-256 of the content, hexadecimal.
        """
        assert connection.in_transaction, "a blob is part of its caller's transaction"
        blob_key = bytearray(secrets.token_bytes(KEY_BYTES))
        cipher, digest, size = AESGCM(blob_key), hashlib.sha256(), 0
        sealed = memoryview(bytearray(CHUNK_BYTES + TAG_BYTES))
        for number, (part, last) in enumerate(_parts(data)):
            digest.update(part)
            size += len(part)
            into = sealed[: len(part) + TAG_BYTES]
            cipher.encrypt_into(_nonce(number, last=last), part, blob_id.encode(), into)
            connection.execute(
                "INSERT INTO blob_chunk (blob_id, number, data) VALUES (?, ?, ?)",
                (blob_id, number, into),
            )
        connection.execute(
            "INSERT INTO blob (id, size_bytes, sha256) VALUES (?, ?, ?)",
            (blob_id, size, digest.hexdigest()),
        )
        self._keep_key(connection, blob_id, blob_key)
        return Sha256(digest.hexdigest())

    def read(self, connection: Connection, blob_id: BlobId) -> bytes:
        """The whole content.

        Raises:
            BlobDamagedError: A chunk or the key is missing, changed or unreadable.
            BlobErasedError: It was erased on purpose.
            LookupError: There never was such a blob.
        """
        size = _size_unless_erased(connection, blob_id)
        whole = bytearray(size)
        for _ in self._decrypted(connection, blob_id, size, into=memoryview(whole)):
            pass
        return bytes(whole)

    def chunks(self, connection: Connection, blob_id: BlobId) -> Iterator[bytes]:
        """The content in parts of 1 MiB, the last one shorter; each is authentic when it comes.

        Raises:
            BlobDamagedError: A chunk or the key is missing, changed or unreadable.
            BlobErasedError: It was erased on purpose.
            LookupError: There never was such a blob.
        """
        size = _size_unless_erased(connection, blob_id)
        kept = memoryview(bytearray(min(size, CHUNK_BYTES)))
        for part in self._decrypted(connection, blob_id, size, into=kept):
            yield bytes(part)

    def sha256(self, connection: Connection, blob_id: BlobId) -> Sha256:
        """The SHA-256 that was noted when the blob was stored; known of an erased blob, too.

        Raises:
            LookupError: There never was such a blob.
        """
        return _row(connection, blob_id)[1]

    def size_bytes(self, connection: Connection, blob_id: BlobId) -> int:
        """The length of the content.

        Raises:
            LookupError: There never was such a blob.
        """
        return _row(connection, blob_id)[0]

    def verify(self, connection: Connection, blob_id: BlobId) -> None:
        """Read the whole content and compare its SHA-256 with the one that was noted.

        Raises:
            BlobDamagedError: It cannot be read, or is not what was stored.
            BlobErasedError: It was erased on purpose.
            LookupError: There never was such a blob.
        """
        digest = hashlib.sha256()
        for part in self.chunks(connection, blob_id):
            digest.update(part)
        if digest.hexdigest() != self.sha256(connection, blob_id):
            raise BlobDamagedError

    def erase(self, connection: Connection, blob_id: BlobId) -> None:
        """Delete a blob's key and content; its record stays, with size and SHA-256.

        The database file then holds neither. Copies in backups, and in blocks that the disk has
        freed, are not reached by it.

        Raises:
            LookupError: There never was such a blob.
        """
        assert connection.in_transaction, "erasing is part of its caller's transaction"
        _row(connection, blob_id)
        connection.execute("DELETE FROM blob_key WHERE blob_id = ?", (blob_id,))
        connection.execute("DELETE FROM blob_chunk WHERE blob_id = ?", (blob_id,))
        connection.execute("UPDATE blob SET erased = 1 WHERE id = ?", (blob_id,))

    def sealed_chunks(self, connection: Connection, blob_id: BlobId) -> Iterator[bytes]:
        """The chunks as they are stored, for a copy outside; each is checked before it comes.

        Raises:
            BlobDamagedError: A chunk or the key is missing, changed or unreadable.
            BlobErasedError: It was erased on purpose.
            LookupError: There never was such a blob.
        """
        size = _size_unless_erased(connection, blob_id)
        rows = connection.execute(
            "SELECT number, data FROM blob_chunk WHERE blob_id = ? ORDER BY number", (blob_id,)
        )
        blob_key = self._blob_key(connection, blob_id)
        digest, into = hashlib.sha256(), memoryview(bytearray(min(size, CHUNK_BYTES)))
        try:
            for part, sealed in unsealed(rows, blob_key, blob_id, size, into=into):
                digest.update(part)
                yield sealed
        except BlobDamagedError:
            connection.poisoned = True  # as in _decrypted
            raise
        finally:
            wipe(blob_key)
        if digest.hexdigest() != self.sha256(connection, blob_id):
            raise BlobDamagedError

    def rewrapped(
        self, connection: Connection, blob_id: BlobId, key: bytearray, context: bytes
    ) -> tuple[bytes, bytes]:
        """The blob's own key under another key, for a copy outside: nonce and wrapped key.

        Raises:
            BlobDamagedError: The key is missing or changed.
        """
        blob_key = self._blob_key(connection, blob_id)
        nonce = secrets.token_bytes(NONCE_BYTES)
        wrapped = AESGCM(key).encrypt(nonce, blob_key, context)
        wipe(blob_key)
        return nonce, wrapped

    def adopt_key(self, connection: Connection, blob_id: BlobId, blob_key: bytearray) -> None:
        """Keep the key of a blob whose record and chunks came from a copy; the key is wiped."""
        assert connection.in_transaction, "a blob is part of its caller's transaction"
        self._keep_key(connection, blob_id, blob_key)

    def close(self) -> None:
        """Wipe the key that wraps the blobs' keys."""
        wipe(self._wrap_key)
        self._closed = True

    def _decrypted(
        self, connection: Connection, blob_id: BlobId, size: int, *, into: memoryview
    ) -> Iterator[memoryview]:
        """The content, part by part, in `into`: one after the other if it has room for all."""
        rows = connection.execute(
            "SELECT number, data FROM blob_chunk WHERE blob_id = ? ORDER BY number", (blob_id,)
        )
        blob_key = self._blob_key(connection, blob_id)
        try:
            for part, _ in unsealed(rows, blob_key, blob_id, size, into=into):
                yield part
        except BlobDamagedError:
            connection.poisoned = True  # a page may have come in pieces, and no error with it
            raise
        finally:
            wipe(blob_key)

    def _keep_key(self, connection: Connection, blob_id: BlobId, blob_key: bytearray) -> None:
        nonce = secrets.token_bytes(NONCE_BYTES)
        wrapped = AESGCM(self._wrapping()).encrypt(nonce, blob_key, _wrap_data(blob_id))
        wipe(blob_key)
        connection.execute(
            "INSERT INTO blob_key (blob_id, wrap_key_number, nonce, wrapped) VALUES (?, ?, ?, ?)",
            (blob_id, WRAP_KEY_NUMBER, nonce, wrapped),
        )

    def _blob_key(self, connection: Connection, blob_id: BlobId) -> bytearray:
        row = connection.execute(
            "SELECT nonce, wrapped FROM blob_key WHERE blob_id = ? AND wrap_key_number = ?",
            (blob_id, WRAP_KEY_NUMBER),
        ).fetchone()
        if row is None:
            raise BlobDamagedError
        blob_key = bytearray(KEY_BYTES)
        try:
            AESGCM(self._wrapping()).decrypt_into(row[0], row[1], _wrap_data(blob_id), blob_key)
        except InvalidTag as error:
            raise BlobDamagedError from error
        return blob_key

    def _wrapping(self) -> bytearray:
        if self._closed:
            raise StoreClosedError
        return self._wrap_key


def unsealed(
    rows: Iterable[tuple[int, bytes]],
    blob_key: bytearray,
    blob_id: BlobId,
    size: int,
    *,
    into: memoryview,
) -> Iterator[tuple[memoryview, bytes]]:
    """The content, part by part, in `into`, each with the chunk that it came from.

    Parts lie one after the other if `into` has room for all.

    Raises:
        BlobDamagedError: A chunk is missing, changed, moved or of another blob.
    """
    cipher = AESGCM(blob_key)
    advances = len(into) == size
    done = 0
    for expected, (number, data) in enumerate(rows):
        length = len(data) - TAG_BYTES
        last = done + length == size
        if number != expected or length > min(CHUNK_BYTES, size - done):
            raise BlobDamagedError
        start = done if advances else 0
        part = into[start : start + length]
        try:
            cipher.decrypt_into(_nonce(number, last=last), data, blob_id.encode(), part)
        except (InvalidTag, ValueError) as error:
            raise BlobDamagedError from error
        done += length
        yield part, data
    if done != size:
        raise BlobDamagedError


def _nonce(number: int, *, last: bool) -> bytes:
    """Eleven bytes of number and one that says whether it is the last chunk; the key is unique."""
    return number.to_bytes(NONCE_BYTES - 1, "big") + bytes((last,))


def _wrap_data(blob_id: BlobId) -> bytes:
    return f"{WRAP_KEY_NUMBER}/{blob_id}".encode()


def _row(connection: Connection, blob_id: BlobId) -> tuple[int, Sha256, bool]:
    row = connection.execute(
        "SELECT size_bytes, sha256, erased FROM blob WHERE id = ?", (blob_id,)
    ).fetchone()
    if row is None:
        msg = "no such blob"
        raise LookupError(msg)
    return int(row[0]), Sha256(row[1]), bool(row[2])


def _size_unless_erased(connection: Connection, blob_id: BlobId) -> int:
    size, _, erased = _row(connection, blob_id)
    if erased:
        raise BlobErasedError
    return size


def _parts(data: bytes | memoryview | Iterable[bytes]) -> Iterator[tuple[memoryview, bool]]:
    """The content in chunks of full length, and of each whether it is the last.

    An empty content is one empty chunk. A chunk is valid until the next one is asked for.
    """
    if isinstance(data, bytes | bytearray | memoryview):
        yield from _slices(memoryview(data).cast("B"))
    else:
        yield from _gathered(data)


def _slices(data: memoryview) -> Iterator[tuple[memoryview, bool]]:
    for start in range(0, max(len(data), 1), CHUNK_BYTES):
        yield data[start : start + CHUNK_BYTES], start + CHUNK_BYTES >= len(data)


def _gathered(data: Iterable[bytes]) -> Iterator[tuple[memoryview, bool]]:
    """A full chunk is held back until more comes, for only then it is not the last."""
    chunk = memoryview(bytearray(CHUNK_BYTES))
    filled = 0
    for given in data:
        rest = memoryview(given)
        while rest:
            if filled == CHUNK_BYTES:
                yield chunk, False
                filled = 0
            taken = rest[: CHUNK_BYTES - filled]
            chunk[filled : filled + len(taken)] = taken
            filled += len(taken)
            rest = rest[len(taken) :]
    yield chunk[:filled], True
