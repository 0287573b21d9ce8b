"""Adding people to the vault, changing their role, and ending their access.

The database says who may be in, the key file lets in. Where both change, what takes rights away is
written first and what gives them last, so that a crash in between leaves nobody in who should not
be, and nobody out who had no other way in: the administrator who did it is still there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.audit import Action
from app.domain.ids import StaffId
from app.domain.staff import Right, Role, Staff, sign_in_name
from app.errors import KnownError
from app.services.ports import Desk, Records, UnitOfWork

LEAST_CHARACTERS = 8
_CONTINUES = 0b1000_0000  # a byte of UTF-8 that continues a character: RFC 3629, section 3
_LEADING_BITS = 0b1100_0000


class NoSuchStaffError(KnownError):
    """An id that no member of staff has."""

    code = "STAFF-001"
    message = "There is no such person in this vault."
    advice = "Open Settings again: the list of people may have changed."


class StaffNameMissingError(KnownError):
    """A name without a letter or a digit."""

    code = "STAFF-002"
    message = "A person needs a name to sign in with."
    advice = "Type the name as it is to be printed under a signature."


class StaffNameTakenError(KnownError):
    """Somebody signs in with this name already."""

    code = "STAFF-003"
    message = (
        "Somebody in this vault has this name already, or one that differs in case or accents."
    )
    advice = "Add a middle name or a department, so that both can be told apart."


class LastAdministratorError(KnownError):
    """Nobody would be left who can manage the vault."""

    code = "STAFF-004"
    message = "This is the last administrator who can sign in."
    advice = "Make somebody else an administrator first."


class ShortPassphraseError(KnownError):
    """A passphrase that is too short."""

    code = "STAFF-005"
    message = "A passphrase has at least {characters} characters."
    advice = "Several words are easier to remember than one with odd characters."


class UserNotNamedError(KnownError):
    """More than one person could be meant."""

    code = "STAFF-006"
    message = "Several people use this vault, and it is not said which of them signs in."
    advice = "Give the name, too: in the window, or with --user NAME."


class NotAnAdministratorError(KnownError):
    """The recovery code is right, and nobody fits whom the new passphrase could be for."""

    code = "STAFF-009"
    message = "The recovery code gives a new passphrase to an administrator, and none is meant."
    advice = "Type the name of an administrator of this vault as it is printed on papers."


class Slots(Protocol):
    """Who can open the vault with a passphrase: the key file. On the store lane only."""

    def holders(self) -> frozenset[StaffId]:
        """Everybody who has a passphrase."""
        ...

    def give(self, who: StaffId, name: str, passphrase: bytearray) -> None:
        """Give a person a passphrase, or another one, found by their name."""
        ...

    def take_away(self, who: StaffId) -> None:
        """End a person's passphrase; nothing happens when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff as the list of people shows them.

    Attributes:
        can_sign_in: Active, and with a passphrase.
    """

    staff: Staff
    can_sign_in: bool


def people(records: Records, desk: Desk, slots: Slots) -> tuple[Person, ...]:
    """Everybody, in the order of joining."""
    desk.staff.require(Right.READ)
    holders = slots.holders()
    return tuple(
        Person(staff, staff.active and staff.id in holders) for staff in records.people.all_staff()
    )


def add(
    uow: UnitOfWork, desk: Desk, slots: Slots, name: str, role: Role, passphrase: bytearray
) -> Staff:
    """Add a person, who chose the passphrase at this workstation; it is overwritten.

    Raises:
        StaffNameMissingError: There is nothing in the name to tell people apart by.
        StaffNameTakenError: Somebody has that name, also one who was disabled.
        ShortPassphraseError: The passphrase is too short.
    """
    desk.staff.require(Right.MANAGE_STAFF)
    with _overwritten(passphrase):
        _check_passphrase(passphrase)
        with uow:
            printed = " ".join(name.split())
            _check_name(uow, printed)
            staff = Staff(StaffId(desk.clock.new_id()), printed, role)
            uow.people.set_staff(staff, desk.stamp())
            uow.record(desk.event(Action.STAFF_ADDED, staff=staff.id, role=role.value))
            uow.commit()
        slots.give(staff.id, staff.name, passphrase)
    return staff


def disable(uow: UnitOfWork, desk: Desk, slots: Slots, who: StaffId) -> Staff:
    """End a person's access; what they recorded stays.

    Raises:
        NoSuchStaffError: There is no such person.
        LastAdministratorError: Nobody would be left who can manage the vault.
    """
    desk.staff.require(Right.MANAGE_STAFF)
    with uow:
        staff = _known(uow, who)
        _require_another_administrator(uow, slots, staff)
        disabled = replace(staff, active=False)
        uow.people.set_staff(disabled, desk.stamp())
        uow.record(desk.event(Action.STAFF_DISABLED, staff=who))
        uow.commit()
    slots.take_away(who)
    return disabled


def enable(uow: UnitOfWork, desk: Desk, slots: Slots, who: StaffId, passphrase: bytearray) -> Staff:
    """Let a disabled person in again, with a new passphrase; it is overwritten.

    Raises:
        NoSuchStaffError: There is no such person.
        ShortPassphraseError: The passphrase is too short.
    """
    desk.staff.require(Right.MANAGE_STAFF)
    with _overwritten(passphrase):
        _check_passphrase(passphrase)
        with uow:
            enabled = replace(_known(uow, who), active=True)
            uow.people.set_staff(enabled, desk.stamp())
            uow.record(desk.event(Action.STAFF_ENABLED, staff=who))
            uow.commit()
        slots.give(who, enabled.name, passphrase)
    return enabled


def change_role(uow: UnitOfWork, desk: Desk, slots: Slots, who: StaffId, role: Role) -> Staff:
    """Give a person another role.

    Raises:
        NoSuchStaffError: There is no such person.
        LastAdministratorError: Nobody would be left who can manage the vault.
    """
    desk.staff.require(Right.MANAGE_STAFF)
    with uow:
        staff = _known(uow, who)
        if staff.role is role:
            return staff
        _require_another_administrator(uow, slots, staff)
        changed = replace(staff, role=role)
        uow.people.set_staff(changed, desk.stamp())
        uow.record(
            desk.event(
                Action.STAFF_ROLE_CHANGED, staff=who, role=role.value, before=staff.role.value
            )
        )
        uow.commit()
    return changed


def reset_passphrase(
    uow: UnitOfWork, desk: Desk, slots: Slots, who: StaffId, passphrase: bytearray
) -> None:
    """Let a person choose a new passphrase, which is overwritten; the old one opens nothing.

    That it is reset is recorded before it is.

    Raises:
        NoSuchStaffError: There is no such active person.
        ShortPassphraseError: The passphrase is too short.
    """
    desk.staff.require(Right.MANAGE_STAFF)
    with _overwritten(passphrase):
        _check_passphrase(passphrase)
        with uow:
            staff = _known(uow, who)
            if not staff.active:
                raise NoSuchStaffError
            uow.record(desk.event(Action.PASSPHRASE_RESET, staff=who))
            uow.commit()
        slots.give(who, staff.name, passphrase)


def who_signs_in(records: Records, owners: Sequence[StaffId], name: str) -> Staff | None:
    """The active person who opened the vault; None when there is none of that name.

    Args:
        records: Of the vault that was opened.
        owners: Whose passphrase it was: several only if they chose the same.
        name: As it was typed; empty when nobody was asked.

    Raises:
        UserNotNamedError: No name, and several people chose the same passphrase.
    """
    found = [staff for who in owners if (staff := records.people.staff(who)) and staff.active]
    if name:
        found = [staff for staff in found if sign_in_name(staff.name) == sign_in_name(name)]
    if len(found) > 1:
        raise UserNotNamedError
    return found[0] if found else None


def who_recovers(records: Records, name: str) -> Staff:
    """The administrator to whom the recovery code gives a new passphrase.

    Raises:
        NotAnAdministratorError: There is none of that name, or there are several.
    """
    found = [s for s in records.people.all_staff() if s.active and s.role is Role.ADMINISTRATOR]
    if name:
        found = [staff for staff in found if sign_in_name(staff.name) == sign_in_name(name)]
    if len(found) != 1:
        raise NotAnAdministratorError
    return found[0]


def tidy(uow: UnitOfWork, desk: Desk, slots: Slots) -> frozenset[StaffId]:
    """Take away the passphrases that a crash left to people who were disabled; whose they were."""
    with uow:
        active = {staff.id for staff in uow.people.all_staff() if staff.active}
        left = slots.holders() - active
        if not left:
            return frozenset()
        for who in sorted(left):
            uow.record(desk.event(Action.KEY_SLOTS_CHANGED, staff=who))
        uow.commit()
    for who in sorted(left):
        slots.take_away(who)
    return left


@contextmanager
def _overwritten(passphrase: bytearray) -> Iterator[None]:
    try:
        yield
    finally:
        passphrase[:] = bytes(len(passphrase))


def _check_passphrase(passphrase: bytearray) -> None:
    characters = sum(byte & _LEADING_BITS != _CONTINUES for byte in passphrase)
    if characters < LEAST_CHARACTERS:
        raise ShortPassphraseError(characters=LEAST_CHARACTERS)


def _check_name(records: Records, name: str) -> None:
    wanted = sign_in_name(name)
    if not wanted:
        raise StaffNameMissingError
    if any(sign_in_name(staff.name) == wanted for staff in records.people.all_staff()):
        raise StaffNameTakenError


def _known(records: Records, who: StaffId) -> Staff:
    found = records.people.staff(who)
    if found is None:
        raise NoSuchStaffError
    return found


def _require_another_administrator(records: Records, slots: Slots, staff: Staff) -> None:
    if not (staff.active and staff.role is Role.ADMINISTRATOR):
        return
    holders = slots.holders()
    if not any(
        other.active and other.role is Role.ADMINISTRATOR and other.id in holders
        for other in records.people.all_staff()
        if other.id != staff.id
    ):
        raise LastAdministratorError
