"""The port BackupDoor: backups while no vault is open, with the slots of their day."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.domain.backup import BackupPoint, Restored, Tell
from app.domain.ids import WorkstationId
from app.services import backups
from app.services.backups import Wanted
from app.services.ports import Clock, Desk
from app.store.backup import sets
from app.store.backup.ledger import NO_LEDGER, ErasureLedger
from app.store.backup.opening import OpenedBackup, open_with_code, open_with_passphrase
from app.store.backup.restoring import Restoring, rehearse, restore
from app.store.errors import RecoveryCodeWrongError, WrongPassphraseError
from app.store.keys import wipe
from app.store.recovery_code import RecoveryCode
from app.store.sealed_vault import SealedVault
from app.store.unlock_throttle import UnlockThrottle


class SealedBackupDoor:
    """Restores on any computer that can read the folder.

    Attributes:
        clock: For the record in the restored vault.
        workstation: This one's id.
        throttle: Slows wrong passphrases down, for each folder.
    """

    def __init__(
        self,
        clock: Clock,
        workstation: Callable[[], WorkstationId],
        throttle: Callable[[Path], UnlockThrottle],
        ledger: ErasureLedger = NO_LEDGER,
    ) -> None:
        self._clock = clock
        self._workstation = workstation
        self._throttle = throttle
        self._ledger = ledger

    def points(self, folder: Path) -> tuple[BackupPoint, ...]:
        """The points in a folder as they describe themselves, oldest first."""
        return sets.listed(folder)

    def restore(self, wanted: Wanted, to: Path, tell: Tell) -> Restored:
        """Make a new vault from a point."""
        with self._opened(wanted) as source:
            return restore(source, to, partial(self._settle, source), self._how(tell))

    def rehearse(self, wanted: Wanted, tell: Tell) -> Restored:
        """Restore a point into a temporary folder, check it, and remove it again."""
        with self._opened(wanted) as source:
            return rehearse(source, Path(tempfile.gettempdir()), self._how(tell))

    def _opened(self, wanted: Wanted) -> OpenedBackup:
        """Open a point; the passphrase is overwritten, right or wrong."""
        point = wanted.point or None
        secret = wanted.passphrase
        try:
            throttle = self._throttle(wanted.folder)
            throttle.require_admitted()
            try:
                if secret is not None:
                    opened = open_with_passphrase(wanted.folder, point, secret)
                else:
                    opened = _opened_with_code(wanted.folder, point, wanted.code)
            except (WrongPassphraseError, RecoveryCodeWrongError):
                throttle.record_failure()
                raise
        finally:
            if secret is not None:
                wipe(secret)
        throttle.record_success()
        return opened

    def _settle(self, source: OpenedBackup, vault: SealedVault) -> None:
        """Record in the restored vault that it was restored, by whom, and to which point."""
        with vault.reading() as records:
            staff = records.people.staff(source.owner)
        assert staff is not None, "a slot belongs to a member of staff"
        desk = Desk(staff, vault.workstation, self._clock)
        backups.note_restored(
            vault.unit_of_work(),
            desk,
            source.point.manifest.point,
            slot=source.slot,
            returned=len(source.returned),
        )

    def _how(self, tell: Tell) -> Restoring:
        return Restoring(self._workstation(), tell, self._ledger)


def _opened_with_code(folder: Path, point: str | None, code: str) -> OpenedBackup:
    parsed = RecoveryCode.parse(code)
    try:
        return open_with_code(folder, point, parsed)
    finally:
        parsed.wipe()
