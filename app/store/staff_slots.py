"""The port Slots on an open vault's key file."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.ids import StaffId
from app.domain.staff import Staff
from app.store.argon2id import Argon2Parameters
from app.store.vault import OpenVault


class VaultSlots:
    """Changes the key file, and notes its revision in the database afterwards."""

    def __init__(self, vault: OpenVault, parameters: Argon2Parameters | None = None) -> None:
        """Take the vault; `parameters` are the cost of new slots, the default if None."""
        self._vault = vault
        self._parameters = parameters

    def holders(self) -> frozenset[StaffId]:
        """Everybody who has a passphrase."""
        return frozenset(self._vault.key_file.owners)

    def give(self, who: StaffId, name: str, passphrase: bytearray) -> None:
        """Give a person a passphrase, or another one, found by their name."""
        self._vault.key_file.set_passphrase(
            self._vault.key, who, passphrase, parameters=self._parameters, name=name
        )
        self._vault.remember_key_file()

    def take_away(self, who: StaffId) -> None:
        """End a person's passphrase; nothing happens when there is none."""
        if who in self.holders():
            self._vault.key_file.remove(self._vault.key, who)
            self._vault.remember_key_file()

    def name_everybody(self, people: Iterable[Staff]) -> None:
        """Let everybody be found by name, in a key file from before sign-in by name."""
        if not self._vault.key_file.has_names:
            names = {staff.id: staff.name for staff in people}
            self._vault.key_file.set_names(self._vault.key, names)
            self._vault.remember_key_file()
