"""Rows on their way into a backup and out of it: only those that are new, wherever that is sure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from app.store.backup.errors import BackupDamagedError
from app.store.backup.manifest import TableCopy
from app.store.backup.segment import SegmentWriter
from app.store.connection import Connection

CONTENT = frozenset({"blob", "blob_key", "blob_chunk"})
"""Copied by `contents`: their keys are wrapped anew."""
WORKED_OUT = frozenset(
    {
        "patient_now",
        "patient_identifier",
        "patient_merged",
        "patient_search",
        "encounter_unfinished",
        "image_filed",
    }
)
"""Made from other tables; `worked_out` makes them again."""
NOT_COPIED = CONTENT | WORKED_OUT
PAGE_ROWS = 500

Row = tuple[Any, ...]
"""The place first, then the columns."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows are copied.

    Attributes:
        placed: Whether rows have a place that tells new ones; else all are copied each time.
        append_only: Whether its rows never change, by its own triggers.
    """

    name: str
    columns: tuple[str, ...]
    placed: bool
    append_only: bool

    @property
    def listed(self) -> str:
        """Its columns for a statement."""
        return ", ".join(f'"{column}"' for column in self.columns)

    def rows(
        self, connection: Connection, *, after: int = 0, until: int = 1 << 62
    ) -> Iterator[Row]:
        """Rows in the order of their places, in pages, so that no cursor stays open."""
        if not self.placed:
            sql = f'SELECT 0, {self.listed} FROM "{self.name}" ORDER BY {self.listed}'  # noqa: S608
            yield from connection.execute(sql).fetchall()
            return
        sql = (
            f'SELECT rowid, {self.listed} FROM "{self.name}"'  # noqa: S608 - names of the schema
            " WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?"
        )
        while page := connection.execute(sql, (after, until, PAGE_ROWS)).fetchall():
            yield from page
            after = page[-1][0]


class RowDigest:
    """SHA-256 over rows, the same for the same rows in the same order."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self.rows = 0

    def add(self, row: Row) -> None:
        """One row more."""
        line = json.dumps(row, separators=(",", ":"), default=_binary)
        self._sha256.update(line.encode("ascii") + b"\n")
        self.rows += 1

    def hexdigest(self) -> str:
        """Over the rows so far."""
        return self._sha256.hexdigest()


def _binary(value: object) -> list[str]:
    assert isinstance(value, bytes)
    return ["bytes", value.hex()]


def tables_of(connection: Connection) -> tuple[Table, ...]:
    """Every table that is copied by its rows, in the order of names."""
    listed = connection.execute("PRAGMA table_list").fetchall()
    triggers = {
        row[0]
        for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    found = []
    for schema, name, kind, _, without_rowid, _ in listed:
        ours = schema == "main" and kind == "table" and not name.startswith("sqlite_")
        if ours and name not in NOT_COPIED:
            refuses = {f"{name}_refuses_update", f"{name}_refuses_delete"}
            found.append(
                Table(name, _columns(connection, name), not without_rowid, refuses <= triggers)
            )
    return tuple(sorted(found, key=lambda table: table.name))


def blob_records(connection: Connection) -> Table:
    """The records of contents, without keys and bytes."""
    return Table("blob", _columns(connection, "blob"), placed=False, append_only=False)


def make_copy(target: SegmentWriter, table: Table) -> None:
    """An empty table in a backup: the same columns, whose values stay as they are."""
    target.execute(f'CREATE TABLE "{table.name}" (_place INTEGER, {table.listed})')


def copy_rows(
    source: Connection, target: SegmentWriter, table: Table, before: TableCopy | None
) -> TableCopy:
    """Copy what the point before does not hold."""
    make_copy(target, table)
    so_far = RowDigest()
    known = before is not None and _still_holds(source, table, before, so_far)
    after = before.last if before is not None and known else 0
    if not known:
        so_far = RowDigest()
    rows = table.rows(source, after=after)
    new, last = _written(target, table, rows, None if table.append_only else so_far)
    return TableCopy(
        name=table.name,
        whole=not known,
        rows=new.rows,
        digest=new.hexdigest(),
        last=max(last, after),
        total=(before.total if before is not None and known else 0) + new.rows,
        so_far="" if table.append_only else so_far.hexdigest(),
    )


def copy_some(
    source: Connection, target: SegmentWriter, table: Table, ids: Iterable[str]
) -> TableCopy:
    """Copy the rows of some ids as they stand now."""
    make_copy(target, table)
    sql = f'SELECT 0, {table.listed} FROM "{table.name}" WHERE id = ?'  # noqa: S608 - as above
    found = (source.execute(sql, (each,)).fetchone() for each in ids)
    new, _ = _written(target, table, (row for row in found if row is not None), None)
    return TableCopy(table.name, False, new.rows, new.hexdigest(), 0, new.rows, "")  # noqa: FBT003


def _written(
    target: SegmentWriter, table: Table, rows: Iterator[Row], so_far: RowDigest | None
) -> tuple[RowDigest, int]:
    """Write rows, in pages; the digest over them, and the place of the last."""
    marks = ", ".join("?" for _ in range(len(table.columns) + 1))
    sql = f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608 - names of the schema
    digest, last = RowDigest(), 0
    while page := list(islice(rows, PAGE_ROWS)):
        for row in page:
            digest.add(row)
            if so_far is not None:
                so_far.add(row)
        target.executemany(sql, page)
        last = page[-1][0]
    return digest, last


def _still_holds(source: Connection, table: Table, before: TableCopy, so_far: RowDigest) -> bool:
    """Whether the rows that the point before had are still there, unchanged."""
    if not table.placed:
        return False
    if table.append_only:
        return True
    for row in table.rows(source, until=before.last):
        so_far.add(row)
    return so_far.hexdigest() == before.so_far


def copied_rows(segment: Connection, name: str) -> Iterator[Row]:
    """The rows of one table in a backup, as they were copied."""
    sql = f'SELECT rowid, * FROM "{name}" WHERE rowid > ? ORDER BY rowid LIMIT ?'  # noqa: S608
    after = 0
    while page := segment.execute(sql, (after, PAGE_ROWS)).fetchall():
        yield from (row[1:] for row in page)
        after = page[-1][0]


def require_rows(segment: Connection, copy: TableCopy) -> None:
    """Read the rows of one table back.

    Raises:
        BackupDamagedError: They are not those that were copied.
    """
    found = RowDigest()
    for row in copied_rows(segment, copy.name):
        found.add(row)
    if (found.rows, found.hexdigest()) != (copy.rows, copy.digest):
        raise BackupDamagedError


def _columns(connection: Connection, table: str) -> tuple[str, ...]:
    rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
    return tuple(row[0] for row in rows)
