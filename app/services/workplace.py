"""What somebody works with once the vault is open, and the door that opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from app.domain.clinic import Clinic
from app.domain.staff import Staff
from app.services.form_library import FormLibrary
from app.services.ports import Desk, HandOut, Papers, Pictures, Pins, Vault


@dataclass(frozen=True, slots=True)
class Workplace:
    """An open vault with everything that working in it needs.

    Attributes:
        close: Locks the vault: closes every connection and forgets the key.
    """

    vault: Vault
    desk: Desk
    pictures: Pictures
    papers: Papers
    pins: Pins
    forms: FormLibrary
    hand_out: HandOut
    close: Callable[[], None]

    def signed_in_as(self, staff: Staff) -> Workplace:
        """The same workplace for another, or a changed, member of staff."""
        return replace(self, desk=replace(self.desk, staff=staff))


@dataclass(frozen=True, slots=True)
class FirstEntries:
    """What a new vault begins with.

    Attributes:
        administrator: Name of the first user.
        passphrase: Overwritten once it was used.
        pin: Staff PIN; gives the screen back from the patient's side; empty to set it later.
    """

    clinic: Clinic
    administrator: str
    passphrase: bytearray
    pin: str


@dataclass(frozen=True, slots=True)
class Founded:
    """A new vault, open.

    Attributes:
        recovery_groups: The recovery code, group by group; shown once, never kept.
    """

    workplace: Workplace
    recovery_groups: tuple[str, ...]


class Door(Protocol):
    """Creates and opens vaults; slow on purpose, belongs on a background lane."""

    def create(self, path: Path, first: FirstEntries) -> Founded:
        """Make a vault. Raises a KnownError of the area VAULT; then nothing was written."""
        ...

    def unlock(self, path: Path, passphrase: bytearray) -> Workplace:
        """Open a vault; the passphrase is overwritten. Raises a KnownError of the area VAULT."""
        ...

    def unlock_with_recovery(self, path: Path, code: str, passphrase: bytearray) -> Workplace:
        """Open a vault with its recovery code and set a new passphrase."""
        ...

    def wait_s(self, path: Path) -> float:
        """Seconds until the next try is admitted after wrong passphrases."""
        ...
