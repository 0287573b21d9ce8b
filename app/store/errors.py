"""What can go wrong with the vault's two files, for its user; driver codes are sorted here."""

from __future__ import annotations

from app.errors import KnownError


class WrongPassphraseError(KnownError):
    """No slot opens with this passphrase, or the slot does not exist; which of them is not said."""

    code = "VAULT-001"
    message = "The passphrase does not open the vault."
    advice = "Check the keyboard layout and Caps Lock, and type it again."


class KeyFileMissingError(KnownError):
    """The database is there, the key file is not."""

    code = "VAULT-002"
    message = "The vault's key file is missing."
    advice = (
        "Put the file that ends in .clinigraph-keys back beside the one that ends in .clinigraph; "
        "every backup holds a copy of it."
    )


class DatabaseMissingError(KnownError):
    """The key file is there, the database is not."""

    code = "VAULT-003"
    message = "The vault's database is missing."
    advice = (
        "Put the file that ends in .clinigraph back beside the one that ends in .clinigraph-keys, "
        "or restore a backup."
    )


class ForeignKeyFileError(KnownError):
    """Database and key file carry different vault ids."""

    code = "VAULT-004"
    message = "The key file belongs to another vault than the database beside it."
    advice = "Put the two files that were made together back side by side."


class KeyFileDamagedError(KnownError):
    """Neither copy in the key file can be read."""

    code = "VAULT-005"
    message = "The key file is damaged."
    advice = "Replace it with the copy of it in the latest backup."


class NewerVaultError(KnownError):
    """The database was written by a later release."""

    code = "VAULT-006"
    message = (
        "This vault was made by a newer Clinigraph: its format is {found}, "
        "this program knows {known}."
    )
    advice = "Update Clinigraph on this workstation. Nothing was changed."


class NewerKeyFileError(KnownError):
    """The key file was written by a later release."""

    code = "VAULT-007"
    message = (
        "This key file was made by a newer Clinigraph: its format is {found}, "
        "this program knows {known}."
    )
    advice = "Update Clinigraph on this workstation. Nothing was changed."


class AlreadyOpenError(KnownError):
    """Another process holds the vault's lock."""

    code = "VAULT-008"
    message = "The vault is already open in another window or by another user of this computer."
    advice = "Use the window that is open, or close it first."


class ReadOnlyFolderError(KnownError):
    """The folder or a file in it cannot be written."""

    code = "VAULT-009"
    message = "The vault's folder, or a file in it, cannot be written."
    advice = "Ask who looks after this computer for the right to write there. Nothing was changed."


class RecoveryCodeMistypedError(KnownError):
    """The recovery code's check characters do not fit, and the place is known."""

    code = "VAULT-010"
    message = "The recovery code is mistyped, most likely in group {groups}."
    advice = "Compare that group with the printed code, character by character."


class RecoveryCodeUnclearError(KnownError):
    """The recovery code's check characters do not fit, in more than one place."""

    code = "VAULT-011"
    message = "The recovery code is mistyped in more than one place."
    advice = "Type it again from the printed sheet, group by group."


class RecoveryCodeLengthError(KnownError):
    """Too few or too many characters."""

    code = "VAULT-012"
    message = "The recovery code has {found} characters instead of {wanted}."
    advice = "Type it again from the printed sheet: nine groups of four characters."


class RecoveryCodeWrongError(KnownError):
    """A well-formed code, but not of this vault."""

    code = "VAULT-013"
    message = "The recovery code is well-formed but does not open this vault."
    advice = "Look for the latest printed sheet: a newer code replaces an older one."


class KeyParametersRefusedError(KnownError):
    """Memory, passes or lanes outside the bounds; refused before they are used."""

    code = "VAULT-014"
    message = "The key file asks for {what} = {value}, outside {lowest} to {highest}."
    advice = "The file was changed or damaged. Replace it with the copy in the latest backup."


class VaultExistsError(KnownError):
    """A file of that name exists; it is never overwritten."""

    code = "VAULT-015"
    message = "There is already a vault of this name in this folder."
    advice = "Open it, or choose another name or folder."


class NetworkFolderError(KnownError):
    """A file system that other computers can write to; WAL needs shared memory on one machine."""

    code = "VAULT-016"
    message = "The folder is on a network drive ({kind}), where a vault could be damaged."
    advice = "Choose a folder on a disk of this computer, and use backups for the network."


class VaultDamagedError(KnownError):
    """The database is empty, cut short, or its first page cannot be read with the right key."""

    code = "VAULT-017"
    message = "The vault's database is damaged and cannot be opened."
    advice = "Do not delete it. Restore the latest backup, and keep the damaged file."


class LastSlotError(KnownError):
    """The last passphrase of a vault cannot be removed."""

    code = "VAULT-018"
    message = "The last passphrase of a vault cannot be removed."
    advice = "Add another person's passphrase first."


class TooLittleMemoryError(KnownError):
    """Argon2id could not have its memory."""

    code = "VAULT-019"
    message = "There is not enough free memory to check the passphrase ({needed_mib} MiB needed)."
    advice = "Close other programs and try again."


class KeyFileAlteredError(KnownError):
    """The key opened, but the list of slots is not the one that a holder of the key wrote."""

    code = "VAULT-020"
    message = "The key file was changed by something other than Clinigraph."
    advice = "Replace it with the copy in the latest backup, and report it as a security incident."


class NotAVaultNameError(KnownError):
    """The file's name does not end as a vault's does."""

    code = "VAULT-021"
    message = "This is not a vault."
    advice = "Choose a file whose name ends in .clinigraph or .clinigraph-keys."


class TooManyAttemptsError(KnownError):
    """Another attempt is not admitted yet."""

    code = "VAULT-022"
    message = "After several wrong passphrases the next attempt is possible in {seconds} s."
    advice = "Wait, then type the passphrase slowly, or use the recovery code."


class KeyFileOutdatedError(KnownError):
    """The key file is older than the database remembers."""

    code = "VAULT-023"
    message = "The key file is older than the vault: an earlier copy was put in its place."
    advice = (
        "Somebody whose passphrase was removed may have got back in. "
        "Put the latest key file back, and report it as a security incident."
    )


class DiskFullError(KnownError):
    """SQLITE_FULL or ENOSPC."""

    code = "STORE-001"
    message = "The disk is full; nothing of this step was stored, everything before it was."
    advice = "Make room on the disk, then repeat the step."


class PageDamagedError(KnownError):
    """SQLITE_CORRUPT or a failed page HMAC while the vault is open."""

    code = "STORE-002"
    message = "A part of the vault's database is damaged and cannot be read."
    advice = "Make a backup of what can be read, then restore the damaged part from an earlier one."


class StoreBusyError(KnownError):
    """SQLITE_BUSY or SQLITE_LOCKED after the waiting time."""

    code = "STORE-003"
    message = "The vault's database was busy for too long."
    advice = "Wait for a running backup or virus scan to end, then repeat the step."


class StoreIOError(KnownError):
    """SQLITE_IOERR: the disk answered with an error; the connection is given up."""

    code = "STORE-004"
    message = "The disk reported an error; the last step may not have been stored."
    advice = "Look whether the step is there, make a backup at once, and have the disk checked."


class BlobDamagedError(KnownError):
    """One stored picture or document does not decrypt or is incomplete."""

    code = "STORE-005"
    message = (
        "This picture or document is damaged and cannot be shown; the others are not affected."
    )
    advice = "Restore it from a backup."


class BlobErasedError(KnownError):
    """The content was erased on purpose; only its record is left."""

    code = "STORE-006"
    message = "This picture or document was erased."
    advice = "The record of it remains; the activity list says when and why."


class StoreClosedError(KnownError):
    """A connection was used after the vault was locked."""

    code = "STORE-007"
    message = "The vault was locked while this step was running; it was not stored."
    advice = "Unlock the vault and repeat the step."


class StoreReadOnlyError(KnownError):
    """SQLITE_READONLY, SQLITE_CANTOPEN or SQLITE_PERM while the vault is open."""

    code = "STORE-008"
    message = "The vault's database can no longer be written."
    advice = (
        "Check that its disk is still connected and may be written, then lock and unlock the vault."
    )


SQLITE_PERM, SQLITE_BUSY, SQLITE_LOCKED = 3, 5, 6
SQLITE_INTERRUPT = 9  # only Connection.close() interrupts
SQLITE_READONLY, SQLITE_IOERR, SQLITE_CORRUPT = 8, 10, 11
SQLITE_FULL, SQLITE_CANTOPEN, SQLITE_NOTADB = 13, 14, 26
PRIMARY_CODE = 0xFF  # extended result codes keep the primary one in the low byte

_BY_CODE: dict[int, type[KnownError]] = {
    SQLITE_PERM: StoreReadOnlyError,
    SQLITE_BUSY: StoreBusyError,
    SQLITE_LOCKED: StoreBusyError,
    SQLITE_READONLY: StoreReadOnlyError,
    SQLITE_INTERRUPT: StoreClosedError,
    SQLITE_IOERR: StoreIOError,
    SQLITE_CORRUPT: PageDamagedError,
    SQLITE_FULL: DiskFullError,
    SQLITE_CANTOPEN: StoreReadOnlyError,
    SQLITE_NOTADB: PageDamagedError,
}
POISONING = frozenset({SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_READONLY})


def primary_code(error: Exception) -> int:
    """SQLite's primary result code of a driver exception; 0 when it carries none."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & PRIMARY_CODE if isinstance(code, int) else 0


def sorted_error(error: Exception) -> KnownError | None:
    """The KnownError of a driver exception, or None when it is a bug (syntax, constraint, misuse).

    Source: https://sqlite.org/rescode.html
    """
    known = _BY_CODE.get(primary_code(error))
    if known is not None:
        return known()
    if isinstance(error, MemoryError):  # of SQLite: see connection.FAILURES
        return PageDamagedError()
    if "closed database" in str(error):  # the driver's ProgrammingError carries no code
        return StoreClosedError()
    return None
