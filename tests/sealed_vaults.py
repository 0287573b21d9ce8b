"""Real vaults for tests, quickly: one is made, and each test opens a copy of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from app.store.keys import VaultKey
from app.store.sealed_vault import SealedVault
from app.store.vault import ClosedVault, create_vault
from tests.fakes import WORKSTATION
from tests.store.vault_parts import ANNA, QUICK, VAULT_ID, a_passphrase


@dataclass(frozen=True)
class EmptyVault:
    """A closed vault without anything in it, and its key."""

    path: Path
    key: bytes

    @classmethod
    def made_in(cls, folder: Path) -> EmptyVault:
        path = folder / "rooms.clinigraph"
        made = create_vault(path, VAULT_ID, owner=ANNA, passphrase=a_passphrase(), parameters=QUICK)
        made.recovery_code.wipe()
        key = bytes(made.vault.key.view())
        made.vault.close()
        return cls(path, key)

    def copied_to(self, folder: Path) -> Path:
        for file in (self.path, self.path.with_suffix(".clinigraph-keys")):
            shutil.copyfile(file, folder / file.name)
        return folder / self.path.name

    def opened(self, path: Path) -> SealedVault:
        vault_key = VaultKey(bytearray(self.key))
        return SealedVault(ClosedVault(path).open(vault_key), WORKSTATION)
