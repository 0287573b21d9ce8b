"""The asking on the patient's side: what was shown and answered, and handing the screen over."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.audit import Action
from app.domain.clinical_image import kept
from app.domain.consent_draft import Asking, ConsentDraft, DraftPicture
from app.domain.consent_form import ConsentForm
from app.domain.encounter import Encounter
from app.domain.ids import EncounterId, UseId
from app.domain.staff import Right
from app.errors import KnownError
from app.services.ports import Desk, Pins, Records, UnitOfWork


class NothingToShowError(KnownError):
    """There is no checked picture."""

    code = "SESSION-012"
    message = "There is no checked picture to show to the patient."
    advice = "Take or import a picture and finish the check first."


class CareRecordOnlyError(KnownError):
    """The person cannot decide for the time being."""

    code = "SESSION-013"
    message = "The patient cannot decide for the time being, so nothing else is asked today."
    advice = "Close the session: the pictures stay in the care record. Ask after recovery."


class WrongPinError(KnownError):
    """The staff PIN was wrong."""

    code = "SESSION-014"
    message = "That PIN is not right."
    advice = "Try again. A member of staff sets a new PIN in Settings."


class AskingStoppedError(KnownError):
    """The patient ended the asking of this visit."""

    code = "SESSION-027"
    message = "The patient asked to stop, so nothing is asked in this session any more."
    advice = "Close the session, and choose what becomes of today's pictures."


def begin(
    uow: UnitOfWork,
    desk: Desk,
    encounter: EncounterId,
    form: ConsentForm,
    named: Mapping[UseId, str],
) -> ConsentDraft:
    """The draft for today's pictures; one that was begun about the same pictures goes on.

    After "Not now" it is open again; after "I want to stop" it stays ended, also after a crash.

    Args:
        named: The journal or study for the uses that need one; those not named are not asked.

    Raises:
        NothingToShowError: No picture was checked.
        CareRecordOnlyError: The person cannot decide for the time being.
        AskingStoppedError: The patient stopped the asking about other pictures of this visit (R3).
    """
    desk.staff.require(Right.OBTAIN_CONSENT)
    with uow:
        found = _open_encounter(uow, encounter)
        pictures = _pictures(uow, encounter)
        fresh = ConsentDraft(
            form=form.id,
            form_version=form.version,
            form_sha256=form.text_sha256,
            language=form.language,
            pictures=pictures,
            uses=_asked(form, named),
            named=dict(named),
        )
        begun = uow.encounters.draft(encounter)
        if begun is not None and _same_asking(begun, fresh):
            if begun.state is not Asking.NOT_NOW:
                return begun
            fresh = begun.take_up_again()
        elif begun is not None and begun.state is Asking.STOPPED:
            raise AskingStoppedError
        uow.encounters.set_draft(encounter, fresh, desk.stamp())
        uow.record(
            desk.event(
                Action.FORM_USED,
                found.patient,
                encounter=encounter,
                form=form.id,
                version=form.version,
                language=form.language,
                pictures=len(pictures),
                uses=len(fresh.uses),
            )
        )
        uow.commit()
    return fresh


def save(uow: UnitOfWork, desk: Desk, encounter: EncounterId, draft: ConsentDraft) -> None:
    """Keep what the patient's side recorded, so that a crash loses nothing."""
    desk.staff.require(Right.OBTAIN_CONSENT)
    with uow:
        found = _open_encounter(uow, encounter)
        uow.encounters.set_draft(encounter, draft, desk.stamp())
        uow.record(
            desk.event(
                Action.DRAFT_SAVED,
                found.patient,
                encounter=encounter,
                state=draft.state.value,
                answers=len(draft.answers),
            )
        )
        uow.commit()


def hand_over(uow: UnitOfWork, desk: Desk, encounter: EncounterId) -> None:
    """Record that the screen was given to the patient."""
    desk.staff.require(Right.OBTAIN_CONSENT)
    _note(uow, desk, encounter, Action.SCREEN_HANDED_OVER)


def take_back(uow: UnitOfWork, desk: Desk, encounter: EncounterId, pins: Pins, pin: str) -> None:
    """Give the screen back to staff.

    Raises:
        WrongPinError: The PIN is not right; that is recorded too.
    """
    desk.staff.require(Right.OBTAIN_CONSENT)
    if not desk.staff.pin_verifier or not pins.matches(pin, desk.staff.pin_verifier):
        with uow:
            uow.record(desk.failure(Action.PIN_REFUSED, encounter=encounter))
            uow.commit()
        raise WrongPinError
    _note(uow, desk, encounter, Action.SCREEN_TAKEN_BACK)


def _note(uow: UnitOfWork, desk: Desk, encounter: EncounterId, action: Action) -> None:
    with uow:
        found = _open_encounter(uow, encounter)
        uow.record(desk.event(action, found.patient, encounter=encounter))
        uow.commit()


def _open_encounter(records: Records, encounter: EncounterId) -> Encounter:
    found = records.encounters.get(encounter)
    if found is None or not found.open:
        raise NothingToShowError
    if found.before is not None and found.before.care_record_only:
        raise CareRecordOnlyError
    return found


def _pictures(records: Records, encounter: EncounterId) -> tuple[DraftPicture, ...]:
    pictures = []
    for filed in kept(records.images.of_encounter(encounter)):
        made = records.images.renditions(filed.id)
        assessment = records.images.assessment(made[-1].id) if made else None
        if assessment is None:
            raise NothingToShowError
        pictures.append(DraftPicture(made[-1].id, made[-1].sha256, assessment.identifiable))
    if not pictures:
        raise NothingToShowError
    return tuple(pictures)


def _asked(form: ConsentForm, named: Mapping[UseId, str]) -> tuple[UseId, ...]:
    things = {form.use(use).needs_named for use, name in named.items() if name.strip()}
    return tuple(use.id for use in form.asked_of_patient(things))


def _same_asking(begun: ConsentDraft, fresh: ConsentDraft) -> bool:
    return (begun.form, begun.form_version, begun.pictures, begun.uses, dict(begun.named)) == (
        fresh.form,
        fresh.form_version,
        fresh.pictures,
        fresh.uses,
        dict(fresh.named),
    )
