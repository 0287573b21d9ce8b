"""The two files of a vault: found from either, and looked at before anything is written."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from app.store import file_system
from app.store.database import require_whole
from app.store.errors import (
    DatabaseMissingError,
    KeyFileMissingError,
    NetworkFolderError,
    NotAVaultNameError,
    ReadOnlyFolderError,
    VaultExistsError,
)
from app.store.key_file import KeyFile

DATABASE_SUFFIX = ".clinigraph"
KEYS_SUFFIX = ".clinigraph-keys"
LOCK_SUFFIX = ".clinigraph-lock"


@dataclass(frozen=True, slots=True)
class VaultFiles:
    """Where the files of one vault lie.

    Attributes:
        database: NAME.clinigraph; while it is open SQLite keeps its -wal and -shm beside it.
        keys: NAME.clinigraph-keys.
        lock: NAME.clinigraph-lock, empty, there only while the vault is open.
    """

    database: Path
    keys: Path
    lock: Path

    @property
    def folder(self) -> Path:
        """Where they lie side by side."""
        return self.database.parent

    @property
    def in_synchronised_folder(self) -> bool:
        """Whether a program seems to copy the folder to a cloud: to be warned of."""
        return file_system.is_synchronised(self.folder)


def files_at(path: Path) -> VaultFiles:
    """The files of the vault that one of them belongs to; whether they exist is not asked.

    Raises:
        NotAVaultNameError: The name ends neither as a database nor as a key file of ours.
    """
    for suffix in (KEYS_SUFFIX, DATABASE_SUFFIX):
        name = path.name.removesuffix(suffix)
        if name and name != path.name:
            beside = path.absolute().parent
            return VaultFiles(
                beside / (name + DATABASE_SUFFIX),
                beside / (name + KEYS_SUFFIX),
                beside / (name + LOCK_SUFFIX),
            )
    raise NotAVaultNameError


def require_openable(files: VaultFiles) -> KeyFile:
    """Check everything that can be checked without a key, and read the key file.

    Raises:
        NetworkFolderError: The folder is on another computer.
        DatabaseMissingError: There is no database.
        KeyFileMissingError: There is no key file.
        KeyFileDamagedError: The key file cannot be read.
        NewerKeyFileError: A later release wrote the key file.
        KeyParametersRefusedError: A slot asks for too little or too much.
        VaultDamagedError: The database is empty or cut short.
        ForeignKeyFileError: The key file is of another vault.
        ReadOnlyFolderError: The folder or the database cannot be written.
    """
    _require_local(files.folder)
    if not files.database.is_file():
        raise DatabaseMissingError
    if not files.keys.is_file():
        raise KeyFileMissingError
    key_file = KeyFile.load(files.keys)
    require_whole(files.database, key_file.vault_id)
    for place in (files.folder, files.database, files.keys):
        if not os.access(place, os.W_OK):
            raise ReadOnlyFolderError
    return key_file


def require_free(files: VaultFiles) -> None:
    """Check that a vault can be made under this name.

    Raises:
        NetworkFolderError: The folder is on another computer.
        ReadOnlyFolderError: The folder is missing or cannot be written.
        VaultExistsError: One of the files exists.
    """
    _require_local(files.folder)
    if not files.folder.is_dir() or not os.access(files.folder, os.W_OK):
        raise ReadOnlyFolderError
    if files.database.exists() or files.keys.exists():
        raise VaultExistsError


def _require_local(folder: Path) -> None:
    kind = file_system.network_kind(folder)
    if kind is not None:
        raise NetworkFolderError(kind=kind)
