"""The port VaultBackups: backups of the vault that is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.backup import BackupMade, BackupPoint, Restored, Tell
from app.domain.disclosure import Backup
from app.services.ports import UnitOfWork
from app.store.backup import sets
from app.store.backup.errors import NoBackupThereError, writing_to
from app.store.backup.ledger import NO_LEDGER, ErasureLedger
from app.store.backup.making import make
from app.store.backup.opening import OpenedBackup, open_with_key
from app.store.backup.restoring import Restoring, rehearse, restore, tidy
from app.store.sealed_vault import SealedVault


class SealedVaultBackups:
    """Uses the key of the open vault; nobody types a passphrase."""

    def __init__(self, vault: SealedVault, ledger: ErasureLedger = NO_LEDGER) -> None:
        self._vault = vault
        self._ledger = ledger

    def make(
        self, disclosure: Backup, folder: Path, tell: Tell, *, anew: bool = False
    ) -> BackupMade:
        """Write a backup and read it back."""
        return make(self._vault, disclosure, folder, tell, anew=anew)

    def points(self, folder: Path) -> tuple[BackupPoint, ...]:
        """The authentic points of this vault in a folder, oldest first."""
        opened = self._vault.opened
        with writing_to(folder):
            found = sets.own_set(folder, opened.key_file.vault_id, opened.key)
            if found is None:
                raise NoBackupThereError
            own, keys = found
            try:
                points = sets.authentic(sets.points_of(own), own, keys)
            finally:
                keys.wipe()
        if not points:
            raise NoBackupThereError
        return tuple(sets.described_point(own, points, point) for point in points)

    def rehearse(self, folder: Path, point: str, tell: Tell) -> Restored:
        """Restore a point beside the vault, check it, compare the trails, and remove it again."""
        beside = self._vault.opened.files.folder
        tidy(beside)
        with self._opened(folder, point) as source:
            return rehearse(source, beside, self._how(tell))

    def restore(
        self,
        folder: Path,
        point: str,
        to: Path,
        tell: Tell,
        settle: Callable[[UnitOfWork], None],
    ) -> Restored:
        """Make a new vault from a point."""

        def settled(vault: SealedVault) -> None:
            settle(vault.unit_of_work())

        with self._opened(folder, point) as source:
            return restore(source, to, settled, self._how(tell))

    def _opened(self, folder: Path, point: str) -> OpenedBackup:
        newest = point or self.points(folder)[-1].id  # others may have sets there, too
        return open_with_key(folder, newest, self._vault.opened.key)

    def _how(self, tell: Tell) -> Restoring:
        return Restoring(self._vault.workstation, tell, self._ledger, self._vault)
