"""The key file beside the database: it opens the vault for each of its users."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain.ids import StaffId
from app.store import argon2id, durable_file, key_slots
from app.store.argon2id import Argon2Parameters
from app.store.errors import (
    KeyFileDamagedError,
    KeyFileMissingError,
    LastSlotError,
    RecoveryCodeWrongError,
    VaultExistsError,
    WrongPassphraseError,
)
from app.store.key_list import (
    COPIES,
    MAX_FILE_BYTES,
    AuditAnchor,
    KeyList,
    SealedKeyList,
    decoded,
    sealed,
    whole_copies,
)
from app.store.key_slots import Slot
from app.store.keys import VaultKey, wipe
from app.store.name_tags import NameTags
from app.store.recovery_code import RecoveryCode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from app.domain.ids import VaultId

NOBODY = StaffId("")  # has no slot, so that a name that nobody has costs what any other costs


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a right passphrase gives.

    Attributes:
        key: The vault key; the caller wipes it.
        owners: Whose slots it opened. More than one only if several persons chose the same
            passphrase and nobody was named; then the program has to ask who is there.
    """

    key: VaultKey
    owners: tuple[StaffId, ...]


@dataclass(frozen=True, slots=True)
class CreatedKeys:
    """What making a key file gives.

    Attributes:
        file: The key file, written.
        key: The vault key; the caller wipes it.
        recovery_code: To be printed once and wiped; it is stored nowhere.
    """

    file: KeyFile
    key: VaultKey
    recovery_code: RecoveryCode


class KeyFile:
    """A key file that was read; every change writes it whole, or not at all.

    Attributes:
        path: Where it lies.
    """

    def __init__(self, path: Path, content: SealedKeyList) -> None:
        self.path = path
        self._content = content

    @classmethod
    def create(
        cls,
        path: Path,
        vault_id: VaultId,
        *,
        owner: StaffId,
        passphrase: bytearray,
        parameters: Argon2Parameters | None = None,
        name: str = "",
    ) -> CreatedKeys:
        """Write the key file of a new vault, with one person and a recovery code.

        Args:
            path: Where; there must be no file.
            vault_id: Of the vault.
            owner: The first person: an id, never a name, for the file is not encrypted.
            passphrase: UTF-8 of the NFC form; the caller wipes it.
            parameters: Cost of a passphrase check; the default if None.
            name: By which the slot is found; none is written, only its tag.

        Raises:
            VaultExistsError: There is a file.
            KeyParametersRefusedError: The parameters are below the floor.
            ReadOnlyFolderError: The folder cannot be written.
        """
        key, code = VaultKey.random(), RecoveryCode.random()
        cost = parameters or Argon2Parameters()
        slots = (
            key_slots.passphrase_slot(key, vault_id, owner, passphrase, cost),
            key_slots.recovery_slot(key, vault_id, code),
        )
        names = NameTags.none_yet(cost).with_name(owner, name) if name else None
        content = sealed(KeyList(vault_id, 1, slots, names=names), key)
        try:
            durable_file.create_private(path)
        except FileExistsError as error:
            raise VaultExistsError from error
        durable_file.replace_durably(path, content.encoded())
        return CreatedKeys(cls(path, content), key, code)

    @classmethod
    def load(cls, path: Path) -> KeyFile:
        """Read a key file; nothing in it is trusted before a slot was opened.

        Raises:
            KeyFileMissingError: There is none.
            KeyFileDamagedError: It cannot be read.
            NewerKeyFileError: A later release wrote it.
            KeyParametersRefusedError: A slot asks for too little or too much.
        """
        try:
            with path.open("rb") as file:
                data = file.read(MAX_FILE_BYTES + 1)
        except FileNotFoundError as error:
            raise KeyFileMissingError from error
        except OSError as error:
            raise KeyFileDamagedError from error
        return cls(path, decoded(data))

    @property
    def vault_id(self) -> VaultId:
        """Of the database that belongs to it."""
        return self._content.keys.vault_id

    @property
    def revision(self) -> int:
        """One more with every change."""
        return self._content.keys.revision

    @property
    def owners(self) -> tuple[StaffId, ...]:
        """The persons who have a passphrase."""
        return tuple(slot.owner for slot in self._content.keys.passphrase_slots())

    @property
    def anchor(self) -> AuditAnchor | None:
        """The audit trail's state when it was last noted here; trust it after unlocking only."""
        return self._content.keys.anchor

    def is_whole(self) -> bool:
        """Whether both copies in the file are as they were written; one is enough to open."""
        try:
            with self.path.open("rb") as file:
                return whole_copies(file.read(MAX_FILE_BYTES + 1)) == COPIES
        except OSError:
            return False

    def verify(self, key: VaultKey) -> None:
        """Check that a holder of the vault key wrote this file.

        Raises:
            KeyFileAlteredError: Somebody else did.
        """
        self._content.verify(key)

    @property
    def has_names(self) -> bool:
        """Whether everybody's slot can be found by name."""
        names = self._content.keys.names
        return names is not None and set(names.tags) == set(self.owners)

    def unlock(
        self, passphrase: bytearray, *, owner: StaffId | None = None, name: str | None = None
    ) -> Unlocked:
        """Open the vault with a passphrase.

        With a name or an owner one check is made, whether there is such a person or not; a name
        costs one Argon2id computation more, whether it is known or not. Without either every slot
        is checked, whether an earlier one opened or not. So neither time nor count tells anything.
        In a file from before sign-in by name a name finds nothing, and every slot is checked.

        Raises:
            WrongPassphraseError: Nothing opened.
            KeyFileAlteredError: It opened, but the list was changed by something else.
            TooLittleMemoryError: The memory could not be had.
        """
        keys = self._content.keys
        if name is not None:
            tags = keys.names or NameTags.none_yet(self._cost())
            owner = tags.owner_of(name) or (NOBODY if keys.names else None)
        if owner is None:
            asked = keys.passphrase_slots()
        else:
            asked = tuple(slot for slot in (keys.slot_of(owner),) if slot)
        opened = [
            (slot.owner, key)
            for slot in asked
            if (key := key_slots.open_with_passphrase(slot, keys.vault_id, passphrase))
        ]
        if not asked:
            self._check_nothing(passphrase)
        if not opened:
            raise WrongPassphraseError
        for _, spare in opened[1:]:
            spare.wipe()
        return Unlocked(self._verified(opened[0][1]), tuple(who for who, _ in opened))

    def unlock_with_recovery(self, code: RecoveryCode) -> VaultKey:
        """Open the vault with the recovery code.

        Raises:
            RecoveryCodeWrongError: The code is of another vault, or was replaced.
            KeyFileAlteredError: It opened, but the list was changed by something else.
        """
        keys = self._content.keys
        for slot in keys.recovery_slots():
            key = key_slots.open_with_recovery(slot, keys.vault_id, code)
            if key:
                return self._verified(key)
        raise RecoveryCodeWrongError

    def set_passphrase(
        self,
        key: VaultKey,
        owner: StaffId,
        passphrase: bytearray,
        *,
        parameters: Argon2Parameters | None = None,
        name: str = "",
    ) -> None:
        """Give a person a slot, or a new passphrase; with a name the slot is found by it.

        Raises:
            KeyParametersRefusedError: The parameters are below the floor.
        """
        keys = self._content.keys
        cost = parameters or Argon2Parameters()
        slot = key_slots.passphrase_slot(key, keys.vault_id, owner, passphrase, cost)
        old = keys.slot_of(owner)
        slots = (*(other for other in keys.slots if other is not old), slot)
        names = keys.names
        if name:
            names = (names or NameTags.none_yet(cost)).with_name(owner, name)
        self._write(key, replace(keys, slots=slots, names=names))

    def set_names(self, key: VaultKey, names: Mapping[StaffId, str]) -> None:
        """Let every slot be found by its owner's name; for files from before sign-in by name."""
        tags = NameTags.none_yet(self._cost())
        for owner in self.owners:
            if owner in names:
                tags = tags.with_name(owner, names[owner])
        self._write(key, replace(self._content.keys, names=tags))

    def remove(self, key: VaultKey, owner: StaffId) -> None:
        """Take a person's slot away; who kept an old copy of the file can still use it.

        Raises:
            LastSlotError: Nobody would be left.
        """
        keys = self._content.keys
        removed = keys.slot_of(owner)
        if (removed,) == keys.passphrase_slots():
            raise LastSlotError
        slots = tuple(slot for slot in keys.slots if slot is not removed)
        names = keys.names.without(owner) if keys.names else None
        self._write(key, replace(keys, slots=slots, names=names))

    def renew_recovery_code(self, key: VaultKey) -> RecoveryCode:
        """Make a new recovery code; the old one no longer opens this file."""
        keys = self._content.keys
        code = RecoveryCode.random()
        slot = key_slots.recovery_slot(key, keys.vault_id, code)
        self._store(key, (*keys.passphrase_slots(), slot))
        return code

    def set_anchor(self, key: VaultKey, anchor: AuditAnchor) -> None:
        """Note how far the audit trail has come, outside the database that holds it."""
        self._write(key, replace(self._content.keys, anchor=anchor))

    def _verified(self, key: VaultKey) -> VaultKey:
        try:
            self._content.verify(key)
        except BaseException:
            key.wipe()
            raise
        return key

    def _check_nothing(self, passphrase: bytearray) -> None:
        """Spend the time of one passphrase check."""
        salt = secrets.token_bytes(argon2id.SALT_BYTES)
        wipe(argon2id.derive(passphrase, salt, self._cost()))

    def _cost(self) -> Argon2Parameters:
        """What a passphrase check costs in this file."""
        known = self._content.keys.passphrase_slots()
        cost = known[0].parameters if known else None
        return cost or Argon2Parameters()

    def _store(self, key: VaultKey, slots: tuple[Slot, ...]) -> None:
        self._write(key, replace(self._content.keys, slots=slots))

    def _write(self, key: VaultKey, keys: KeyList) -> None:
        self._content.verify(key)
        content = sealed(replace(keys, revision=keys.revision + 1), key)
        durable_file.replace_durably(self.path, content.encoded())
        self._content = content
