"""Opening a visit, settling what comes before the camera, moving between steps, and ending it."""

from __future__ import annotations

from app.domain.audit import Action, AuditEvent
from app.domain.clinical_image import FiledImage, ImageFact, ImageFactKind, ImageState, kept
from app.domain.consent_draft import Asking
from app.domain.encounter import BeforeCamera, CareRecord, Encounter, Ending, Step
from app.domain.ids import EncounterId, FactId, PatientId, RenditionId
from app.domain.staff import Right
from app.errors import KnownError
from app.services import withdrawals
from app.services.ports import Desk, Records, UnitOfWork


class NoSuchEncounterError(KnownError):
    """An id that no session has."""

    code = "SESSION-002"
    message = "There is no such session in this vault."
    advice = "Open the patient's page: it lists every session."


class EncounterEndedError(KnownError):
    """The session is closed."""

    code = "SESSION-003"
    message = "This session has ended."
    advice = "Start a new session for the patient."


class StepTooEarlyError(KnownError):
    """Something has to be settled first."""

    code = "SESSION-004"
    message = "This step cannot begin yet."
    advice = "Finish the step that is marked: each later one builds on it."


class PatientBusyError(KnownError):
    """The patient has an unfinished session."""

    code = "SESSION-005"
    message = "This patient has an unfinished session."
    advice = "Continue that session, or close it first."


def begin(uow: UnitOfWork, desk: Desk, patient: PatientId) -> Encounter:
    """Open a visit for a patient.

    Raises:
        PatientBusyError: The patient has an unfinished visit.
    """
    desk.staff.require(Right.CAPTURE)
    with uow:
        links = uow.patients.links()
        if _busy(uow, patient):
            raise PatientBusyError
        encounter = Encounter(
            EncounterId(desk.clock.new_id()), links.survivor(patient), desk.stamp()
        )
        uow.encounters.open(encounter)
        uow.record(_event(desk, Action.ENCOUNTER_OPENED, encounter))
        uow.commit()
        return _known(uow, encounter.id)


def resume(uow: UnitOfWork, desk: Desk, encounter: EncounterId) -> Encounter:
    """An unfinished visit, to go on at its step.

    Raises:
        EncounterEndedError: It has ended.
    """
    desk.staff.require(Right.CAPTURE)
    with uow:
        found = _going_on(uow, encounter)
        uow.record(_event(desk, Action.ENCOUNTER_RESUMED, found, step=int(found.step)))
        uow.commit()
    return found


def settle(uow: UnitOfWork, desk: Desk, encounter: EncounterId, before: BeforeCamera) -> Encounter:
    """Record who decides and whether photographs may be taken; a no ends the visit (R29).

    Raises:
        StepTooEarlyError: A no, while pictures are there: what becomes of them is settled first.
    """
    desk.staff.require(Right.CAPTURE)
    with uow:
        found = _going_on(uow, encounter)
        declined = before.care_record is CareRecord.DECLINED
        if declined and kept(uow.images.of_encounter(found.id)):
            raise StepTooEarlyError
        uow.encounters.set_before(found.id, before, desk.stamp())
        _ask_anew(uow, desk, found, before)
        uow.record(
            _event(desk, Action.ENCOUNTER_PREPARED, found, care_record=before.care_record.value)
        )
        if declined:
            uow.encounters.end(found.id, Ending.DECLINED, "", desk.stamp())
            uow.record(_event(desk, Action.ENCOUNTER_ENDED, found, ending=Ending.DECLINED.value))
        uow.commit()
        return _known(uow, found.id)


def _ask_anew(uow: UnitOfWork, desk: Desk, found: Encounter, before: BeforeCamera) -> None:
    """Answers count for whoever gave them: when somebody else decides, they are asked (R1)."""
    draft, was = uow.encounters.draft(found.id), found.before
    if draft is None or was is None:
        return
    if (was.consenter, was.capacity) != (before.consenter, before.capacity):
        uow.encounters.set_draft(found.id, draft.ask_somebody_else(), desk.stamp())


def go_to(uow: UnitOfWork, desk: Desk, encounter: EncounterId, step: Step) -> Encounter:
    """Record that the session stands at a step; going back loses nothing.

    Raises:
        StepTooEarlyError: What the step builds on is not settled.
    """
    desk.staff.require(Right.CAPTURE)
    with uow:
        found = _going_on(uow, encounter)
        if step > reachable(uow, found):
            raise StepTooEarlyError
        if step is found.step:
            return found
        uow.encounters.set_step(found.id, step, desk.stamp())
        uow.record(_event(desk, Action.ENCOUNTER_STEPPED, found, step=int(step)))
        uow.commit()
        return _known(uow, found.id)


def reachable(records: Records, encounter: Encounter) -> Step:
    """The furthest step that may begin now."""
    before = encounter.before
    if before is None or before.care_record is CareRecord.DECLINED:
        return Step.BEFORE
    pictures = kept(records.images.of_encounter(encounter.id))
    if not pictures:
        return Step.CAPTURE
    shown = {_checked(records, picture) for picture in pictures}
    if None in shown:
        return Step.CHECK
    return _asked_so_far(records, encounter, shown)


def _asked_so_far(records: Records, encounter: Encounter, shown: set[RenditionId | None]) -> Step:
    draft = records.encounters.draft(encounter.id)
    covers = draft is not None and {p.rendition for p in draft.pictures} == shown
    if draft is None or not covers or draft.state is not Asking.ANSWERED:
        return Step.SHOW
    recorded = records.consents.of_encounter(encounter.id)
    answered = any({a.rendition for a in consent.answers} == shown for consent in recorded)
    return Step.COPY if answered else Step.SIGN


def complete(uow: UnitOfWork, desk: Desk, encounter: EncounterId) -> Encounter:
    """End a visit in the ordinary way: consent recorded, or put off with "not now".

    Raises:
        StepTooEarlyError: There are pictures, and nobody was asked about any.
    """
    desk.staff.require(Right.CAPTURE)
    with uow:
        found = _going_on(uow, encounter)
        draft = uow.encounters.draft(found.id)
        put_off = draft is not None and draft.state is Asking.NOT_NOW
        care_only = found.before is not None and found.before.care_record_only
        asked = bool(uow.consents.of_encounter(found.id))
        if kept(uow.images.of_encounter(found.id)) and not (put_off or care_only or asked):
            raise StepTooEarlyError
        return _end(uow, desk, found, Ending.COMPLETED, "")


def abandon(
    uow: UnitOfWork, desk: Desk, encounter: EncounterId, *, keep_pictures: bool, reason: str = ""
) -> Encounter:
    """End a visit before its time; today's pictures are discarded unless kept with a reason.

    Discarding erases the bytes and leaves a tombstone: that there was a picture, and its hash.
    After a stop, a yes that was signed before it in this visit is taken back.

    Raises:
        StepTooEarlyError: Pictures are to be kept, but nobody agreed to photographs or no
            reason was given.
    """
    desk.staff.require(Right.CAPTURE)
    with uow:
        found = _going_on(uow, encounter)
        pictures = kept(uow.images.of_encounter(found.id))
        if keep_pictures and pictures and (found.before is None or not reason.strip()):
            raise StepTooEarlyError
        draft = uow.encounters.draft(found.id)
        if draft is not None and draft.state is Asking.STOPPED:
            withdrawals.end_asking(uow, desk, found)
        if not keep_pictures:
            for picture in pictures:
                _discard(uow, desk, picture)
        return _end(uow, desk, found, Ending.ABANDONED, reason)


def take_up_again(uow: UnitOfWork, desk: Desk, encounter: EncounterId) -> Encounter:
    """Go on with a visit whose asking was put off with "not now".

    Raises:
        EncounterEndedError: Its asking was not put off.
        PatientBusyError: The patient has another unfinished visit.
    """
    desk.staff.require(Right.OBTAIN_CONSENT)
    with uow:
        found = _known(uow, encounter)
        draft = uow.encounters.draft(found.id)
        if draft is None or draft.state is not Asking.NOT_NOW:
            raise EncounterEndedError
        if _busy(uow, found.patient, but=found.id):
            raise PatientBusyError
        uow.encounters.set_draft(found.id, draft.take_up_again(), desk.stamp())
        if found.open:
            uow.encounters.set_step(found.id, Step.SHOW, desk.stamp())
        else:
            uow.encounters.reopen(found.id, Step.SHOW, desk.stamp())
        uow.record(_event(desk, Action.ENCOUNTER_RESUMED, found, step=int(Step.SHOW)))
        uow.commit()
        return _known(uow, found.id)


def _checked(records: Records, picture: FiledImage) -> RenditionId | None:
    """The rendition in use, once it was checked."""
    made = records.images.renditions(picture.id)
    if not made or records.images.assessment(made[-1].id) is None:
        return None
    return made[-1].id


def _discard(uow: UnitOfWork, desk: Desk, picture: FiledImage) -> None:
    fact = ImageFact(
        FactId(desk.clock.new_id()),
        picture.id,
        ImageFactKind.STATE,
        ImageState.DISCARDED,
        desk.stamp(),
    )
    uow.images.add_fact(fact)
    blobs = [picture.image.original, picture.image.thumbnail]
    for blob in (*blobs, *(r.blob for r in uow.images.renditions(picture.id))):
        uow.blobs.erase(blob)
    uow.record(
        desk.event(
            Action.IMAGE_STATE_CHANGED,
            picture.patient,
            image=picture.id,
            state=ImageState.DISCARDED.value,
            sha256=picture.image.sha256,
        )
    )


def _end(uow: UnitOfWork, desk: Desk, found: Encounter, ending: Ending, reason: str) -> Encounter:
    uow.encounters.end(found.id, ending, reason, desk.stamp())
    uow.record(_event(desk, Action.ENCOUNTER_ENDED, found, ending=ending.value))
    uow.commit()
    return _known(uow, found.id)


def _busy(records: Records, patient: PatientId, *, but: EncounterId | None = None) -> bool:
    links = records.patients.links()
    unfinished = [e for e in records.encounters.unfinished() if e.id != but]
    return any(links.same(e.patient, patient) for e in unfinished)


def _known(records: Records, encounter: EncounterId) -> Encounter:
    found = records.encounters.get(encounter)
    if found is None:
        raise NoSuchEncounterError
    return found


def _going_on(records: Records, encounter: EncounterId) -> Encounter:
    found = _known(records, encounter)
    if not found.open:
        raise EncounterEndedError
    return found


def _event(desk: Desk, action: Action, encounter: Encounter, **details: str | int) -> AuditEvent:
    return desk.event(action, encounter.patient, encounter=encounter.id, **details)
