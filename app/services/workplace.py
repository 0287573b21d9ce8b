"""What somebody works with once the vault is open, and the door that opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from app.domain.clinic import Clinic
from app.domain.ids import StaffId
from app.domain.staff import Staff
from app.domain.verification import VerificationReport
from app.services.backups import BackupDoor, VaultBackups
from app.services.form_library import FormLibrary
from app.services.ports import Desk, HandOut, Papers, Pictures, Pins, Stills, Vault
from app.services.staffing import Slots


@dataclass(frozen=True, slots=True)
class Workplace:
    """An open vault with everything that working in it needs.

    Attributes:
        verify: Checks the whole vault step by step, giving the report so far; on the thread that
            opened it.
        backups: Backups of this vault.
        slots: Who can open the vault.
        close: Locks the vault: closes every connection and forgets the key.
    """

    vault: Vault
    desk: Desk
    pictures: Pictures
    stills: Stills
    papers: Papers
    pins: Pins
    forms: FormLibrary
    hand_out: HandOut
    verify: Callable[[], Iterator[VerificationReport]]
    backups: VaultBackups
    close: Callable[[], None]
    slots: Slots

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
    """Creates and opens vaults; slow on purpose, belongs on the store lane.

    The thread that creates or opens a vault is the one that may write in it.
    """

    @property
    def pictures(self) -> Pictures:
        """A decoder for what comes before a vault is open: the clinic's logo."""
        ...

    @property
    def backups(self) -> BackupDoor:
        """Backups while no vault is open."""
        ...

    def look_at(self, path: Path) -> None:
        """Check what can be checked without a passphrase. Raises a KnownError of the area VAULT."""
        ...

    def look_at_place(self, path: Path) -> bool:
        """Whether another program seems to copy this folder to a cloud.

        Raises a KnownError of the area VAULT when no vault can be made under this path.
        """
        ...

    def create(self, path: Path, first: FirstEntries) -> Founded:
        """Make a vault. Raises a KnownError of the area VAULT; then nothing was written."""
        ...

    def several_people(self, path: Path) -> bool:
        """Whether a name has to be typed; the key file shows how many passphrases there are."""
        ...

    def unlock(self, path: Path, passphrase: bytearray, name: str = "") -> Workplace:
        """Open a vault; the passphrase is overwritten. Raises a KnownError of the area VAULT.

        An unknown name, a wrong passphrase and a disabled person give the same error, VAULT-001.
        """
        ...

    def keep_for_pin(self, workplace: Workplace) -> bool:
        """Before an idle lock: let the PIN of who works there bring them back; whether it will."""
        ...

    def takes_pin(self, path: Path) -> bool:
        """Whether a PIN opens this vault now."""
        ...

    def unlock_with_pin(self, path: Path, pin: str) -> Workplace:
        """Come back after an idle lock. Raises STAFF-007 or STAFF-008."""
        ...

    def forget_pins(self) -> None:
        """From now on only passphrases are taken."""
        ...

    def pin_will_do(self, who: StaffId) -> bool:
        """Whether this person's PIN is taken: they gave their passphrase lately."""
        ...

    def switch(
        self, workplace: Workplace, who: StaffId, passphrase: bytearray, *, is_pin: bool = False
    ) -> Workplace:
        """The open vault for another person, who gave passphrase or PIN; it is overwritten.

        On the store lane. Raises VAULT-001, VAULT-022, STAFF-007 or STAFF-008; then nobody changed.
        """
        ...

    def check_recovery_code(self, code: str) -> None:
        """Check the check characters alone. Raises VAULT-010, VAULT-011 or VAULT-012."""
        ...

    def unlock_with_recovery(
        self, path: Path, code: str, passphrase: bytearray, name: str = ""
    ) -> Workplace:
        """Open a vault with its recovery code and set a new passphrase for an administrator.

        Raises STAFF-009 when there are several administrators and none is named.
        """
        ...

    def change_passphrase(self, workplace: Workplace, old: bytearray, new: bytearray) -> None:
        """Give who works there a new passphrase; both are overwritten. On the store lane.

        Raises VAULT-001 when the old one is wrong, VAULT-022 when it was wrong too often.
        """
        ...

    def renew_recovery_code(self, workplace: Workplace) -> tuple[str, ...]:
        """A new recovery code, group by group; the old one opens nothing. On the store lane."""
        ...

    def wait_s(self, path: Path) -> float:
        """Seconds until the next try is admitted after wrong passphrases."""
        ...
