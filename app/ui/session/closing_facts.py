"""What has to be known before a session is closed, read in one go."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.clinical_image import kept
from app.domain.consent_draft import Asking
from app.domain.encounter import Encounter
from app.services.ports import Records


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """What stands when somebody wants to close the session.

    Attributes:
        pictures: How many photographs of today are kept.
        can_complete: Whether everything is recorded, so that it can end in the ordinary way.
        can_keep: Whether the patient agreed to photographs, so that they may be kept for care.
    """

    pictures: int
    can_complete: bool
    can_keep: bool


def closing_facts(records: Records, encounter: Encounter) -> ClosingFacts:
    """How the session may be closed now."""
    draft = records.encounters.draft(encounter.id)
    put_off = draft is not None and draft.state is Asking.NOT_NOW
    asked = bool(records.consents.of_encounter(encounter.id))
    care_only = encounter.before is not None and encounter.before.care_record_only
    return ClosingFacts(
        pictures=len(kept(records.images.of_encounter(encounter.id))),
        can_complete=put_off or asked or care_only,
        can_keep=encounter.before is not None,
    )
