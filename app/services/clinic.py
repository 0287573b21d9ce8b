"""The clinic's details and its staff: first entries of a vault, and changes to them."""

from __future__ import annotations

from dataclasses import replace

from app.domain.audit import Action
from app.domain.clinic import Clinic
from app.domain.staff import Right, Staff
from app.errors import KnownError
from app.services.ports import Desk, Pins, UnitOfWork

MIN_PIN_DIGITS = 4


class WeakPinError(KnownError):
    """A PIN that is too short."""

    code = "SESSION-024"
    message = "A staff PIN has at least {digits} digits."
    advice = "Choose a longer PIN; it gives the screen back to staff, it does not open the vault."


def found(uow: UnitOfWork, desk: Desk, clinic: Clinic) -> None:
    """Make the first entries of a new vault: the clinic and its first administrator."""
    with uow:
        uow.people.set_staff(desk.staff, desk.stamp())
        uow.people.set_clinic(clinic, desk.stamp())
        uow.record(desk.event(Action.VAULT_CREATED))
        uow.record(desk.event(Action.STAFF_ADDED, staff=desk.staff.id, role=desk.staff.role.value))
        uow.commit()


def change(uow: UnitOfWork, desk: Desk, clinic: Clinic) -> None:
    """Record new details of the clinic; papers made before keep the old ones."""
    desk.staff.require(Right.ADMINISTER)
    with uow:
        uow.people.set_clinic(clinic, desk.stamp())
        uow.record(desk.event(Action.CLINIC_CHANGED))
        uow.commit()


def set_pin(uow: UnitOfWork, desk: Desk, pins: Pins, pin: str) -> Staff:
    """Set the PIN that gives the screen back to this member of staff.

    Raises:
        WeakPinError: Too short, or not digits.
    """
    check_pin(pin)
    staff = replace(desk.staff, pin_verifier=pins.derive(pin))
    with uow:
        uow.people.set_staff(staff, desk.stamp())
        uow.record(desk.event(Action.PIN_CHANGED, staff=staff.id))
        uow.commit()
    return staff


def check_pin(pin: str) -> None:
    """Raise WeakPinError unless the PIN is digits and long enough."""
    if len(pin) < MIN_PIN_DIGITS or not pin.isdecimal():
        raise WeakPinError(digits=MIN_PIN_DIGITS)
