"""What was erased for good stays erased in a vault that is restored to a time before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from app.store.backup import segment as segments
from app.store.backup.set_keys import SetKeys
from app.store.backup.sets import Point
from app.store.backup.tables import copied_rows
from app.store.sealed_vault import SealedVault

LedgerRow = dict[str, Any]
"""One entry: its columns by name."""


class ErasureLedger(Protocol):
    """The list of what was erased, and how its entries are carried out again.

    Attributes:
        table: Where the entries stand; append-only, so that backups hold its rows.
    """

    @property
    def table(self) -> str:
        """Name of the table."""
        ...

    def replay(self, vault: SealedVault, entries: Sequence[LedgerRow]) -> int:
        """Erase again what these entries name and the vault still holds; how many that were.

        Called on the thread that opened the vault; entries may name what it never held.
        """
        ...


class NoLedger:
    """For a vault that keeps no such list: erasing is by its own records only."""

    table = ""

    def replay(self, _vault: SealedVault, _entries: Sequence[LedgerRow]) -> int:
        """Nothing is erased."""
        return 0


NO_LEDGER = NoLedger()


def entries_in_points(
    points: Sequence[Point], keys: SetKeys, ledger: ErasureLedger
) -> list[LedgerRow]:
    """The entries that these points hold."""
    return [row for point in points for row in _entries(point, keys, ledger.table)]


def entries_in_vault(vault: SealedVault, ledger: ErasureLedger) -> list[LedgerRow]:
    """The entries of an open vault, newer than any backup of it."""
    if not ledger.table:
        return []
    with vault.view() as connection:
        sql = f'SELECT * FROM "{ledger.table}"'  # noqa: S608 - a name of this program
        cursor = connection.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _entries(point: Point, keys: SetKeys, table: str) -> Iterator[LedgerRow]:
    if not table or point.manifest.table(table) is None:
        return
    with segments.reading(point.folder, point.manifest.rows_segment, keys) as connection:
        sql = "SELECT name FROM pragma_table_info(?)"
        names = [row[0] for row in connection.execute(sql, (table,)).fetchall()][1:]
        for row in copied_rows(connection, table):
            yield dict(zip(names, row[1:], strict=True))
