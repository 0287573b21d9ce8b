"""Roles and rights in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.domain.staff import Right, Role


def _tr(text: str) -> str:
    return QCoreApplication.translate("RoleWords", text)


def role_name(role: Role) -> str:
    """A role's name."""
    return {
        Role.ADMINISTRATOR: _tr("Administrator"),
        Role.PRIVACY_OFFICER: _tr("Privacy officer"),
        Role.CLINICIAN: _tr("Clinician"),
        Role.PHOTOGRAPHER: _tr("Photographer"),
        Role.READER: _tr("Reader"),
    }[role]


def role_purpose(role: Role) -> str:
    """Whom a role is for."""
    return {
        Role.ADMINISTRATOR: _tr("Runs the vault, and may work in the room"),
        Role.PRIVACY_OFFICER: _tr("Answers for what is seen and erased; takes no pictures"),
        Role.CLINICIAN: _tr("Treats patients and photographs them"),
        Role.PHOTOGRAPHER: _tr("Photographs patients and asks for consent"),
        Role.READER: _tr("Looks at records and pictures"),
    }[role]


def right_name(right: Right) -> str:
    """What a right lets somebody do."""
    return {
        Right.READ: _tr("See patients, sessions, papers and ordinary pictures"),
        Right.BREAK_GLASS: _tr("Open protected pictures for a while, with a reason"),
        Right.CAPTURE: _tr("Take pictures and record patients"),
        Right.OBTAIN_CONSENT: _tr("Ask for consent and record it"),
        Right.RECORD_WITHDRAWAL: _tr("Record a withdrawal"),
        Right.HAND_OVER_COPY: _tr("Hand over the patient's copy"),
        Right.CORRECT_FILING: _tr("Move pictures, merge and part records"),
        Right.EXTRACT_ORIGINAL: _tr("Extract an original"),
        Right.NAME_VIEWERS: _tr("Say who may see a protected picture"),
        Right.READ_AUDIT: _tr("Read the activity of everybody"),
        Right.ERASE: _tr("Erase a picture for good"),
        Right.HOLD: _tr("Keep records from being erased"),
        Right.BACK_UP: _tr("Back up and restore"),
        Right.MANAGE_STAFF: _tr("Add people and change their roles"),
        Right.ADMINISTER: _tr("Change the clinic, its forms and the recovery code"),
    }[right]
