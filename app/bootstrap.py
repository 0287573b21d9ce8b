"""The composition root: the one module that names every concrete class."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from app import paths
from app.documents.form_folder import read_forms
from app.documents.hand_out import hand_out
from app.documents.papers import ReportLabPapers
from app.domain.audit import Action
from app.domain.ids import StaffId, VaultId, WorkstationId
from app.domain.staff import Role, Staff
from app.imaging.decoder import ChildDecoder
from app.services import activity, clinic
from app.services.form_library import FormLibrary, load_forms
from app.services.ports import Clock, Desk
from app.services.workplace import FirstEntries, Founded, Workplace
from app.settings import Settings, load, save
from app.store.argon2id import Argon2Parameters
from app.store.errors import RecoveryCodeWrongError, WrongPassphraseError
from app.store.keys import VaultKey, wipe
from app.store.pins import Argon2Pins
from app.store.recovery_code import RecoveryCode
from app.store.sealed_vault import SealedVault
from app.store.unlock_throttle import UnlockThrottle
from app.store.vault import ClosedVault, create_vault
from app.system_clock import SystemClock, local_zone

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Program:
    """Everything that exists before a vault is open; implements the `Door` port.

    Attributes:
        settings_file: Where the settings are kept.
        argon2: Cost of a passphrase check for new slots; None for the default.
    """

    settings_file: Path
    clock: Clock
    pictures: ChildDecoder
    papers: ReportLabPapers
    pins: Argon2Pins
    forms: FormLibrary
    argon2: Argon2Parameters | None = None
    _throttles: dict[Path, UnlockThrottle] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """The settings as they stand."""
        return load(self.settings_file)

    def change_settings(self, settings: Settings) -> None:
        """Keep new settings."""
        save(settings, self.settings_file)

    def create(self, path: Path, first: FirstEntries) -> Founded:
        """Make a vault. Raises a KnownError of the area VAULT; then nothing was written."""
        if first.pin:
            clinic.check_pin(first.pin)
        owner = StaffId(self.clock.new_id())
        try:
            made = create_vault(
                path,
                VaultId(self.clock.new_id()),
                owner=owner,
                passphrase=first.passphrase,
                parameters=self.argon2,
            )
        finally:
            wipe(first.passphrase)
        vault = SealedVault(made.vault, self._workstation())
        staff = Staff(owner, first.administrator, Role.ADMINISTRATOR, self.pins.derive(first.pin))
        desk = Desk(staff, vault.workstation, self.clock, local_zone())
        clinic.found(vault.unit_of_work(), desk, first.clinic)
        groups = tuple(made.recovery_code.text().split("-"))
        made.recovery_code.wipe()
        return Founded(self._workplace(vault, desk), groups)

    def unlock(self, path: Path, passphrase: bytearray) -> Workplace:
        """Open a vault; the passphrase is overwritten. Raises a KnownError of the area VAULT."""
        closed = ClosedVault(path)
        throttle = self._throttle(path)
        throttle.require_admitted()
        try:
            unlocked = closed.unlock(passphrase)
        except WrongPassphraseError:
            throttle.record_failure()
            raise
        finally:
            wipe(passphrase)
        throttle.record_success()
        return self._open(closed, unlocked.key, unlocked.owners[0])

    def unlock_with_recovery(self, path: Path, code: str, passphrase: bytearray) -> Workplace:
        """Open a vault with its recovery code and set a new passphrase for its first person."""
        closed = ClosedVault(path)
        throttle = self._throttle(path)
        throttle.require_admitted()
        typed = RecoveryCode.parse(code)
        try:
            key = closed.unlock_with_recovery(typed)
        except RecoveryCodeWrongError:
            throttle.record_failure()
            raise
        finally:
            typed.wipe()
        throttle.record_success()
        owner = closed.key_file.owners[0]
        workplace = self._open(closed, key, owner)
        try:
            closed.key_file.set_passphrase(key, owner, passphrase, parameters=self.argon2)
        finally:
            wipe(passphrase)
        activity.note(workplace.vault.unit_of_work(), workplace.desk, Action.KEY_SLOTS_CHANGED)
        return workplace

    def wait_s(self, path: Path) -> float:
        """Seconds until the next try is admitted after wrong passphrases."""
        return self._throttle(path).wait_s()

    def close(self) -> None:
        """End the decoder's processes."""
        self.pictures.close()

    def _open(self, closed: ClosedVault, key: VaultKey, owner: StaffId) -> Workplace:
        opened = closed.open(key)
        try:
            opened.require_current_key_file()
            vault = SealedVault(opened, self._workstation())
            with vault.reading() as records:
                staff = records.people.staff(owner)
            assert staff is not None, "a slot belongs to a member of staff"
            desk = Desk(staff, vault.workstation, self.clock, local_zone())
            activity.note(vault.unit_of_work(), desk, Action.VAULT_UNLOCKED)
        except BaseException:
            opened.close()
            raise
        return self._workplace(vault, desk)

    def _workplace(self, vault: SealedVault, desk: Desk) -> Workplace:
        return Workplace(
            vault=vault,
            desk=desk,
            pictures=self.pictures,
            papers=self.papers,
            pins=self.pins,
            forms=self.forms,
            hand_out=hand_out,
            close=_closing(vault, desk),
        )

    def _workstation(self) -> WorkstationId:
        """This workstation's id, made at the first start and kept in the settings."""
        settings = self.settings
        if not settings.workstation:
            settings = replace(settings, workstation=self.clock.new_id())
            self.change_settings(settings)
        return WorkstationId(settings.workstation)

    def _throttle(self, path: Path) -> UnlockThrottle:
        return self._throttles.setdefault(path.absolute(), UnlockThrottle(time.monotonic))


def _closing(vault: SealedVault, desk: Desk) -> Callable[[], None]:
    def close() -> None:
        try:
            activity.note(vault.unit_of_work(), desk, Action.VAULT_LOCKED)
        finally:
            vault.close()

    return close


def program(
    *, settings_file: Path | None = None, argon2: Argon2Parameters | None = None
) -> Program:
    """Put the program together; no vault is open yet and no process has been started."""
    loaded = load_forms(read_forms(paths.forms()))
    for error in loaded.refused:
        log.error("a consent form was refused: %s", error.code)
    return Program(
        settings_file=settings_file or paths.settings_file(),
        clock=SystemClock(),
        pictures=ChildDecoder(),
        papers=ReportLabPapers(),
        pins=Argon2Pins(),
        forms=loaded.library,
        argon2=argon2,
    )
