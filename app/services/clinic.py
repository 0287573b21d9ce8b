"""The clinic's details and its staff: first entries of a vault, and changes to them."""

from __future__ import annotations

from dataclasses import replace

from app.domain.audit import Action
from app.domain.clinic import Clinic, FormApproval
from app.domain.consent_form import ApprovalState, ConsentForm, FormId
from app.domain.staff import Right, Staff
from app.errors import KnownError
from app.services.form_library import FormLibrary
from app.services.ports import Desk, Pins, Records, UnitOfWork

MIN_PIN_DIGITS = 4


class WeakPinError(KnownError):
    """A PIN that is too short."""

    code = "SESSION-024"
    message = "A staff PIN has at least {digits} digits."
    advice = "Choose a longer PIN; it gives the screen back to staff, it does not open the vault."


class FormNotApprovedError(KnownError):
    """Nobody at the clinic approved the form."""

    code = "SESSION-025"
    message = "The clinic has not approved this consent form in this language."
    advice = "An administrator reads and approves it in Settings, under Consent form."


def found(uow: UnitOfWork, desk: Desk, clinic: Clinic) -> None:
    """Make the first entries of a new vault: the clinic and its first administrator."""
    desk.staff.require(Right.ADMINISTER)
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


def approve_form(uow: UnitOfWork, desk: Desk, form: ConsentForm) -> Clinic:
    """Record that this member of staff read a form and approved it for use with patients."""
    desk.staff.require(Right.ADMINISTER)
    with uow:
        approval = FormApproval(form.text_sha256, desk.staff.name, desk.today())
        clinic = uow.people.clinic()
        changed = replace(clinic, approvals=(*clinic.approvals, approval))
        uow.people.set_clinic(changed, desk.stamp())
        uow.record(
            desk.event(
                Action.CLINIC_CHANGED, form=form.id, version=form.version, language=form.language
            )
        )
        uow.commit()
    return changed


def form_in_use(records: Records, forms: FormLibrary, form: FormId, language: str) -> ConsentForm:
    """The newest version of a form that the clinic approved, in one language.

    Raises:
        FormNotApprovedError: The clinic approved none.
    """
    clinic = records.people.clinic()
    for version in reversed(forms.versions(form, language)):
        approval = clinic.approval(version.text_sha256)
        usable = version.approval.state not in {ApprovalState.DRAFT, ApprovalState.RETIRED}
        if approval is not None and usable:
            return version.approved(by=approval.by, on=approval.on)
    raise FormNotApprovedError


def set_pin(uow: UnitOfWork, desk: Desk, pins: Pins, pin: str) -> Staff:
    """Set the PIN that gives the screen back to this member of staff.

    Raises:
        WeakPinError: Too short, or not digits.
    """
    desk.staff.require(Right.READ)
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
