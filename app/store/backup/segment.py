"""One file of a backup: a small encrypted database, written once and never changed afterwards.

It has no journal and takes no locks, for a stick or a share may know neither: until it was closed,
flushed and read back it does not count, and then nobody writes it any more.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from app.errors import KnownError
from app.store import durable_file
from app.store.backup.errors import BackupDamagedError, writing_to
from app.store.backup.manifest import FileCopy
from app.store.backup.set_keys import SetKeys, salt_of_segment
from app.store.connection import Connection, open_connection
from app.store.errors import PageDamagedError, StoreIOError, StoreReadOnlyError
from app.store.keys import wipe

SUFFIX = ".segment"
_READ_BYTES = 1 << 20
_CACHE_KIB = 16 << 10


class SegmentWriter:
    """A new file; everything that goes wrong with it is said as a backup's error.

    Attributes:
        path: Where it lies.
    """

    def __init__(self, folder: Path, segment: str, keys: SetKeys) -> None:
        self.path = folder / (segment + SUFFIX)
        self._folder = folder
        key = keys.of_segment(segment)
        try:
            with writing_to(folder):
                durable_file.create_private(self.path)
                salt = salt_of_segment(segment)
                self._connection = open_connection(self.path, key, salt, how="mode=rw&nolock=1")
                self._connection.execute("PRAGMA foreign_keys = OFF")
                self._connection.execute("PRAGMA journal_mode = OFF").fetchall()
                self._connection.execute("PRAGMA synchronous = OFF")
                self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
                self._connection.execute("BEGIN")
        finally:
            wipe(key)

    def execute(self, sql: str, parameters: tuple[object, ...] = ()) -> None:
        """Run one statement that writes."""
        with writing_to(self._folder):
            self._connection.execute(sql, parameters)

    def executemany(self, sql: str, rows: list[tuple[object, ...]]) -> None:
        """Run one statement for each row."""
        with writing_to(self._folder):
            self._connection.executemany(sql, rows)

    def finish(self) -> None:
        """Write everything out, have it on the medium, and drop what the system still remembers."""
        with writing_to(self._folder):
            self._connection.execute("COMMIT")
            self._connection.close()
            settle(self.path)

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@contextmanager
def reading(folder: Path, segment: str, keys: SetKeys) -> Iterator[Connection]:
    """A finished file, for reading; nothing beside it is looked at and nothing is written.

    Raises:
        BackupDamagedError: It cannot be read with this key, at the beginning or later.
    """
    try:
        connection = _opened(folder, segment, keys)
    except (OSError, PageDamagedError, StoreIOError, StoreReadOnlyError) as error:
        raise BackupDamagedError from error
    try:
        yield connection
    except KnownError as error:
        if connection.poisoned and not isinstance(error, BackupDamagedError):
            raise BackupDamagedError from error
        raise
    finally:
        connection.close()


def _opened(folder: Path, segment: str, keys: SetKeys) -> Connection:
    key = keys.of_segment(segment)
    try:
        connection = open_connection(
            folder / (segment + SUFFIX),
            key,
            salt_of_segment(segment),
            read_only=True,
            how="mode=ro&immutable=1",
        )
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
    finally:
        wipe(key)
    return connection


def settle(path: Path) -> None:
    """Have a file on the medium, so that reading it back reads the medium."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
        if hasattr(os, "posix_fadvise"):
            with suppress(OSError):
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def settle_folder(folder: Path) -> None:
    """Have the names in a folder on the medium; some shares do not know how."""
    with suppress(OSError):
        durable_file.sync_folder(folder)


def described(path: Path) -> FileCopy:
    """A file as it can be read now."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while part := file.read(_READ_BYTES):
            digest.update(part)
            size += len(part)
    return FileCopy(path.name, size, digest.hexdigest())


def require_as_described(folder: Path, file: FileCopy) -> None:
    """Read a file and compare it with its description.

    Raises:
        BackupDamagedError: It is missing, or another one.
    """
    try:
        found = described(folder / file.name)
    except OSError as error:
        raise BackupDamagedError from error
    if found != file:
        raise BackupDamagedError
