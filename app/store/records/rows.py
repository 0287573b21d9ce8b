"""What every table has in common: how a row is added, found and read back."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlcipher3.dbapi2 import Error as DriverError

from app.domain.ids import RANDOM_BYTES, FactId, uuid7
from app.domain.stamp import Stamp
from app.store.codec import decode, instant
from app.store.connection import Connection

T = TypeVar("T")

PAGE_ROWS = 500


def begun(connection: Connection) -> bool:
    """Whether a transaction goes on. Raises StoreClosedError once the vault was locked."""
    try:
        return bool(connection.in_transaction)
    except DriverError as error:
        connection.raise_sorted(error)


def insert(connection: Connection, table: str, values: Mapping[str, object]) -> int:
    """Add a row; its place in the recorded order.

    Args:
        connection: In a transaction.
        table: A name from this program, never from outside.
        values: By column; names from this program too.
    """
    assert begun(connection), "a row is part of its caller's transaction"
    columns, marks = ", ".join(values), ", ".join("?" for _ in values)
    sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - no name from outside
    place: int = connection.execute(sql, tuple(values.values())).lastrowid
    return place


def stamped(stamp: Stamp) -> dict[str, object]:
    """The three columns that say where a row comes from."""
    return {
        "workstation": stamp.workstation,
        "recorded_by": stamp.by,
        "recorded_at": instant(stamp.at),
    }


def made_id(at: datetime) -> FactId:
    """An id for a fact that came without one, sorting by its time."""
    return FactId(uuid7(int(at.timestamp() * 1000), secrets.token_bytes(RANDOM_BYTES)))


def id_list(ids: Iterable[str]) -> str:
    """Ids as one parameter, read in SQL by json_each(?)."""
    return json.dumps(sorted(set(ids)))


def bodies(connection: Connection, kind: type[T], sql: str, *parameters: object) -> Iterator[T]:
    """The values in the first column of a query."""
    return (decode(row[0], kind) for row in connection.execute(sql, parameters).fetchall())


def body(connection: Connection, kind: type[T], sql: str, *parameters: object) -> T | None:
    """The value in the first column of a query's first row; None when there is no row."""
    row = connection.execute(sql, parameters).fetchone()
    return None if row is None else decode(row[0], kind)


def paged(
    connection: Connection, sql: str, *parameters: object, after: int = 0
) -> Iterator[list[Any]]:
    """The rows of a long query, a page at a time, so that no cursor stays open between pages.

    Args:
        connection: To read from.
        sql: Gives its place in the first column; takes, after the parameters, the last place and
            the number of rows.
        parameters: What the query takes first.
        after: The place to go on from.
    """
    while rows := connection.execute(sql, (*parameters, after, PAGE_ROWS)).fetchall():
        yield rows
        after = rows[-1][0]
