"""May it leave? The one place that answers, with every reason against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.clinical_image import ImageState
from app.domain.consent import History
from app.domain.disclosure import _DECIDED, Release
from app.domain.ids import UseId
from app.domain.patient import PatientLinks
from app.domain.rendition import Identifiable
from app.domain.standing import Picture, Standing, State, standing


class Reason(StrEnum):
    """Why a picture may not leave."""

    NEVER_ASKED = "never-asked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    VOID = "void"
    IN_QUARANTINE = "in-quarantine"
    DISCARDED = "discarded"
    NO_PATIENT = "no-patient"
    NO_RECIPIENT = "no-recipient"
    IDENTIFIABLE_NOT_ADMITTED = "identifiable-not-admitted"
    IDENTIFIABLE_NOT_WRITTEN = "identifiable-not-written"
    MORE_IDENTIFIABLE_THAN_SHOWN = "more-identifiable-than-shown"
    OTHER_PUBLICATION = "other-publication"


_STATE_REASONS = {
    State.NEVER_ASKED: Reason.NEVER_ASKED,
    State.REFUSED: Reason.REFUSED,
    State.WITHDRAWN: Reason.WITHDRAWN,
    State.EXPIRED: Reason.EXPIRED,
    State.VOID: Reason.VOID,
}


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted: one picture, one use, one recipient, one day.

    Attributes:
        identifiable: As judged now.
        use_admits_identifiable: Of the form that was shown.
        use_is_named: Whether the use holds for one named journal, book or study only (R17).
        named: Which one, when it does.
    """

    picture: Picture
    use: UseId
    recipient: str
    on: date
    identifiable: Identifiable
    use_admits_identifiable: bool
    use_is_named: bool = False
    named: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """It may not leave; every reason, in the order of the vocabulary."""

    request: Request
    reasons: tuple[Reason, ...]


def decide(request: Request, history: History, links: PatientLinks) -> Release | Refusal:
    """May this picture leave for this use and recipient?

    Args:
        request: What is wanted.
        history: Every consent, withdrawal and refiling that may bear on it, in recorded order.
        links: Merged and unmerged patients.
    """
    found = standing(request.picture, request.use, history, links, on=request.on)
    reasons = {*_about_picture(request), *_about_consent(request, found)}
    if reasons:
        return Refusal(request, tuple(r for r in Reason if r in reasons))
    assert found.consent is not None
    return Release(
        rendition=request.picture.rendition.id,
        sha256=request.picture.rendition.sha256,
        use=request.use,
        recipient=request.recipient,
        consent=found.consent.id,
        until=found.until,
        proof=_DECIDED,
    )


def _about_picture(request: Request) -> set[Reason]:
    filed = request.picture.filed
    judged = {
        Reason.IN_QUARANTINE: filed.in_quarantine,
        Reason.DISCARDED: filed.state is ImageState.DISCARDED,
        Reason.NO_PATIENT: filed.patient is None,
        Reason.NO_RECIPIENT: not request.recipient.strip(),
        Reason.IDENTIFIABLE_NOT_ADMITTED: request.identifiable.counts_as_identifiable
        and not request.use_admits_identifiable,
    }
    return {reason for reason, holds in judged.items() if holds}


def _about_consent(request: Request, found: Standing) -> set[Reason]:
    if found.state is not State.GRANTED:
        return {_STATE_REASONS[found.state]}
    assert found.consent is not None
    assert found.answer is not None
    attestation = found.consent.attestation
    identifiable = request.identifiable.counts_as_identifiable
    judged = {
        Reason.IDENTIFIABLE_NOT_WRITTEN: identifiable
        and not (attestation is not None and attestation.written),
        Reason.MORE_IDENTIFIABLE_THAN_SHOWN: identifiable
        and not found.answer.identifiable.counts_as_identifiable,
        Reason.OTHER_PUBLICATION: request.use_is_named
        and (not request.named or found.answer.named != request.named),
    }
    return {reason for reason, holds in judged.items() if holds}
