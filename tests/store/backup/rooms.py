"""A furnished vault, a medium beside it, and what a test compares between two vaults."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.backup import BackupMade, Restored, tell_nobody
from app.domain.disclosure import Backup
from app.domain.ids import BlobId
from app.store.backup import sets
from app.store.backup.making import make
from app.store.backup.opening import OpenedBackup, open_with_key
from app.store.backup.restoring import Restoring, restore
from app.store.connection import Connection
from app.store.keys import VaultKey
from app.store.sealed_vault import SealedVault
from app.store.vault import ClosedVault
from tests.contracts.workbench import Workbench
from tests.fakes import WORKSTATION

NAME = "again.clinigraph"


def _nothing(_vault: SealedVault) -> None:
    """Leaves the restored vault as it was."""


@dataclass
class Rooms:
    """An open vault with somebody who works in it, and a folder for its backups."""

    vault: SealedVault
    medium: Path
    bench: Workbench = field(init=False)

    def __post_init__(self) -> None:
        self.medium.mkdir(exist_ok=True)
        self.bench = Workbench(self.vault)

    @property
    def key(self) -> VaultKey:
        return self.vault.opened.key

    @property
    def set_folder(self) -> Path:
        (found,) = self.medium.glob(f"*{sets.SET_SUFFIX}")
        return found

    def back_up(self, tell=tell_nobody, **how) -> BackupMade:
        self.bench.clock.go_on(hours=1)
        return make(self.vault, Backup(self.bench.stamp()), self.medium, tell, **how)

    def points(self) -> list[str]:
        return [point.id for point in sets.listed(self.medium)] if self.names() else []

    def names(self) -> list[str]:
        """Folders of points, in the order of time."""
        places = self.set_folder.iterdir()
        return sorted(p.name for p in places if p.is_dir() and not p.name.startswith("unfinished"))

    def bytes_of(self, point: str) -> int:
        return sum(file.stat().st_size for file in (self.set_folder / point).iterdir())

    def opened(self, point: str | None = None) -> OpenedBackup:
        return open_with_key(self.medium, point, self.key)

    def restored(
        self, to: Path, point: str | None = None, *, settle=_nothing, **how
    ) -> tuple[Restored, Path]:
        with self.opened(point) as source:
            result = restore(source, to / NAME, settle, Restoring(WORKSTATION, **how))
        return result, to / NAME

    @contextmanager
    def restored_vault(self, to: Path, point: str | None = None) -> Iterator[SealedVault]:
        _, path = self.restored(to, point)
        key = VaultKey(bytearray(self.key.view()))
        with SealedVault(ClosedVault(path).open(key), WORKSTATION) as vault:
            yield vault


def everything(vault: SealedVault) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but keys and chunks, and the bytes of every content."""
    with vault.view() as connection:
        found = {
            table: _rows(connection, table)
            for table in _tables(connection)
            if table not in {"blob_key", "blob_chunk"}
        }
        sql = "SELECT id FROM blob WHERE erased = 0 ORDER BY id"
        found["contents"] = [
            (blob, vault.opened.blobs.read(connection, BlobId(blob)))
            for (blob,) in connection.execute(sql).fetchall()
        ]
    return found


def schema_of(vault: SealedVault) -> list[tuple[object, ...]]:
    """Every table, index and trigger, word by word."""
    with vault.view() as connection:
        sql = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
        rows: list[tuple[object, ...]] = connection.execute(sql).fetchall()
        return rows


def _tables(connection: Connection) -> list[str]:
    rows = connection.execute("PRAGMA table_list").fetchall()
    return sorted(
        name
        for schema, name, kind, *_ in rows
        if schema == "main" and kind == "table" and not name.startswith("sqlite_")
    )


def _rows(connection: Connection, table: str) -> list[tuple[object, ...]]:
    sql = "SELECT wr FROM pragma_table_list(?) WHERE schema = 'main'"
    place = "0" if connection.execute(sql, (table,)).fetchone()[0] else "rowid"
    if table in {"patient_identifier", "patient_merged"}:
        place = "0"  # made anew, in another order
    return sorted(connection.execute(f"SELECT {place}, * FROM {table}").fetchall(), key=repr)  # noqa: S608
