"""The composition root: the one module that names every concrete class."""

from __future__ import annotations

import logging
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
from app.domain.staff import Right, Role, Staff
from app.errors import KnownError
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
from app.store.entering import Claim, enter
from app.store.errors import RecoveryCodeWrongError, WrongPassphraseError
from app.store.keys import VaultKey, wipe
from app.store.passphrase_desk import PassphraseDesk
from app.store.pin_entry import PinEntryOverError
from app.store.pins import Argon2Pins
from app.store.recovery_code import RecoveryCode
from app.store.sealed_vault import SealedVault
from app.store.sign_in import PinDesk
from app.store.staff_slots import VaultSlots
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
        pin_desk: Who may come back by PIN.
        passphrases: Checks and changes passphrases.
    """

    settings_file: Path
    clock: Clock
    pictures: ChildDecoder
    papers: ReportLabPapers
    pins: Argon2Pins
    forms: FormLibrary
    argon2: Argon2Parameters | None = None
    pin_desk: PinDesk = field(init=False)
    passphrases: PassphraseDesk = field(init=False)

    def __post_init__(self) -> None:
        self.pin_desk = PinDesk(lambda: self.settings.pin_hours)
        self.passphrases = PassphraseDesk(self.argon2)

    @property
    def backups(self) -> SealedBackupDoor:
        """Backups while no vault is open."""
        return SealedBackupDoor(self.clock, self._workstation, self.passphrases.throttle)

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
                name=first.administrator,
            )
        finally:
            wipe(first.passphrase)
        vault = SealedVault(made.vault, self._workstation())
        try:
            staff = Staff(owner, first.administrator, Role.ADMINISTRATOR, self._verifier(first.pin))
            desk = self._desk(vault.workstation, staff)
            clinic.found(vault.unit_of_work(), desk, first.clinic)
        except BaseException:
            vault.close()
            made.vault.files.database.unlink()
            made.vault.files.keys.unlink()
            raise
        self.pin_desk.welcome(owner)
        groups = tuple(made.recovery_code.text().split("-"))
        made.recovery_code.wipe()
        return Founded(self._workplace(vault, desk), groups)

    def several_people(self, path: Path) -> bool:
        """Whether a name has to be typed; the key file shows how many passphrases there are."""
        return len(ClosedVault(path).key_file.owners) > 1

    def unlock(self, path: Path, passphrase: bytearray, name: str = "") -> Workplace:
        """Open a vault; the passphrase is overwritten. Raises a KnownError of the area VAULT.

        An unknown name, a wrong passphrase and a disabled person give the same error, VAULT-001.
        """
        try:
            closed = ClosedVault(path)
            throttle = self.passphrases.throttle(path)
            throttle.require_admitted()
            try:
                unlocked = closed.unlock(passphrase, name=name or None)
                vault, desk = self._open(closed, unlocked.key, Claim(unlocked.owners, name))
            except WrongPassphraseError:
                throttle.record_failure()
                raise
        finally:
            wipe(passphrase)
        throttle.record_success()
        self.pin_desk.welcome(desk.staff.id)
        return self._workplace(vault, desk)

    def keep_for_pin(self, workplace: Workplace) -> bool:
        """Before an idle lock: let the PIN of who works there bring them back; whether it will."""
        opened = _sealed(workplace).opened
        return self.pin_desk.keep(opened.key, opened.files.database, workplace.desk.staff)

    def takes_pin(self, path: Path) -> bool:
        """Whether a PIN opens this vault now."""
        return self.pin_desk.takes(files_at(path).database)

    def unlock_with_pin(self, path: Path, pin: str) -> Workplace:
        """Come back after an idle lock. Raises STAFF-007 or STAFF-008."""
        closed = ClosedVault(path)
        key, owner = self.pin_desk.open(closed.files.database, pin)
        if owner not in closed.key_file.owners:  # disabled meanwhile, on another workstation
            key.wipe()
            self.pin_desk.forget()
            raise PinEntryOverError
        return self._workplace(*self._open(closed, key, Claim((owner,), way="pin")))

    def forget_pins(self) -> None:
        """From now on only passphrases are taken."""
        self.pin_desk.forget()

    def pin_will_do(self, who: StaffId) -> bool:
        """Whether this person's PIN is taken: they gave their passphrase lately."""
        return self.pin_desk.will_do(who)

    def switch(
        self, workplace: Workplace, who: StaffId, passphrase: bytearray, *, is_pin: bool = False
    ) -> Workplace:
        """The open vault for another person, who gave passphrase or PIN; it is overwritten.

        On the store lane. Raises VAULT-001, VAULT-022, STAFF-007 or STAFF-008; then nobody changed.
        """
        vault = _sealed(workplace)
        try:
            with vault.reading() as records:
                staff = records.people.staff(who)
            if staff is None or not staff.active:
                raise WrongPassphraseError
            if is_pin:
                self.pin_desk.check(staff, passphrase.decode(), self.pins)
            else:
                self.passphrases.check(vault, who, passphrase)
                self.pin_desk.welcome(who)
        except KnownError as error:
            refused = workplace.desk.failure(Action.SIGN_IN_REFUSED, staff=who, code=error.code)
            activity.record(vault.unit_of_work(), refused)
            raise
        finally:
            wipe(passphrase)
        desk = replace(workplace.desk, staff=staff)
        way = "pin" if is_pin else "passphrase"
        activity.note(vault.unit_of_work(), desk, Action.STAFF_SIGNED_IN, way=way)
        pictures = workplace.pictures
        assert isinstance(pictures, ChildDecoder), "a door makes workplaces with decoders"
        return replace(workplace, desk=desk, close=_closing(vault, desk, pictures))

    def check_recovery_code(self, code: str) -> None:
        """Check the check characters alone. Raises VAULT-010, VAULT-011 or VAULT-012."""
        RecoveryCode.parse(code).wipe()

    def unlock_with_recovery(
        self, path: Path, code: str, passphrase: bytearray, name: str = ""
    ) -> Workplace:
        """Open a vault with its recovery code and set a new passphrase for an administrator.

        Raises STAFF-009 when there are several administrators and none is named.
        """
        try:
            closed = ClosedVault(path)
            throttle = self.passphrases.throttle(path)
            throttle.require_admitted()
            try:
                key = _opened_with(closed, RecoveryCode.parse(code))
            except RecoveryCodeWrongError:
                throttle.record_failure()
                raise
            throttle.record_success()
            vault, desk = self._open(closed, key, Claim((), name, "recovery-code"))
            try:
                self.passphrases.give(vault, desk, passphrase)
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
        try:
            self.passphrases.check(vault, workplace.desk.staff.id, old)
            self.passphrases.give(vault, workplace.desk, new)
        finally:
            wipe(old)
            wipe(new)

    def renew_recovery_code(self, workplace: Workplace) -> tuple[str, ...]:
        """A new recovery code, group by group; the old one opens nothing. On the store lane."""
        workplace.desk.staff.require(Right.ADMINISTER)
        return self.passphrases.renew_recovery_code(_sealed(workplace), workplace.desk)

    def wait_s(self, path: Path) -> float:
        """Seconds until the next try is admitted after wrong passphrases."""
        return self.passphrases.throttle(path).wait_s()

    def close(self) -> None:
        """End the decoder's processes."""
        self.pictures.close()

    def _verifier(self, pin: str) -> str:
        return self.pins.derive(pin) if pin else ""

    def _open(self, closed: ClosedVault, key: VaultKey, claim: Claim) -> tuple[SealedVault, Desk]:
        try:
            opened = closed.open(key)
        except BaseException:
            key.wipe()
            raise
        try:
            here = self._workstation()
            vault, desk = enter(opened, here, claim, partial(self._desk, here), self.argon2)
            if wrong := self.pin_desk.came_back():  # while the vault was locked nothing is recorded
                refused = desk.failure(Action.PIN_REFUSED, times=wrong)
                activity.record(vault.unit_of_work(), refused)
        except BaseException:
            opened.close()
            raise
        return vault, desk

    def _desk(self, here: WorkstationId, staff: Staff) -> Desk:
        return Desk(staff, here, self.clock, local_zone())

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
            slots=VaultSlots(vault.opened, self.argon2),
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
