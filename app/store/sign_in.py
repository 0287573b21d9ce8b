"""Who may come in by PIN on this workstation, for as long as the program runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.ids import StaffId
from app.domain.staff import Staff
from app.services.ports import Pins
from app.store.keys import VaultKey
from app.store.pin_entry import (
    MOST_FAILURES,
    PinEntryOverError,
    PinWindow,
    QuickEntry,
    WrongEntryPinError,
)


class PinDesk:
    """Remembers, in memory only, who gave a passphrase lately and what an idle lock left.

    Attributes:
        entry: What an idle lock left; None when there is nothing to come back to. The process that
            follows this one may be given it.
    """

    def __init__(self, hours: Callable[[], float]) -> None:
        """`hours` says how long a PIN is taken; 0 for never."""
        self.entry: QuickEntry | None = None
        self._hours = hours
        self._windows: dict[StaffId, PinWindow] = {}
        self._wrong_at_the_lock = 0

    def welcome(self, who: StaffId) -> None:
        """Somebody gave their passphrase: from now on their PIN will do for a while."""
        self._windows[who] = PinWindow.opened(self._hours())

    def will_do(self, who: StaffId) -> bool:
        """Whether a person's PIN is taken."""
        window = self._windows.get(who)
        return window is not None and window.is_open()

    def keep(self, key: VaultKey, vault: Path, staff: Staff) -> bool:
        """Before an idle lock; whether the PIN will bring the person back."""
        self._forget_entry()
        if staff.pin_verifier and self.will_do(staff.id):
            window = self._windows[staff.id]
            self.entry = QuickEntry.seal(key, vault, staff.id, staff.pin_verifier, window)
        return self.entry is not None

    def takes(self, vault: Path) -> bool:
        """Whether a PIN opens this vault now."""
        return self.entry is not None and self.entry.vault == vault and self.entry.is_open()

    def open(self, vault: Path, pin: str) -> tuple[VaultKey, StaffId]:
        """The key of a vault, and who came back.

        Raises:
            WrongEntryPinError: Another PIN.
            PinEntryOverError: It was wrong too often, or too late, or never offered.
        """
        if self.entry is None or not self.takes(vault):
            raise PinEntryOverError
        try:
            key, owner = self.entry.open(pin), self.entry.owner
        except (WrongEntryPinError, PinEntryOverError):
            self._wrong_at_the_lock += 1
            raise
        self.entry.window.failures = 0
        self._windows[owner] = self.entry.window  # the lock may have ended the process in between
        return key, owner

    def check(self, staff: Staff, pin: str, pins: Pins) -> None:
        """Compare a PIN inside an open vault.

        Raises:
            WrongEntryPinError: Another PIN.
            PinEntryOverError: It was wrong too often, or the passphrase was given too long ago.
        """
        if not staff.pin_verifier or not self.will_do(staff.id):
            raise PinEntryOverError
        window = self._windows[staff.id]
        if not pins.matches(pin, staff.pin_verifier):
            window.failures += 1
            if not window.is_open():
                raise PinEntryOverError
            raise WrongEntryPinError(left=MOST_FAILURES - window.failures)
        window.failures = 0

    def came_back(self) -> int:
        """Somebody is in again: what the lock left is used up; how often a PIN was wrong there."""
        self._forget_entry()
        wrong, self._wrong_at_the_lock = self._wrong_at_the_lock, 0
        return wrong

    def forget(self) -> None:
        """Forget everything: only passphrases are taken."""
        self._forget_entry()
        self._windows.clear()

    def _forget_entry(self) -> None:
        if self.entry is not None:
            self.entry.forget()
        self.entry = None
