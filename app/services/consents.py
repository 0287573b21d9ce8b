"""Turning what the patient answered into a consent that never changes."""

from __future__ import annotations

import calendar
from datetime import date

from app.domain.audit import Action
from app.domain.clinical_image import kept
from app.domain.consent import Answer, Attestation, Consent, Decision, Shown
from app.domain.consent_draft import Asking, ConsentDraft
from app.domain.consent_form import ConsentForm
from app.domain.encounter import Encounter
from app.domain.fingerprint import fingerprint
from app.domain.ids import ConsentId, EncounterId
from app.domain.staff import Right
from app.errors import KnownError
from app.services.ports import Desk, Records, UnitOfWork


class NotAnsweredError(KnownError):
    """There are questions without an answer."""

    code = "SESSION-015"
    message = "There are questions that the patient has not answered."
    advice = "Go back to the patient's side, or choose “No to the rest” or “Not now” there."


class NotAttestedError(KnownError):
    """A yes without signature."""

    code = "SESSION-016"
    message = "The patient said yes to something, and it is not signed yet."
    advice = "Have it signed on the screen, or record the signed paper or the spoken consent."


class NotUnderstoodError(KnownError):
    """It was not confirmed that a no changes nothing about care."""

    code = "SESSION-017"
    message = "It is not confirmed that the patient knows that a no changes nothing about care."
    advice = "Go back to the patient's side and read that page together."


class NoSuchConsentError(KnownError):
    """An id that no consent has."""

    code = "SESSION-018"
    message = "There is no such consent in this vault."
    advice = "Open the patient's page: it lists every consent with its whole id."


class PictureChangedError(KnownError):
    """A picture was edited after the patient had seen it."""

    code = "SESSION-019"
    message = "A picture was changed after the patient had seen it."
    advice = "Show the pictures again: a yes is for the very picture that was on the screen."


def sign(
    uow: UnitOfWork,
    desk: Desk,
    encounter: EncounterId,
    form: ConsentForm,
    attestation: Attestation | None,
) -> Consent:
    """Record the consent of a visit, as answered on the patient's side.

    Args:
        attestation: None only when everything was refused; a refusal needs none (R15).

    Raises:
        NotAnsweredError: Something has no answer, or the asking was put off or stopped.
        NotUnderstoodError: The statement on refusing was not confirmed.
        NotAttestedError: There is a yes and no attestation.
        PictureChangedError: A picture changed, came or went since they were shown.
    """
    desk.staff.require(Right.OBTAIN_CONSENT)
    with uow:
        found = _visit(uow, encounter)
        draft = _answered(uow, encounter)
        assert form.text_sha256 == draft.form_sha256, "signed under the words that were shown"
        _require_shown(uow, draft, encounter)
        if draft.grants_anything and draft.refusal_understood_at is None:
            raise NotUnderstoodError
        if draft.grants_anything and attestation is None:
            raise NotAttestedError
        assert found.before is not None
        consent = Consent(
            id=ConsentId(desk.clock.new_id()),
            patient=found.patient,
            encounter=encounter,
            consenter=found.before.consenter,
            answers=_answers(uow, draft, form, desk.today()),
            shown=_shown(draft),
            stamp=desk.stamp(),
            attestation=attestation if draft.grants_anything else None,
        )
        uow.consents.add(consent)
        uow.record(
            desk.event(
                Action.CONSENT_SIGNED,
                found.patient,
                consent=consent.id,
                encounter=encounter,
                form=draft.form,
                version=draft.form_version,
                granted=sum(a.decision is Decision.GRANTED for a in consent.answers),
                refused=sum(a.decision is Decision.REFUSED for a in consent.answers),
                record=fingerprint(consent),
            )
        )
        uow.commit()
    return consent


def known(records: Records, consent: ConsentId) -> Consent:
    """The consent.

    Raises:
        NoSuchConsentError: There is none with this id.
    """
    found = records.consents.get(consent)
    if found is None:
        raise NoSuchConsentError
    return found


def until(day: date, months: int | None) -> date | None:
    """The last day of a grant that lasts some months; None where an event ends it."""
    if months is None:
        return None
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _visit(records: Records, encounter: EncounterId) -> Encounter:
    found = records.encounters.get(encounter)
    if found is None or not found.open or found.before is None or found.before.care_record_only:
        raise NotAnsweredError
    return found


def _answered(records: Records, encounter: EncounterId) -> ConsentDraft:
    draft = records.encounters.draft(encounter)
    if draft is None or draft.state is not Asking.ANSWERED:
        raise NotAnsweredError
    return draft


def _require_shown(records: Records, draft: ConsentDraft, encounter: EncounterId) -> None:
    """Refuse answers about anything but the very pictures of the visit (R20)."""
    in_use = set()
    for image in kept(records.images.of_encounter(encounter)):
        made = records.images.renditions(image.id)
        in_use.add((made[-1].id, made[-1].sha256) if made else None)
    if {(p.rendition, p.sha256) for p in draft.pictures} != in_use:
        raise PictureChangedError


def _answers(
    records: Records, draft: ConsentDraft, form: ConsentForm, day: date
) -> tuple[Answer, ...]:
    answers = []
    for picture in draft.pictures:
        rendition = records.images.rendition(picture.rendition)
        assert rendition is not None
        for use in draft.uses:
            decision = draft.answers[(picture.rendition, use)]
            granted = decision is Decision.GRANTED
            answers.append(
                Answer(
                    rendition=picture.rendition,
                    image=rendition.image,
                    sha256=picture.sha256,
                    use=use,
                    decision=decision,
                    identifiable=picture.identifiable,
                    until=until(day, form.use(use).expiry_months) if granted else None,
                    named=draft.named.get(use, ""),
                )
            )
    return tuple(answers)


def _shown(draft: ConsentDraft) -> Shown:
    return Shown(
        form=draft.form,
        form_version=draft.form_version,
        language=draft.language,
        form_sha256=draft.form_sha256,
        texts=draft.texts,
        renditions=draft.renditions,
        refusal_understood_at=draft.refusal_understood_at,
    )
