"""The composition root: the one module that names every concrete class."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from app import paths
from app.documents.form_folder import read_forms
from app.documents.hand_out import hand_out
from app.documents.papers import ReportLabPapers
from app.domain.audit import Action
from app.domain.ids import StaffId, VaultId, WorkstationId
from app.domain.staff import Role, Staff
from app.imaging.decoder import ChildDecoder
from app.imaging.still import StillFiles
from app.services import activity, clinic
from app.services.form_library import FormLibrary, load_forms
from app.services.ports import Clock, Desk
from app.services.workplace import FirstEntries, Founded, Workplace
from app.settings import Settings, load, save
from app.store.argon2id import Argon2Parameters
from app.store.backup.door import SealedBackupDoor
from app.store.backup.of_vault import SealedVaultBackups
from app.store.errors import RecoveryCodeWrongError, WrongPassphraseError
from app.store.keys import VaultKey, wipe
from app.store.pins import Argon2Pins
from app.store.recovery_code import RecoveryCode
from app.store.sealed_vault import SealedVault
from app.store.unlock_throttle import UnlockThrottle
from app.store.vault import ClosedVault, create_vault
from app.store.vault_files import files_at, require_free
from app.store.verification import verify
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
    def backups(self) -> SealedBackupDoor:
        """Backups while no vault is open."""
        return SealedBackupDoor(self.clock, self._workstation, self._throttle)

    @property
    def settings(self) -> Settings:
        """The settings as they stand."""
        return load(self.settings_file)

    def change_settings(self, settings: Settings) -> None:
        """Keep new settings; the workstation's id, once made, stays."""
        workstation = settings.workstation or self.settings.workstation
        save(replace(settings, workstation=workstation), self.settings_file)

    def look_at(self, path: Path) -> None:
        """Check what can be checked without a passphrase. Raises a KnownError of the area VAULT."""
        ClosedVault(path)

    def look_at_place(self, path: Path) -> bool:
        """Whether another program seems to copy this folder to a cloud.

        Raises a KnownError of the area VAULT when no vault can be made under this path.
        """
        files = files_at(path)
        if files.folder.exists():
            require_free(files)
        return files.in_synchronised_folder

    def create(self, path: Path, first: FirstEntries) -> Founded:
        """Make a vault and its folder.

        Raises a KnownError of the area VAULT; then no file is left.
        """
        try:
            if first.pin:
                clinic.check_pin(first.pin)
            owner = StaffId(self.clock.new_id())
            _make_folder(path.parent)
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
        try:
            staff = Staff(owner, first.administrator, Role.ADMINISTRATOR, self._verifier(first.pin))
            desk = Desk(staff, vault.workstation, self.clock, local_zone())
            clinic.found(vault.unit_of_work(), desk, first.clinic)
        except BaseException:
            vault.close()
            made.vault.files.database.unlink()
            made.vault.files.keys.unlink()
            raise
        groups = tuple(made.recovery_code.text().split("-"))
        made.recovery_code.wipe()
        return Founded(self._workplace(vault, desk), groups)

    def unlock(self, path: Path, passphrase: bytearray) -> Workplace:
        """Open a vault; the passphrase is overwritten. Raises a KnownError of the area VAULT."""
        try:
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
        return self._workplace(*self._open(closed, unlocked.key, unlocked.owners[0]))

    def check_recovery_code(self, code: str) -> None:
        """Check the check characters alone. Raises VAULT-010, VAULT-011 or VAULT-012."""
        RecoveryCode.parse(code).wipe()

    def unlock_with_recovery(self, path: Path, code: str, passphrase: bytearray) -> Workplace:
        """Open a vault with its recovery code and set a new passphrase for its first person."""
        try:
            closed = ClosedVault(path)
            throttle = self._throttle(path)
            throttle.require_admitted()
            try:
                key = _opened_with(closed, RecoveryCode.parse(code))
            except RecoveryCodeWrongError:
                throttle.record_failure()
                raise
            throttle.record_success()
            owner = closed.key_file.owners[0]
            vault, desk = self._open(closed, key, owner)
            try:
                self._set_passphrase(vault, desk, passphrase)
            except BaseException:
                vault.close()
                raise
        finally:
            wipe(passphrase)
        return self._workplace(vault, desk)

    def change_passphrase(self, workplace: Workplace, old: bytearray, new: bytearray) -> None:
        """Give who works there a new passphrase; both are overwritten. On the store lane.

        Raises VAULT-001 when the old one is wrong, VAULT-022 when it was wrong too often.
        """
        vault = _sealed(workplace)
        throttle = self._throttle(vault.opened.files.database)
        try:
            throttle.require_admitted()
            try:
                checked = vault.opened.key_file.unlock(old, owner=workplace.desk.staff.id)
            except WrongPassphraseError:
                throttle.record_failure()
                raise
            checked.key.wipe()
            throttle.record_success()
            self._set_passphrase(vault, workplace.desk, new)
        finally:
            wipe(old)
            wipe(new)

    def renew_recovery_code(self, workplace: Workplace) -> tuple[str, ...]:
        """A new recovery code, group by group; the old one opens nothing. On the store lane."""
        vault = _sealed(workplace)
        code = vault.opened.key_file.renew_recovery_code(vault.opened.key)
        vault.opened.remember_key_file()
        activity.note(vault.unit_of_work(), workplace.desk, Action.KEY_SLOTS_CHANGED)
        groups = tuple(code.text().split("-"))
        code.wipe()
        return groups

    def wait_s(self, path: Path) -> float:
        """Seconds until the next try is admitted after wrong passphrases."""
        return self._throttle(path).wait_s()

    def close(self) -> None:
        """End the decoder's processes."""
        self.pictures.close()

    def _set_passphrase(self, vault: SealedVault, desk: Desk, passphrase: bytearray) -> None:
        opened = vault.opened
        opened.key_file.set_passphrase(
            opened.key, desk.staff.id, passphrase, parameters=self.argon2
        )
        opened.remember_key_file()
        activity.note(vault.unit_of_work(), desk, Action.KEY_SLOTS_CHANGED)

    def _verifier(self, pin: str) -> str:
        return self.pins.derive(pin) if pin else ""

    def _open(self, closed: ClosedVault, key: VaultKey, owner: StaffId) -> tuple[SealedVault, Desk]:
        try:
            opened = closed.open(key)
        except BaseException:
            key.wipe()
            raise
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
        return vault, desk

    def _workplace(self, vault: SealedVault, desk: Desk) -> Workplace:
        pictures = ChildDecoder()  # of its own: its processes hold pixels and end with the lock
        return Workplace(
            vault=vault,
            desk=desk,
            pictures=pictures,
            stills=StillFiles(),
            papers=self.papers,
            pins=self.pins,
            forms=self.forms,
            hand_out=hand_out,
            verify=partial(verify, vault),
            backups=SealedVaultBackups(vault),
            close=_closing(vault, desk, pictures),
        )

    def _workstation(self) -> WorkstationId:
        """This workstation's id, made at the first start and kept in the settings."""
        settings = self.settings
        if not settings.workstation:
            settings = replace(settings, workstation=self.clock.new_id())
            try:
                self.change_settings(settings)
            except OSError:  # no home, or a full one: this run's records form a chain of their own
                log.warning("the workstation's id could not be kept")
        return WorkstationId(settings.workstation)

    def _throttle(self, path: Path) -> UnlockThrottle:
        return self._throttles.setdefault(path.absolute(), UnlockThrottle(time.monotonic))


def _closing(vault: SealedVault, desk: Desk, pictures: ChildDecoder) -> Callable[[], None]:
    def close() -> None:
        with ExitStack() as last_first:
            last_first.callback(pictures.close)
            last_first.callback(vault.close)
            activity.note(vault.unit_of_work(), desk, Action.VAULT_LOCKED)

    return close


def _sealed(workplace: Workplace) -> SealedVault:
    assert isinstance(workplace.vault, SealedVault), "a door opens sealed vaults only"
    return workplace.vault


def _opened_with(closed: ClosedVault, code: RecoveryCode) -> VaultKey:
    try:
        return closed.unlock_with_recovery(code)
    finally:
        code.wipe()


def _make_folder(folder: Path) -> None:
    """Make the folder of a new vault, for this user only; that it cannot be made is told later."""
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


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
