"""Pictures and papers on their way into a backup: chunk by chunk, their keys wrapped anew."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.domain.backup import BackupStage, Tell
from app.domain.ids import BlobId
from app.store import durable_file
from app.store.backup import segment as segments
from app.store.backup.errors import BackupDamagedError, BackupNotVerifiedError, writing_to
from app.store.backup.manifest import FileCopy
from app.store.backup.segment import SegmentWriter
from app.store.backup.set_keys import SetKeys, wrap_context
from app.store.blobs import CHUNK_BYTES, BlobStore, unsealed
from app.store.canonical_json import canonical
from app.store.connection import Connection
from app.store.errors import BlobDamagedError, BlobErasedError, PageDamagedError
from app.store.keys import KEY_BYTES, wipe
from app.store.sealed_vault import SealedVault

PREFIX = "content-"
DONE_SUFFIX = ".done"
SEGMENT_BYTES = 128 << 20
"""When a file is full: FAT cannot hold 4 GB, what is finished need not be done again, and a slow
stick takes its time to flush one."""

_TABLES = (
    "CREATE TABLE content (id TEXT PRIMARY KEY, size_bytes INTEGER, sha256 TEXT, nonce BLOB,"
    " wrapped BLOB, first INTEGER, chunks INTEGER)",
    "CREATE TABLE chunk (place INTEGER PRIMARY KEY, data BLOB)",
)


class ContentCopier:
    """Copies contents into as many files as they need; each is read back as soon as it is full.

    Attributes:
        files: What was finished and found right.
        copied: How many contents are in them.
        unreadable: Contents that the vault itself could not read.
    """

    def __init__(
        self,
        vault: SealedVault,
        folder: Path,
        keys: SetKeys,
        tell: Tell,
        *,
        segment_bytes: int = SEGMENT_BYTES,
    ) -> None:
        self._vault = vault
        self._folder = folder
        self._keys = keys
        self._tell = tell
        self._limit = segment_bytes
        self._writer: _ContentWriter | None = None
        self._held: set[str] = set()
        self._done_bytes = 0
        self._total = 0
        self.files: list[FileCopy] = []
        self.copied = 0
        self.unreadable: list[str] = []

    def copy(self, wanted: Mapping[str, int]) -> None:
        """Copy contents, given with their sizes; what an interrupted backup finished is kept.

        Raises:
            KnownError: Of the area BACKUP, when the medium fails.
        """
        for record in sorted(self._folder.glob(f"{PREFIX}*{DONE_SUFFIX}")):
            with suppress(OSError, ValueError, TypeError, KeyError, BackupDamagedError):
                self._take_up(record, wanted)
        left = [(blob, size) for blob, size in wanted.items() if blob not in self._held]
        self._total = sum(size for _, size in left)
        try:
            for blob, size in left:
                self._tell(BackupStage.COPYING, self._done_bytes, self._total)
                self._copy(BlobId(blob))
                self._done_bytes += size
            self._finish_writer()
        finally:
            if self._writer is not None:
                self._writer.segment.close()

    def _copy(self, blob: BlobId) -> None:
        if self._writer is None:
            self._writer = _ContentWriter(self._folder, self._keys)
        writer = self._writer
        try:
            with self._vault.view() as connection:
                writer.add(connection, self._vault.opened.blobs, blob, self._look)
        except BlobErasedError:
            return
        except (BlobDamagedError, PageDamagedError):
            writer.undo()
            self.unreadable.append(blob)
            return
        if writer.size_bytes >= self._limit:
            self._finish_writer()

    def _look(self) -> None:
        """Between two chunks, somebody may have pressed Cancel."""
        self._tell(BackupStage.COPYING, self._done_bytes, self._total)

    def _finish_writer(self) -> None:
        writer, self._writer = self._writer, None
        if writer is None:
            return
        try:
            writer.segment.finish()
        finally:
            writer.segment.close()
        if not writer.held:
            writer.segment.path.unlink()
            return
        file = self._read_back(writer)
        record = {"file": [file.name, file.size_bytes, file.sha256], "held": writer.held}
        content = canonical(record)
        done = canonical({"content": record, "mac": self._keys.mac(content)})
        with writing_to(self._folder):
            path = writer.segment.path
            durable_file.replace_durably(path.with_suffix(DONE_SUFFIX), done)
        self._keep(file, writer.held)

    def _read_back(self, writer: _ContentWriter) -> FileCopy:
        name, path = writer.name, writer.segment.path
        try:
            with writing_to(self._folder):
                file = segments.described(path)
            held = list(checked(self._folder, name, self._keys, self._look_checking))
        except (BackupDamagedError, BlobDamagedError) as error:
            raise BackupNotVerifiedError from error
        if held != sorted(writer.held):
            raise BackupNotVerifiedError
        return file

    def _look_checking(self, done: int, total: int) -> None:
        self._tell(BackupStage.CHECKING, done, total)

    def _take_up(self, record: Path, wanted: Mapping[str, int]) -> None:
        told = json.loads(record.read_bytes())
        if not self._keys.is_mac(told["mac"], canonical(told["content"])):
            raise BackupDamagedError
        file, held = FileCopy(*told["content"]["file"]), told["content"]["held"]
        if wanted.keys() >= set(held):  # what was erased since is not taken along
            segments.require_as_described(self._folder, file)
            self._keep(file, held)

    def _keep(self, file: FileCopy, held: list[str]) -> None:
        self.files.append(file)
        self._held.update(held)
        self.copied += len(held)


class _ContentWriter:
    """One file of contents that is being written."""

    def __init__(self, folder: Path, keys: SetKeys) -> None:
        self.name = PREFIX + secrets.token_hex(8)
        self.segment = SegmentWriter(folder, self.name, keys)
        self.held: list[str] = []
        self.size_bytes = 0
        self._keys = keys
        self._place = 0
        for table in _TABLES:
            self.segment.execute(table)

    def add(
        self, connection: Connection, blobs: BlobStore, blob: BlobId, look: Callable[[], None]
    ) -> None:
        """Copy one content."""
        first = self._place
        sql = "INSERT INTO chunk VALUES (?, ?)"
        for number, sealed in enumerate(blobs.sealed_chunks(connection, blob)):
            look()
            self.segment.execute(sql, (first + number, sealed))
            self._place = first + number + 1
            self.size_bytes += len(sealed)
        wrapping = self._keys.wrapping()
        context = wrap_context(self._keys.set_id, blob)
        try:
            nonce, wrapped = blobs.rewrapped(connection, blob, wrapping, context)
        finally:
            wipe(wrapping)
        size, digest = blobs.size_bytes(connection, blob), blobs.sha256(connection, blob)
        row = (blob, size, digest, nonce, wrapped, first, self._place - first)
        self.segment.execute("INSERT INTO content VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        self.held.append(blob)

    def undo(self) -> None:
        """Take the chunks of a content away that could not be read to its end."""
        sql = """
            DELETE FROM chunk WHERE place >= (SELECT ifnull(max(first + chunks), 0) FROM content)
        """
        self.segment.execute(sql)


def checked(
    folder: Path, name: str, keys: SetKeys, look: Callable[[int, int], None]
) -> Iterator[str]:
    """Read a file of contents back, and give the id of each that is as it was.

    Raises:
        BackupDamagedError: One is not.
    """
    with segments.reading(folder, name, keys) as connection:
        total = connection.execute("SELECT ifnull(sum(size_bytes), 0) FROM content").fetchone()[0]
        done = 0
        for blob, size, sha256 in connection.execute(
            "SELECT id, size_bytes, sha256 FROM content ORDER BY id"
        ).fetchall():
            look(done, total)
            digest, into = hashlib.sha256(), memoryview(bytearray(min(size, CHUNK_BYTES)))
            key = content_key(connection, blob, keys)
            try:
                rows = content_chunks(connection, blob)
                for part, _ in unsealed(rows, key, BlobId(blob), size, into=into):
                    digest.update(part)
                    look(done, total)
            finally:
                wipe(key)
            if digest.hexdigest() != sha256:
                raise BackupDamagedError
            done += size
            yield blob


def content_key(segment: Connection, blob: str, keys: SetKeys) -> bytearray:
    """The own key of a content in a backup; the caller wipes it.

    Raises:
        BackupDamagedError: It was changed, or is of another content.
    """
    nonce, wrapped = segment.execute(
        "SELECT nonce, wrapped FROM content WHERE id = ?", (blob,)
    ).fetchone()
    wrapping, key = keys.wrapping(), bytearray(KEY_BYTES)
    try:
        AESGCM(wrapping).decrypt_into(nonce, wrapped, wrap_context(keys.set_id, blob), key)
    except (InvalidTag, ValueError) as error:
        raise BackupDamagedError from error
    finally:
        wipe(wrapping)
    return key


def content_chunks(segment: Connection, blob: str) -> Iterator[tuple[int, bytes]]:
    """The chunks of a content in a backup, numbered from 0."""
    first, chunks = segment.execute(
        "SELECT first, chunks FROM content WHERE id = ?", (blob,)
    ).fetchone()
    sql = "SELECT place, data FROM chunk WHERE place >= ? AND place < ? ORDER BY place"
    for place, data in segment.execute(sql, (first, first + chunks)):
        yield place - first, data
