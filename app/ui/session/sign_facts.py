"""What is to be signed, or was signed already: read in one go."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.consent import Consent
from app.domain.consent_draft import Asking, ConsentDraft
from app.domain.consent_form import ConsentForm
from app.domain.encounter import Encounter
from app.services.consents import NotAnsweredError
from app.services.form_library import FormLibrary
from app.services.ports import Records
from app.ui.session.shown_form import shown_form


@dataclass(frozen=True, slots=True)
class SignFacts:
    """The answers that stand.

    Attributes:
        form: In the version and language of the answers.
        consent: The one that records these very answers; None before it is signed.
    """

    draft: ConsentDraft
    form: ConsentForm
    consent: Consent | None = None


def sign_facts(records: Records, encounter: Encounter, library: FormLibrary) -> SignFacts:
    """What the page shows.

    Raises:
        NotAnsweredError: The patient has not answered everything.
        FormNotAtHandError: The wording is not installed any more.
    """
    draft = records.encounters.draft(encounter.id)
    if draft is None or draft.state is not Asking.ANSWERED:
        raise NotAnsweredError
    form = shown_form(library, draft.form_sha256)
    recorded = records.consents.of_encounter(encounter.id)
    same = [consent for consent in recorded if _records(consent, draft)]
    return SignFacts(draft, form, same[-1] if same else None)


def _records(consent: Consent, draft: ConsentDraft) -> bool:
    """Whether a consent holds the answers of a draft, given under the same words."""
    answers = {(answer.rendition, answer.use): answer.decision for answer in consent.answers}
    same_words = consent.shown.form_sha256 == draft.form_sha256
    return same_words and answers == dict(draft.answers)
