"""Filling the database of a restored vault with what the points of a backup hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.domain.backup import BackupStage, Tell
from app.domain.ids import BlobId
from app.store.backup import segment as segments
from app.store.backup.contents import PREFIX, content_chunks, content_key
from app.store.backup.errors import BackupDamagedError
from app.store.backup.manifest import TableCopy
from app.store.backup.segment import SUFFIX
from app.store.backup.set_keys import SetKeys
from app.store.backup.sets import Point
from app.store.backup.tables import PAGE_ROWS, Row, copied_rows, require_rows
from app.store.blobs import BlobStore
from app.store.connection import Connection, transaction
from app.store.database import Database
from app.store.keys import VaultKey
from app.store.meta import MetaName, read_meta
from app.store.migrations import migrate, released
from app.store.stored_records import StoredRecords

_CONTENT_RECORDS = "blob"


class Filling:
    """Makes a new database that holds one point of a set.

    While it is filled it has no journal and does not wait for the disk: until it was checked it is
    nobody's vault, and a power cut costs only the work.
    """

    def __init__(self, points: Sequence[Point], keys: SetKeys, tell: Tell) -> None:
        """Take the points in the order in which they add to one another."""
        self._points = points
        self._keys = keys
        self._tell = tell
        self._total = sum(point.manifest.size_bytes for point in points)
        self._done = 0

    def fill(self, path: Path, key: VaultKey) -> None:
        """Make the database.

        Raises:
            BackupDamagedError: The backup is not as it was written.
            KnownError: Of the area STORE, when the new database cannot be written.
        """
        said = self._points[-1].manifest
        steps = released()
        with Database.create(path, key, said.vault_id, migrations=steps[: said.schema]) as database:
            writer = database.writer()
            writer.execute("PRAGMA journal_mode = OFF").fetchall()
            writer.execute("PRAGMA synchronous = OFF")
            writer.execute("PRAGMA foreign_keys = OFF")
            self._fill_rows(writer)
            migrate(writer, steps)
            writer.execute("PRAGMA foreign_keys = OFF")
            blobs = BlobStore(key)
            try:
                with transaction(writer):
                    work_out_again(writer, blobs)
                self._fill_contents(writer, blobs)
            finally:
                blobs.close()
            if read_meta(writer, MetaName.VAULT_ID) != said.vault_id:
                raise BackupDamagedError
            writer.execute("PRAGMA journal_mode = WAL").fetchall()

    def _fill_rows(self, writer: Connection) -> None:
        """Without triggers: rows come as they were, and a list of changes is one of them."""
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = writer.execute(sql).fetchall()
        with transaction(writer):
            for name, _ in triggers:
                writer.execute(f'DROP TRIGGER "{name}"')
            for point in self._points:
                self._fill_rows_of(point, writer)
            for _, statement in triggers:
                writer.execute(statement)

    def _fill_rows_of(self, point: Point, writer: Connection) -> None:
        name = point.manifest.rows_segment
        self._require_file(point, name)
        with segments.reading(point.folder, name, self._keys) as segment:
            for copy in point.manifest.tables:
                require_rows(segment, copy)
                _fill_table(segment, writer, copy)

    def _fill_contents(self, writer: Connection, blobs: BlobStore) -> None:
        sql = "SELECT id FROM blob WHERE erased = 0"
        wanted = {row[0] for row in writer.execute(sql).fetchall()}
        for point in reversed(self._points):
            for file in point.manifest.files:
                if file.name.startswith(PREFIX):
                    name = file.name.removesuffix(SUFFIX)
                    self._require_file(point, name)
                    with transaction(writer):
                        wanted -= self._fill_contents_of(point, name, writer, blobs, wanted)
        if wanted - set(self._points[-1].manifest.unreadable):
            raise BackupDamagedError

    def _fill_contents_of(
        self, point: Point, name: str, writer: Connection, blobs: BlobStore, wanted: set[str]
    ) -> set[str]:
        """Bring the contents of one file in, as they are; their keys are wrapped anew."""
        insert = "INSERT INTO blob_chunk (blob_id, number, data) VALUES (?, ?, ?)"
        with segments.reading(point.folder, name, self._keys) as segment:
            sql = "SELECT id FROM content ORDER BY first"
            held = [row[0] for row in segment.execute(sql).fetchall() if row[0] in wanted]
            for blob in held:
                self._tell(BackupStage.RESTORING, self._done, self._total)
                for number, data in content_chunks(segment, blob):
                    writer.execute(insert, (blob, number, data))
                key = content_key(segment, blob, self._keys)
                blobs.adopt_key(writer, BlobId(blob), key)
        return set(held)

    def _require_file(self, point: Point, name: str) -> None:
        """Compare a whole file with its description; what is read next is still at hand then."""
        self._tell(BackupStage.RESTORING, self._done, self._total)
        wanted = name + SUFFIX
        file = next((f for f in point.manifest.files if f.name == wanted), None)
        if file is None:
            raise BackupDamagedError
        segments.require_as_described(point.folder, file)
        self._done += file.size_bytes


def work_out_again(writer: Connection, blobs: BlobStore) -> None:
    """Fill the tables that are made from others."""
    records = StoredRecords.on(writer, blobs)
    records.patients.work_out_again()
    records.encounters.work_out_again()
    records.images.work_out_again()


def _fill_table(segment: Connection, writer: Connection, copy: TableCopy) -> None:
    """Bring the rows of one table to their places; those of contents replace what was said before.

    Only columns that the table has are filled, under their names.
    """
    sql = "SELECT name FROM pragma_table_info(?)"
    known = {row[0] for row in writer.execute(sql, (copy.name,)).fetchall()}
    held = [row[0] for row in segment.execute(sql, (copy.name,)).fetchall()][1:]
    if set(held) != known:
        raise BackupDamagedError
    if copy.whole and copy.name != _CONTENT_RECORDS:
        writer.execute(f'DELETE FROM "{copy.name}"')  # noqa: S608 - a name of the schema
    listed = ", ".join(f'"{name}"' for name in held)
    marks = ", ".join("?" for _ in held)
    placed = _has_places(writer, copy.name)
    statement = (
        f'INSERT OR REPLACE INTO "{copy.name}" ({"rowid, " if placed else ""}{listed})'  # noqa: S608
        f" VALUES ({'?, ' if placed else ''}{marks})"
    )
    page: list[Row] = []
    for row in copied_rows(segment, copy.name):
        page.append(row if placed else row[1:])
        if len(page) == PAGE_ROWS:
            writer.executemany(statement, page)
            page.clear()
    writer.executemany(statement, page)


def _has_places(connection: Connection, table: str) -> bool:
    sql = "SELECT wr FROM pragma_table_list(?) WHERE schema = 'main'"
    return not connection.execute(sql, (table,)).fetchone()[0]
