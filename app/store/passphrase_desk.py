"""Checking and changing passphrases of an open vault, with the wait after wrong ones."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from app.domain.audit import Action
from app.services import activity
from app.store.errors import WrongPassphraseError
from app.store.staff_slots import VaultSlots
from app.store.unlock_throttle import UnlockThrottle

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.ids import StaffId
    from app.services.ports import Desk
    from app.store.argon2id import Argon2Parameters
    from app.store.sealed_vault import SealedVault


class PassphraseDesk:
    """Counts the wrong tries of each vault, at the door and inside, as one."""

    def __init__(self, argon2: Argon2Parameters | None = None) -> None:
        """`argon2` is the cost of new slots; the default if None."""
        self._argon2 = argon2
        self._throttles: dict[Path, UnlockThrottle] = {}

    def throttle(self, vault: Path) -> UnlockThrottle:
        """How long one must wait at this vault."""
        return self._throttles.setdefault(vault.absolute(), UnlockThrottle(time.monotonic))

    def check(self, vault: SealedVault, who: StaffId, passphrase: bytearray) -> None:
        """Compare a person's passphrase inside an open vault.

        Raises:
            TooManyAttemptsError: It was wrong too often; wait.
            WrongPassphraseError: It is another one.
        """
        throttle = self.throttle(vault.opened.files.database)
        throttle.require_admitted()
        try:
            checked = vault.opened.key_file.unlock(passphrase, owner=who)
        except WrongPassphraseError:
            throttle.record_failure()
            raise
        checked.key.wipe()
        throttle.record_success()

    def give(self, vault: SealedVault, desk: Desk, passphrase: bytearray) -> None:
        """Give who works there another passphrase; that is recorded."""
        slots = VaultSlots(vault.opened, self._argon2)
        slots.give(desk.staff.id, desk.staff.name, passphrase)
        activity.note(vault.unit_of_work(), desk, Action.KEY_SLOTS_CHANGED)

    def renew_recovery_code(self, vault: SealedVault, desk: Desk) -> tuple[str, ...]:
        """A new recovery code, group by group; the old one opens nothing. That is recorded."""
        code = vault.opened.key_file.renew_recovery_code(vault.opened.key)
        vault.opened.remember_key_file()
        activity.note(vault.unit_of_work(), desk, Action.KEY_SLOTS_CHANGED)
        groups = tuple(code.text().split("-"))
        code.wipe()
        return groups
