"""Plain words for what the audit trail calls by code."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.audit import Action


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of event for the filter.

    Attributes:
        prefix: What the actions begin with.
    """

    key: str
    name: str
    icon: str
    prefixes: tuple[str, ...]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ActivityWords", text)


def groups() -> tuple[Group, ...]:
    """The kinds of events, in the order of the filter."""
    return (
        Group("consent", _tr("Consent"), "signature", ("consent.", "form.")),
        Group("pictures", _tr("Pictures"), "images", ("image.", "rendition.")),
        Group("protected", _tr("Protected pictures"), "eye-off", ("protected.",)),
        Group("patients", _tr("Patients"), "users", ("patient.",)),
        Group("sessions", _tr("Sessions"), "camera", ("encounter.",)),
        Group("papers", _tr("Papers and copies"), "file-text", ("document.", "disclosure.")),
        Group("vault", _tr("Vault and staff"), "lock", ("vault.", "staff.", "clinic.")),
    )


def group_of(action: Action) -> Group:
    """The kind that an action belongs to."""
    return next(g for g in groups() if action.startswith(g.prefixes))


def sentences() -> dict[Action, str]:
    """What happened, one short sentence an action."""
    return {
        Action.VAULT_CREATED: _tr("Created the vault"),
        Action.VAULT_UNLOCKED: _tr("Unlocked the vault"),
        Action.VAULT_LOCKED: _tr("Locked the vault"),
        Action.VAULT_VERIFIED: _tr("Checked the whole vault"),
        Action.VAULT_RESTORED: _tr("Restored the vault from a backup"),
        Action.BACKUP_MADE: _tr("Made a backup"),
        Action.BACKUP_REHEARSED: _tr("Tried a backup by restoring it"),
        Action.KEY_SLOTS_CHANGED: _tr("Changed who can open the vault"),
        Action.STAFF_ADDED: _tr("Added a member of staff"),
        Action.STAFF_DISABLED: _tr("Ended a person's access"),
        Action.STAFF_ENABLED: _tr("Let a person in again"),
        Action.STAFF_ROLE_CHANGED: _tr("Changed a person's role"),
        Action.STAFF_SIGNED_IN: _tr("Signed in"),
        Action.SIGN_IN_REFUSED: _tr("Could not sign in"),
        Action.PASSPHRASE_RESET: _tr("Reset a person's passphrase"),
        Action.PIN_CHANGED: _tr("Changed a staff PIN"),
        Action.PIN_REFUSED: _tr("Typed a wrong staff PIN"),
        Action.CLINIC_CHANGED: _tr("Changed the clinic's details or forms"),
        Action.PATIENT_CREATED: _tr("Recorded a new patient"),
        Action.PATIENT_CHANGED: _tr("Corrected a patient's details"),
        Action.PATIENT_OPENED: _tr("Opened a patient's page"),
        Action.PATIENTS_SEARCHED: _tr("Searched for patients"),
        Action.PATIENTS_MERGED: _tr("Merged two records"),
        Action.PATIENTS_UNMERGED: _tr("Parted two records"),
        Action.ENCOUNTER_OPENED: _tr("Began a session"),
        Action.ENCOUNTER_RESUMED: _tr("Continued a session"),
        Action.ENCOUNTER_STEPPED: _tr("Went to a step of a session"),
        Action.ENCOUNTER_PREPARED: _tr("Settled what comes before the camera"),
        Action.ENCOUNTER_ENDED: _tr("Ended a session"),
        Action.IMAGE_ADMITTED: _tr("Stored a picture"),
        Action.IMAGE_REFUSED: _tr("Refused a file"),
        Action.IMAGE_DUPLICATE: _tr("Recognised a picture that was there"),
        Action.IMAGE_DESCRIBED: _tr("Described a picture"),
        Action.IMAGE_REFILED: _tr("Moved a picture to another patient"),
        Action.IMAGE_ASSIGNED: _tr("Took a waiting picture into a session"),
        Action.IMAGE_STATE_CHANGED: _tr("Changed what becomes of a picture"),
        Action.IMAGE_VIEWED: _tr("Looked at a picture"),
        Action.IMAGE_CHECKED: _tr("Checked a picture"),
        Action.VIEWER_NAMED: _tr("Named a person for a protected picture"),
        Action.VIEWER_REMOVED: _tr("Closed a protected picture to a person"),
        Action.GLASS_BROKEN: _tr("Opened protected pictures with a reason"),
        Action.RENDITION_MADE: _tr("Cropped, turned or covered a picture"),
        Action.DRAFT_SAVED: _tr("Kept an answer of the patient"),
        Action.SCREEN_HANDED_OVER: _tr("Handed the screen to the patient"),
        Action.SCREEN_TAKEN_BACK: _tr("Took the screen back"),
        Action.CONSENT_SIGNED: _tr("Recorded a consent"),
        Action.CONSENT_WITHDRAWN: _tr("Recorded a withdrawal"),
        Action.DOCUMENT_STORED: _tr("Made a paper"),
        Action.COPY_HANDED_OVER: _tr("Handed over a paper"),
        Action.ORIGINAL_EXTRACTED: _tr("Extracted an original"),
        Action.REPORT_WRITTEN: _tr("Printed or saved a report"),
        Action.FORM_USED: _tr("Began asking with a form"),
    }
