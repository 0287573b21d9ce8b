"""The port Vault on one encrypted database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlcipher3.dbapi2 import Error as DriverError

from app.domain.ids import WorkstationId
from app.errors import KnownError
from app.store.connection import Connection
from app.store.records.rows import begun
from app.store.stored_records import StoredRecords
from app.store.unit_of_work import StoredUnitOfWork
from app.store.vault import OpenVault


class SealedVault:
    """One writer on the thread that opened it, readers on any thread; closing on any thread.

    Attributes:
        opened: The vault's lock, keys, tables and blobs.
        workstation: This machine, from its settings: the vault's files may be carried to another
            one, and what is recorded there belongs to a chain of its own.
    """

    def __init__(self, opened: OpenVault, workstation: WorkstationId) -> None:
        """Take over the open vault: `close` closes it."""
        self.opened = opened
        self.workstation = workstation

    def unit_of_work(self) -> StoredUnitOfWork:
        """A new unit of work; on the thread that opened the database only."""
        return StoredUnitOfWork(self.opened.database, self.opened.blobs, self.workstation)

    @contextmanager
    def reading(self) -> Iterator[StoredRecords]:
        """A view of the vault at one moment, on any thread; inside another it is the same view."""
        with self.view() as connection:
            yield StoredRecords.on(connection, self.opened.blobs)

    @contextmanager
    def view(self) -> Iterator[Connection]:
        """This thread's connection for reading, held at one moment.

        It is replaced by the next call after a page could not be read.
        """
        connection = self.opened.database.reader()
        if begun(connection):
            yield connection
            return
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            _end(connection)

    def close(self) -> None:
        """Lock the vault: close every connection and wipe the keys; what runs is interrupted."""
        self.opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _end(connection: Connection) -> None:
    """End a view; a connection that cannot do that, or was closed meanwhile, is of no more use."""
    try:
        if begun(connection):
            connection.execute("ROLLBACK")
    except (KnownError, DriverError):
        connection.poisoned = True
