"""One connection to the encrypted database: keyed, set up, its errors sorted, bound to a thread."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn, Self

from sqlcipher3 import dbapi2

from app.errors import KnownError
from app.store.errors import (
    POISONING,
    SQLITE_READONLY,
    StoreIOError,
    primary_code,
    sorted_error,
)
from app.store.keys import KEY_BYTES, wipe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

PAGE_BYTES = 16384
SALT_BYTES = 16
BUSY_TIMEOUT_S = 10.0
JOURNAL_LIMIT_BYTES = 64 * 1024 * 1024
_HEX = b"0123456789abcdef"

IntegrityError = dbapi2.IntegrityError
FAILURES = (dbapi2.Error, MemoryError)
"""What the driver raises. A page that SQLCipher cannot seal or open in the middle of a commit comes
as SQLITE_NOMEM: pager.c, CODEC2."""

_process_lock = threading.Lock()
_process_is_set = False


class Cursor(dbapi2.Cursor):  # type: ignore[misc]  # the driver has no types
    """A cursor whose failures are KnownErrors where the user can act, and driver errors otherwise.

    Attributes:
        connection: The connection that made it.
    """

    connection: Connection

    def execute(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Self:
        """Run one statement."""
        connection = self.connection
        with connection.busy:
            connection.require_own_thread()
            try:
                super().execute(sql, parameters)
            except FAILURES as error:
                connection.raise_sorted(error)
        return self

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any] | dict[str, Any]]) -> Self:
        """Run one statement for each set of parameters."""
        connection = self.connection
        with connection.busy:
            connection.require_own_thread()
            try:
                super().executemany(sql, parameters)
            except FAILURES as error:
                connection.raise_sorted(error)
        return self

    def fetchone(self) -> Any:  # noqa: ANN401 - a row, or None
        """The next row, or None."""
        return next(self, None)

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        with self.connection.busy:
            try:
                rows: list[Any] = super().fetchall()
            except FAILURES as error:
                self.connection.raise_sorted(error)
        return rows

    def __next__(self) -> Any:  # noqa: ANN401 - a row
        with self.connection.busy:
            try:
                return super().__next__()
            except FAILURES as error:
                self.connection.raise_sorted(error)


class Connection(dbapi2.Connection):  # type: ignore[misc]  # the driver has no types
    """A connection that is used on one thread only; another thread may close it.

    Attributes:
        poisoned: A page could not be read or written. SQLCipher then reads nothing more on this
            connection (its issue 617), so it has to be thrown away and opened anew.
        read_only: It is for reading; writing on it is a bug.
        busy: Held while the driver works, so that closing waits for it.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - the driver's
        super().__init__(*arguments, **options)
        self.poisoned = False
        self.read_only = False
        self.busy = threading.RLock()
        self._thread = threading.get_ident()

    def cursor(self) -> Cursor:
        """A new cursor."""
        self.require_own_thread()
        try:
            made: Cursor = super().cursor(Cursor)
        except FAILURES as error:
            self.raise_sorted(error)
        return made

    def execute(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Cursor:
        """Run one statement on a new cursor."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any] | dict[str, Any]]) -> Cursor:
        """Run one statement for each set of parameters, on a new cursor."""
        return self.cursor().executemany(sql, parameters)

    def close(self) -> None:
        """Close it, from any thread; what runs on it is interrupted and rolled back."""
        if threading.get_ident() != self._thread:
            self.interrupt()
        with self.busy:
            super().close()

    def require_own_thread(self) -> None:
        """Assert that the thread is the one that opened the connection."""
        assert threading.get_ident() == self._thread, "connection used on another thread"

    def raise_sorted(self, error: Exception) -> NoReturn:
        """Raise what a driver error means; note when the connection is of no more use.

        Raises:
            KnownError: Where the user can act.
            Exception: The error itself, where it is a bug.
        """
        code = primary_code(error)
        known = sorted_error(error)
        if known is None or (self.read_only and code == SQLITE_READONLY and not self.poisoned):
            raise error
        self.poisoned = self.poisoned or code in POISONING or isinstance(error, MemoryError)
        raise known from error


@contextmanager
def transaction(connection: Connection) -> Iterator[Connection]:
    """One transaction for writing: committed at the end, rolled back when anything is raised.

    It begins IMMEDIATE: a transaction that starts reading and then writes after somebody else's
    commit fails at once, whatever the waiting time.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _roll_back(connection: Connection) -> None:
    """Roll back; a connection that cannot even do that is thrown away, and SQLite recovers."""
    try:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    except (KnownError, dbapi2.Error):
        connection.poisoned = True


def open_connection(
    path: Path, key: bytearray, salt: bytes, *, read_only: bool = False
) -> Connection:
    """Open an existing database file and give the connection its key and settings.

    It makes no file. A wrong key may show here already or with the first query only.

    Args:
        path: The database file.
        key: 32 bytes, read in place.
        salt: 16 bytes, the file's first ones.
        read_only: Refuse every change on this connection.

    Raises:
        StoreReadOnlyError: The file cannot be opened.
        PageDamagedError: The first page cannot be read with this key.
    """
    prepare_process()
    try:
        connection = dbapi2.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,  # no implicit transactions: see transaction()
            check_same_thread=False,  # checked by Connection, which another thread may close
            factory=Connection,
        )
    except dbapi2.Error as error:
        raise (sorted_error(error) or StoreIOError()) from error
    assert isinstance(connection, Connection)
    try:
        _set_key(connection, key, salt)
        _set_up(connection, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def prepare_process() -> None:
    """Set SQLCipher's defaults of this process: page size, and no log.

    The page size of a connection alone is not enough: VACUUM INTO and backup() to a connection that
    was not told write a file that opens with no key, without an error.
    """
    global _process_is_set  # noqa: PLW0603 - SQLCipher's defaults are global too
    with _process_lock:
        if _process_is_set:
            return
        connection = dbapi2.connect(":memory:")
        connection.execute(f"PRAGMA cipher_default_page_size = {PAGE_BYTES}")
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.close()
        _process_is_set = True


def _set_key(connection: Connection, key: bytearray, salt: bytes) -> None:
    """Hand over key and salt as x'…', from a buffer that is wiped afterwards.

    A malformed literal would silently be taken for a passphrase: hence the lengths are asserted.
    """
    assert len(key) == KEY_BYTES
    assert len(salt) == SALT_BYTES
    literal = bytearray(2 * (KEY_BYTES + SALT_BYTES) + 3)
    literal[:2], literal[-1:] = b"x'", b"'"
    for offset, source in ((2, key), (2 + 2 * KEY_BYTES, salt)):
        for index, byte in enumerate(source):
            literal[offset + 2 * index] = _HEX[byte >> 4]
            literal[offset + 2 * index + 1] = _HEX[byte & 15]
    connection.set_key(literal)
    wipe(literal)


def _set_up(connection: Connection, *, read_only: bool) -> None:
    """Settings that are not stored in the file."""
    connection.execute("PRAGMA foreign_keys = ON")
    # Else INSERT OR REPLACE removes a row that is never to change, and no trigger hears of it.
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute(f"PRAGMA journal_size_limit = {JOURNAL_LIMIT_BYTES}")
    if sys.platform == "darwin":  # fsync() there does not reach the disk
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
        connection.read_only = True
