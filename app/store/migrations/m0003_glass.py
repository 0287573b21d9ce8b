"""Protected pictures that were opened with a reason: who, whose, until when, and the reason."""

from __future__ import annotations

from app.store.connection import Connection


def apply(connection: Connection) -> None:
    """Make the table, whose rows are never changed; inside the caller's transaction."""
    connection.execute(
        "CREATE TABLE glass_broken (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
        " patient TEXT NOT NULL REFERENCES patient (id), body TEXT NOT NULL,"
        " workstation TEXT NOT NULL, recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL) STRICT"
    )
    for change in ("UPDATE", "DELETE"):
        connection.execute(
            f"CREATE TRIGGER glass_broken_refuses_{change.lower()} BEFORE {change} ON glass_broken"
            " BEGIN SELECT RAISE(ABORT, 'glass_broken is never changed'); END"
        )
    connection.execute("CREATE INDEX glass_broken_by_1 ON glass_broken (patient)")
    connection.execute("CREATE INDEX glass_broken_by_2 ON glass_broken (recorded_at)")
