"""The patient's copy of today's consent, and making it when it is not there yet."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.document import CopyHandedOver, StoredDocument
from app.domain.ids import ConsentId, EncounterId
from app.domain.paper import ConsentPaper
from app.services import papers
from app.services.consents import NoSuchConsentError
from app.services.ports import Desk, Records
from app.services.workplace import Workplace
from app.ui.session.shown_form import shown_form


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """A copy in the vault, with what became of it."""

    document: StoredDocument
    data: bytes
    handed_over: tuple[CopyHandedOver, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """What the page begins with.

    Attributes:
        consent: Of today; the newest.
        copy: None before it was made.
        paper: What is to stand on it; None when it was made.
    """

    consent: ConsentId
    copy: KeptCopy | None = None
    paper: ConsentPaper | None = None


def copy_facts(records: Records, encounter: EncounterId, workplace: Workplace) -> CopyFacts:
    """The copy, or what is to stand on it.

    Raises:
        NoSuchConsentError: Nothing was recorded in this session.
        FormNotAtHandError: The wording is not installed any more.
    """
    recorded = records.consents.of_encounter(encounter)
    if not recorded:
        raise NoSuchConsentError
    consent = recorded[-1]
    document = papers.copy_of(records, consent.id)
    if document is not None:
        return CopyFacts(consent.id, kept_copy(records, workplace.desk, document))
    form = shown_form(workplace.forms, consent.shown.form_sha256)
    paper = papers.consent_copy(records, workplace.desk, workplace.pictures, consent.id, form)
    return CopyFacts(consent.id, paper=paper)


def kept_copy(records: Records, desk: Desk, document: StoredDocument) -> KeptCopy:
    """A copy that is there."""
    data = papers.read(records, desk, document.id)
    return KeptCopy(document, data, records.documents.hand_overs(document.id))
