"""A vault as the program holds it: closed, then open with its lock, key, tables and blobs."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from app.domain.ids import StaffId, VaultId
from app.store.blobs import BlobStore
from app.store.connection import transaction
from app.store.database import Database
from app.store.errors import KeyFileOutdatedError
from app.store.instance_lock import InstanceLock
from app.store.key_file import KeyFile, Unlocked
from app.store.meta import MetaName, read_meta, write_meta
from app.store.vault_files import VaultFiles, files_at, require_free, require_openable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

    from app.store.argon2id import Argon2Parameters
    from app.store.keys import VaultKey
    from app.store.migrations import Migration
    from app.store.recovery_code import RecoveryCode


@dataclass(frozen=True, slots=True)
class CreatedVault:
    """What making a vault gives.

    Attributes:
        vault: Open.
        recovery_code: To be printed once and wiped; it is stored nowhere.
    """

    vault: OpenVault
    recovery_code: RecoveryCode


class ClosedVault:
    """A vault whose files were found and looked at, and which nobody has opened yet.

    Attributes:
        files: Where it lies.
        key_file: What opens it.
    """

    def __init__(self, path: Path) -> None:
        """Find the vault of a database or key file; nothing is written.

        Raises:
            KnownError: What `vault_files.require_openable` finds.
        """
        self.files = files_at(path)
        self.key_file = require_openable(self.files)

    def unlock(
        self, passphrase: bytearray, *, owner: StaffId | None = None, name: str | None = None
    ) -> Unlocked:
        """Check a passphrase; see `KeyFile.unlock`. Nothing is written, right or wrong."""
        self._read_again()
        return self.key_file.unlock(passphrase, owner=owner, name=name)

    def unlock_with_recovery(self, code: RecoveryCode) -> VaultKey:
        """Check a recovery code; see `KeyFile.unlock_with_recovery`. Nothing is written."""
        self._read_again()
        return self.key_file.unlock_with_recovery(code)

    def open(self, key: VaultKey, *, migrations: Sequence[Migration] | None = None) -> OpenVault:
        """Open with a key that `unlock` gave; call it on the thread that will write.

        Raises:
            AlreadyOpenError: Another program has it open.
            KnownError: What `Database.open` finds.
        """
        lock = InstanceLock.acquire(self.files.lock)
        try:
            self._read_again()
            self.key_file.verify(key)
            database = Database.open(
                self.files.database, key, self.key_file.vault_id, migrations=migrations
            )
        except BaseException:
            lock.release()
            raise
        return OpenVault(self.files, lock, self.key_file, key, database)

    def _read_again(self) -> None:
        """Another program may have changed the key file while this one waited for a passphrase."""
        self.key_file = require_openable(self.files)


class OpenVault:
    """An open vault; `close` locks it.

    Attributes:
        files: Where it lies.
        key_file: Who can open it.
        key: The vault key, for changing the key file and for deriving further keys.
        database: Its tables.
        blobs: Its pictures and documents.
    """

    def __init__(
        self,
        files: VaultFiles,
        lock: InstanceLock,
        key_file: KeyFile,
        key: VaultKey,
        database: Database,
    ) -> None:
        """Take over all of them; use `create_vault` or `ClosedVault.open` instead."""
        self.files = files
        self.key_file = key_file
        self.key = key
        self.database = database
        self.blobs = BlobStore(key)
        self._lock = lock

    def remember_key_file(self) -> None:
        """Note the key file's revision in the database, after each change of the key file."""
        with transaction(self.database.writer()) as connection:
            write_meta(connection, MetaName.KEY_FILE_REVISION, str(self.key_file.revision))

    def require_current_key_file(self) -> None:
        """Compare the key file's revision with the one that was remembered.

        Raises:
            KeyFileOutdatedError: An older copy of the key file was put in its place.
        """
        remembered = read_meta(self.database.reader(), MetaName.KEY_FILE_REVISION)
        if remembered is not None and self.key_file.revision < int(remembered):
            raise KeyFileOutdatedError

    def close(self) -> None:
        """Lock the vault: close every connection, wipe every key, let other programs in."""
        with ExitStack() as last_first:
            last_first.callback(self._lock.release)
            last_first.callback(self.key.wipe)
            last_first.callback(self.blobs.close)
            last_first.callback(self.database.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def create_vault(
    path: Path,
    vault_id: VaultId,
    *,
    owner: StaffId,
    passphrase: bytearray,
    parameters: Argon2Parameters | None = None,
    migrations: Sequence[Migration] | None = None,
    name: str = "",
) -> CreatedVault:
    """Make the two files of a new vault and open it.

    The key file comes first: a database without keys would be of no use to anybody. If the database
    cannot be made, the key file is removed again.

    Args:
        path: NAME.clinigraph, in a folder that exists.
        vault_id: A new id.
        owner: The first person: an id, never a name.
        passphrase: UTF-8 of the NFC form; the caller wipes it.
        parameters: Cost of a passphrase check; the default if None.
        migrations: The schema's steps; the program's own if None.
        name: The first person's, to be found by; the key file holds its tag only.

    Raises:
        VaultExistsError: There is a vault of this name.
        NetworkFolderError: The folder is on another computer.
        ReadOnlyFolderError: The folder cannot be written.
        DiskFullError: There is no room.
    """
    files = files_at(path)
    require_free(files)
    lock = InstanceLock.acquire(files.lock)
    try:
        created = KeyFile.create(
            files.keys,
            vault_id,
            owner=owner,
            passphrase=passphrase,
            parameters=parameters,
            name=name,
        )
        try:
            database = Database.create(files.database, created.key, vault_id, migrations=migrations)
        except BaseException:
            files.keys.unlink()
            raise
    except BaseException:
        lock.release()
        raise
    vault = OpenVault(files, lock, created.file, created.key, database)
    vault.remember_key_file()
    return CreatedVault(vault, created.recovery_code)
