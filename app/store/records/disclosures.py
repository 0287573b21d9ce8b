"""What left the vault as it came, for whom and why."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.backup import BackupMade
from app.domain.disclosure import OriginalExtract
from app.store.codec import decode, encode
from app.store.connection import Connection
from app.store.records.rows import body, insert, made_id, paged, stamped


class StoredDisclosures:
    """The port Disclosures on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, disclosure: OriginalExtract) -> None:
        """Record something that leaves."""
        stamp = disclosure.stamp
        row = {
            "id": made_id(stamp.at),
            "image": disclosure.image,
            "body": encode(disclosure),
        }
        insert(self._connection, "disclosure", row | stamped(stamp))

    def add_backup(self, backup: BackupMade) -> None:
        """Record an encrypted copy of the vault that was made."""
        stamp = backup.stamp
        row = {"id": made_id(stamp.at), "body": encode(backup)}
        insert(self._connection, "backup", row | stamped(stamp))

    def last_backup(self) -> BackupMade | None:
        """The backup that was made last; None before the first."""
        sql = "SELECT body FROM backup ORDER BY seq DESC LIMIT 1"
        return body(self._connection, BackupMade, sql)

    def all(self) -> Iterator[OriginalExtract]:
        """Everything that left, in recorded order."""
        sql = "SELECT seq, body FROM disclosure WHERE seq > ? ORDER BY seq LIMIT ?"
        for rows in paged(self._connection, sql):
            yield from (decode(row[1], OriginalExtract) for row in rows)
