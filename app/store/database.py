"""The encrypted database of a vault: made, opened, checked and closed here and nowhere else."""

from __future__ import annotations

import hashlib
import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from app.store import durable_file
from app.store.connection import (
    PAGE_BYTES,
    SALT_BYTES,
    Connection,
    open_connection,
    transaction,
)
from app.store.errors import (
    DatabaseMissingError,
    ForeignKeyFileError,
    PageDamagedError,
    ReadOnlyFolderError,
    StoreBusyError,
    StoreClosedError,
    StoreReadOnlyError,
    VaultDamagedError,
    VaultExistsError,
)
from app.store.keys import KeyLabel, VaultKey, wipe
from app.store.meta import MetaName, create_meta_table, read_meta, write_meta
from app.store.migrations import migrate, released, require_known

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

    from app.domain.ids import VaultId
    from app.store.migrations import Migration

APPLICATION_ID = 0x434C4752  # "CLGR"
_PAGE_IN_REPORT = re.compile(r"page (\d+)")


@dataclass(frozen=True, slots=True)
class IntegrityReport:
    """What a check of the whole file found.

    Attributes:
        pages: How many pages the file has.
        damaged_pages: Numbers of the pages whose authentication failed.
        structure: What SQLite says about its tables and indexes; empty when all is well.
    """

    pages: int
    damaged_pages: tuple[int, ...]
    structure: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.damaged_pages and not self.structure


def salt_of(vault_id: VaultId) -> bytes:
    """The first 16 bytes of a vault's database: they tell whose key file belongs to it.

    With a random raw key the salt need not be secret or random, only different for each vault.
    """
    return hashlib.sha256(b"clinigraph/1/database-salt/" + vault_id.encode()).digest()[:SALT_BYTES]


class Database:
    """An open database: one connection that writes, and one for each thread that reads.

    The thread that opens it is the thread that writes. Closing is possible from any thread.

    Attributes:
        path: The file.
        vault_id: Of the vault.
        salt_was_damaged: Whether its first bytes were not those of this vault when it was opened.
            With a raw key SQLCipher neither needs nor checks them.
    """

    def __init__(self, path: Path, key: bytearray, vault_id: VaultId) -> None:
        """Take over `key`, the database's own; use `create` or `open` instead."""
        self.path = path
        self.vault_id = vault_id
        self.salt_was_damaged = False
        self._key = key
        self._closed = False
        self._guard = threading.Lock()
        self._readers: dict[int, Connection] = {}
        try:
            self._writer = self._connect(read_only=False)
        except BaseException:
            wipe(key)
            raise

    @classmethod
    def create(
        cls,
        path: Path,
        key: VaultKey,
        vault_id: VaultId,
        *,
        migrations: Sequence[Migration] | None = None,
    ) -> Self:
        """Make the database of a new vault; a file that could not be finished is removed.

        Raises:
            VaultExistsError: There is a file of that name.
            ReadOnlyFolderError: The folder cannot be written.
            DiskFullError: There is no room.
        """
        try:
            durable_file.create_private(path)
        except FileExistsError as error:
            raise VaultExistsError from error
        database = None
        try:
            database = cls(path, key.derive(KeyLabel.DATABASE), vault_id)
            _lay_out(database.writer(), vault_id)
            migrate(database.writer(), released() if migrations is None else migrations)
        except BaseException:
            if database is not None:
                database.close()
            path.unlink()
            raise
        return database

    @classmethod
    def open(
        cls,
        path: Path,
        key: VaultKey,
        vault_id: VaultId,
        *,
        migrations: Sequence[Migration] | None = None,
    ) -> Self:
        """Open an existing database, and bring its schema up to date.

        Nothing is written before the key, the vault's id and the schema's number were checked.

        Raises:
            DatabaseMissingError: There is no file.
            ForeignKeyFileError: The key file is of another vault.
            VaultDamagedError: The file is empty, cut short, or its first page is unreadable.
            NewerVaultError: A later release wrote it.
            ReadOnlyFolderError: The file cannot be written.
        """
        require_whole(path, vault_id)
        steps = released() if migrations is None else migrations
        with path.open("rb") as file:
            salt = file.read(SALT_BYTES)
        try:
            database = cls(path, key.derive(KeyLabel.DATABASE), vault_id)
        except PageDamagedError as error:
            raise VaultDamagedError from error
        database.salt_was_damaged = salt != salt_of(vault_id)
        try:
            _probe(database.writer(), vault_id)
            require_known(database.writer(), steps)
            migrate(database.writer(), steps)
        except StoreReadOnlyError as error:
            database.close()
            raise ReadOnlyFolderError from error
        except BaseException:
            database.close()
            raise
        return database

    def writer(self) -> Connection:
        """The connection that writes; replaced when a page could not be read or written.

        It belongs to the thread that opened the database; asking on another one is a bug.
        """
        with self._guard:
            self._require_open()
            self._writer.require_own_thread()
            if self._writer.poisoned and not self._writer.in_transaction:
                self._writer.close()
                self._writer = self._connect(read_only=False)
            return self._writer

    def reader(self) -> Connection:
        """This thread's connection for reading; replaced when a page could not be read."""
        thread = threading.get_ident()
        with self._guard:
            self._require_open()
            connection = self._readers.get(thread)
            if connection is None or connection.poisoned:
                if connection is not None:
                    connection.close()
                connection = self._readers[thread] = self._connect(read_only=True)
            return connection

    def checkpoint(self) -> None:
        """Move everything from the write-ahead log into the file and empty the log.

        Raises:
            StoreBusyError: Somebody is reading; everything stays readable, try again later.
        """
        busy, _, _ = self.writer().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise StoreBusyError

    def reclaim(self, pages: int) -> None:
        """Give up to `pages` free pages back to the disk; in slices, when nobody waits."""
        self.writer().execute(f"PRAGMA incremental_vacuum({pages:d})").fetchall()

    def check(self, *, structure: bool = False) -> IntegrityReport:
        """Authenticate every page of the file (about 350 MB/s), and look at the structure if asked.

        The log is emptied first: SQLCipher checks the file only, not the log.

        Raises:
            StoreBusyError: Somebody is reading.
        """
        self.checkpoint()
        connection = self._connect(read_only=True)
        try:
            rows = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            damaged = tuple(
                int(match[1]) for (row,) in rows if (match := _PAGE_IN_REPORT.search(row))
            )
            assert len(damaged) == len(rows), "a page without a number"
            said = _structure(connection) if structure and not damaged else ()
        finally:
            connection.close()
        return IntegrityReport(self.path.stat().st_size // PAGE_BYTES, damaged, said)

    def close(self) -> None:
        """Close every connection and wipe the key; what is running is interrupted."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
            for reader in self._readers.values():
                reader.close()
            self._readers.clear()
            self._writer.close()
            wipe(self._key)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _connect(self, *, read_only: bool) -> Connection:
        return open_connection(self.path, self._key, salt_of(self.vault_id), read_only=read_only)

    def _require_open(self) -> None:
        if self._closed:
            raise StoreClosedError


def require_whole(path: Path, vault_id: VaultId) -> None:
    """Look at a database file from outside, without the key.

    Raises:
        DatabaseMissingError: There is none.
        VaultDamagedError: It is empty or shorter than one page.
        ForeignKeyFileError: It is the database of another vault.
    """
    try:
        with path.open("rb") as file:
            first_page = file.read(PAGE_BYTES)
    except FileNotFoundError as error:
        raise DatabaseMissingError from error
    except OSError as error:
        raise VaultDamagedError from error
    if len(first_page) < PAGE_BYTES:
        raise VaultDamagedError
    if _looks_foreign(first_page[:SALT_BYTES], salt_of(vault_id)):
        raise ForeignKeyFileError


def _looks_foreign(found: bytes, expected: bytes) -> bool:
    """Whether two salts differ by more than damage: two random ones differ in 64 of 128 bits."""
    differing = int.from_bytes(found, "big") ^ int.from_bytes(expected, "big")
    return differing.bit_count() > SALT_BYTES


def _lay_out(connection: Connection, vault_id: VaultId) -> None:
    """Give an empty file its settings and the vault's id."""
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # before the first page
    connection.execute("PRAGMA journal_mode = WAL")
    with transaction(connection):
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        create_meta_table(connection)
        write_meta(connection, MetaName.VAULT_ID, vault_id)


def _probe(connection: Connection, vault_id: VaultId) -> None:
    """Check with a query that the key is right, and that this is the vault of the key file."""
    try:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        application_id = connection.execute("PRAGMA application_id").fetchone()[0]
        found = read_meta(connection, MetaName.VAULT_ID) if tables else None
    except PageDamagedError as error:
        raise VaultDamagedError from error
    if application_id != APPLICATION_ID or found is None:
        raise VaultDamagedError
    if found != vault_id:
        raise ForeignKeyFileError


def _structure(connection: Connection) -> tuple[str, ...]:
    rows = connection.execute("PRAGMA integrity_check").fetchall()
    dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
    said = tuple(str(row[0]) for row in rows if row[0] != "ok")
    return said + tuple(f"dangling reference in {row[0]}" for row in dangling)
