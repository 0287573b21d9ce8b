"""Facts about the vault itself, by name, in its own table."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.store.connection import Connection


class MetaName(StrEnum):
    """Names in the meta table; part of the stored format."""

    VAULT_ID = "vault-id"
    KEY_FILE_REVISION = "key-file-revision"


def create_meta_table(connection: Connection) -> None:
    """Make the table, in the caller's transaction."""
    connection.execute(
        "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"
    )


def read_meta(connection: Connection, name: MetaName) -> str | None:
    """The value of a name, or None."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name.value,)).fetchone()
    return None if row is None else str(row[0])


def write_meta(connection: Connection, name: MetaName, value: str) -> None:
    """Set the value of a name, in the caller's transaction."""
    connection.execute(
        "INSERT INTO meta (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name.value, value),
    )
