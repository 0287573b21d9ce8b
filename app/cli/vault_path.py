"""Which file is meant by --vault."""

from __future__ import annotations

from pathlib import Path

from app.cli.errors import NoVaultNamedError
from app.store.errors import NotAVaultNameError, ReadOnlyFolderError
from app.store.vault_files import DATABASE_SUFFIX, KEYS_SUFFIX


def vault_path(named: Path | None) -> Path:
    """The vault that was named: its suffix may be left out, and its key file may be named instead.

    Raises:
        NoVaultNamedError: There was no --vault.
        NotAVaultNameError: It is a file of another kind, or no name at all.
        ReadOnlyFolderError: One may not look into its folder.
    """
    if named is None:
        raise NoVaultNamedError
    if not named.name:
        raise NotAVaultNameError
    ours = named.name.endswith((DATABASE_SUFFIX, KEYS_SUFFIX))
    path = named if ours else named.with_name(named.name + DATABASE_SUFFIX)
    try:
        path.is_file()  # whether one may look there at all
        if not ours and named.is_file():
            raise NotAVaultNameError
    except PermissionError as error:
        raise ReadOnlyFolderError from error
    except OSError as error:  # a name that is too long
        raise NotAVaultNameError from error
    return path
