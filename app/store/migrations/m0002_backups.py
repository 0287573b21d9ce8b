"""Backups: which were made, and in which order contents came and went."""

from __future__ import annotations

from app.store.connection import Connection

_BACKUP = """
CREATE TABLE backup (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
    workstation TEXT NOT NULL, recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL
) STRICT
"""

# A blob's id says when it was made by a clock that may be set back, and the places of its chunks
# are used again once it is erased. So a backup asks this list what is new since the last one.
_BLOB_CHANGE = """
CREATE TABLE blob_change (seq INTEGER PRIMARY KEY, blob_id TEXT NOT NULL) STRICT
"""


def apply(connection: Connection) -> None:
    """Make the tables, and begin the list with what is there."""
    connection.execute(_BACKUP)
    connection.execute(_BLOB_CHANGE)
    connection.execute("INSERT INTO blob_change (blob_id) SELECT id FROM blob ORDER BY id")
    for change, name in (("INSERT", "blob_is_added"), ("UPDATE OF erased", "blob_is_erased")):
        connection.execute(
            f"CREATE TRIGGER {name} AFTER {change} ON blob"  # noqa: S608
            " BEGIN INSERT INTO blob_change (blob_id) VALUES (NEW.id); END"
        )
    for table in ("backup", "blob_change"):
        for change in ("UPDATE", "DELETE"):
            connection.execute(
                f"CREATE TRIGGER {table}_refuses_{change.lower()} BEFORE {change} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
            )
