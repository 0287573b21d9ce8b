from dataclasses import replace

import pytest

from app.domain.audit import Action
from app.domain.clinical_image import ImageState
from app.domain.consent import Decision
from app.domain.consent_draft import Asking
from app.domain.encounter import (
    BeforeCamera,
    Capacity,
    CareRecord,
    Consenter,
    ConsenterKind,
    Ending,
    Step,
)
from app.domain.ids import EncounterId
from app.domain.staff import NotPermittedError, Role
from app.errors import KnownError
from app.services import consents, encounters
from app.services.encounters import (
    EncounterEndedError,
    NoSuchEncounterError,
    PatientBusyError,
    StepTooEarlyError,
)
from tests.builders import TEACHING, an_attestation, before_camera

TEMPORARILY = BeforeCamera(
    Consenter(ConsenterKind.PROXY, "Ngozi Okafor", "sister"),
    Capacity.TEMPORARILY_NOT_ABLE,
    "en",
    CareRecord.AGREED,
)


def test_a_visit_begins_with_identification(room):
    visit = encounters.begin(room.uow(), room.desk, room.patient())

    assert (visit.step, visit.open, visit.before) == (Step.IDENTIFY, True, None)
    assert room.actions()[0] is Action.ENCOUNTER_OPENED


def test_readers_open_no_visit(room):
    patient = room.patient()

    with pytest.raises(NotPermittedError):
        encounters.begin(room.uow(), room.as_role(Role.READER), patient)


def test_a_patient_has_one_unfinished_visit(room):
    visit = room.visit()

    with pytest.raises(PatientBusyError):
        encounters.begin(room.uow(), room.desk, visit.patient)


def test_r29_declined_before_the_camera_is_an_ordinary_ending(room):
    visit = room.visit(before=before_camera(CareRecord.DECLINED))

    assert (visit.ending, visit.ending_reason) == (Ending.DECLINED, "")
    assert room.actions()[:2] == [Action.ENCOUNTER_ENDED, Action.ENCOUNTER_PREPARED]
    with pytest.raises(KnownError):
        room.take(visit)


def test_a_no_after_photographs_is_not_settled_before_them(room):
    visit = room.visit()
    room.take(visit)

    with pytest.raises(StepTooEarlyError):
        encounters.settle(room.uow(), room.desk, visit.id, before_camera(CareRecord.DECLINED))


def test_an_ended_visit_does_not_go_on(room):
    visit = room.visit(before=before_camera(CareRecord.DECLINED))

    for attempt in (
        lambda: encounters.resume(room.uow(), room.desk, visit.id),
        lambda: encounters.go_to(room.uow(), room.desk, visit.id, Step.BEFORE),
        lambda: encounters.complete(room.uow(), room.desk, visit.id),
    ):
        with pytest.raises(EncounterEndedError):
            attempt()


def test_an_unknown_visit_is_said(room):
    with pytest.raises(NoSuchEncounterError):
        encounters.resume(room.uow(), room.desk, EncounterId("nothing"))


def test_a_closed_program_resumes_at_its_step(room):
    visit = room.visit()
    encounters.go_to(room.uow(), room.desk, visit.id, Step.CAPTURE)

    resumed = encounters.resume(room.uow(), room.desk, visit.id)

    assert (resumed.step, resumed.before) == (Step.CAPTURE, before_camera())


def test_each_step_opens_once_the_one_before_is_settled(room):
    opened = encounters.begin(room.uow(), room.desk, room.patient())
    assert room.reachable(opened.id) is Step.BEFORE

    encounters.settle(room.uow(), room.desk, opened.id, before_camera())
    assert room.reachable(opened.id) is Step.CAPTURE

    image = room.take(opened)
    assert room.reachable(opened.id) is Step.CHECK

    room.check(image)
    assert room.reachable(opened.id) is Step.SHOW

    draft = room.shown(room.ask(opened))
    room.save(opened, draft.none_of_these())
    assert room.reachable(opened.id) is Step.SIGN

    consents.sign(room.uow(), room.desk, opened.id, room.form, None)
    assert room.reachable(opened.id) is Step.COPY


def test_declining_leaves_nothing_reachable_but_the_question(room):
    visit = room.visit(before=before_camera(CareRecord.DECLINED))

    assert room.reachable(visit.id) is Step.BEFORE


def test_a_picture_taken_after_the_answers_is_asked_about_too(room):
    visit = room.visit()
    room.check(room.take(visit))
    room.save(visit, room.shown(room.ask(visit)).none_of_these())
    consents.sign(room.uow(), room.desk, visit.id, room.form, None)

    room.check(room.take(visit, b"picture 2"))

    assert room.reachable(visit.id) is Step.SHOW


def test_a_step_that_is_not_reachable_is_refused_and_nothing_changes(room):
    visit = room.visit()

    with pytest.raises(StepTooEarlyError):
        encounters.go_to(room.uow(), room.desk, visit.id, Step.SIGN)

    assert room.read(lambda records: records.encounters.get(visit.id)).step is visit.step


def test_going_where_one_is_records_nothing(room):
    visit = room.visit()
    before = room.actions()

    assert encounters.go_to(room.uow(), room.desk, visit.id, visit.step) == visit
    assert room.actions() == before


def test_completing_needs_an_answer_about_the_pictures(room):
    visit = room.visit()
    room.check(room.take(visit))

    with pytest.raises(StepTooEarlyError):
        encounters.complete(room.uow(), room.desk, visit.id)


def test_a_visit_without_pictures_completes(room):
    assert encounters.complete(room.uow(), room.desk, room.visit().id).ending is Ending.COMPLETED


def test_r6_temporary_incapacity_completes_with_the_care_record_alone(room):
    visit = room.visit(before=TEMPORARILY)
    room.check(room.take(visit))

    assert encounters.complete(room.uow(), room.desk, visit.id).ending is Ending.COMPLETED


def test_granted_and_signed_completes(room):
    visit = room.visit()
    room.check(room.take(visit))
    draft = room.shown(room.ask(visit)).no_to_the_rest()
    room.save(visit, draft)
    consents.sign(room.uow(), room.desk, visit.id, room.form, an_attestation())

    assert encounters.complete(room.uow(), room.desk, visit.id).ending is Ending.COMPLETED


def test_not_now_completes_and_is_taken_up_later(room):
    visit = room.visit()
    room.check(room.take(visit))
    room.save(visit, room.shown(room.ask(visit)).not_now())
    encounters.complete(room.uow(), room.desk, visit.id)

    again = encounters.take_up_again(room.uow(), room.desk, visit.id)

    assert (again.open, again.step) == (True, Step.SHOW)
    draft = room.read(lambda records: records.encounters.draft(visit.id))
    assert draft.state is Asking.OPEN


def test_not_now_is_taken_up_while_the_visit_is_open(room):
    visit = room.visit()
    room.check(room.take(visit))
    room.save(visit, room.shown(room.ask(visit)).not_now())

    assert encounters.take_up_again(room.uow(), room.desk, visit.id).step is Step.SHOW


def test_nothing_is_taken_up_while_the_patient_has_another_visit(room):
    visit = room.visit()
    room.check(room.take(visit))
    room.save(visit, room.shown(room.ask(visit)).not_now())
    encounters.complete(room.uow(), room.desk, visit.id)
    other = room.visit(visit.patient)

    with pytest.raises(PatientBusyError):
        encounters.take_up_again(room.uow(), room.desk, visit.id)
    encounters.abandon(room.uow(), room.desk, other.id, keep_pictures=False)

    assert encounters.take_up_again(room.uow(), room.desk, visit.id).open


def test_only_what_was_put_off_is_taken_up(room):
    visit = room.visit()

    with pytest.raises(EncounterEndedError):
        encounters.take_up_again(room.uow(), room.desk, visit.id)


def test_stopping_discards_todays_pictures_and_leaves_a_tombstone(room):
    visit = room.visit()
    image = room.take(visit)
    rendition = room.check(image)

    ended = encounters.abandon(room.uow(), room.desk, visit.id, keep_pictures=False)

    left = room.read(lambda records: records.images.get(image.id))
    assert (ended.ending, left.state) == (Ending.ABANDONED, ImageState.DISCARDED)
    assert left.image.sha256 == image.image.sha256
    for blob in (image.image.original, image.image.thumbnail, rendition.blob):
        with pytest.raises(KnownError):
            room.read(lambda records, blob=blob: records.blobs.read(blob))


def test_kept_for_care_after_a_stop_is_kept_for_nothing_else(room):
    visit = room.visit()
    room.check(room.take(visit))
    draft = room.shown(room.ask(visit)).answer(TEACHING, Decision.GRANTED).no_to_the_rest()
    room.save(visit, draft)
    consent = consents.sign(room.uow(), room.desk, visit.id, room.form, an_attestation())
    room.save(visit, room.ask(visit).stop())

    encounters.abandon(
        room.uow(), room.desk, visit.id, keep_pictures=True, reason="wound follow-up"
    )

    *_, withdrawal = room.read(lambda records: records.consents.history([visit.patient]))
    assert withdrawal.by_name == "Amara Okafor"
    assert withdrawal.reaches(consent.answers[0].rendition, TEACHING)
    assert room.actions()[:2] == [Action.ENCOUNTER_ENDED, Action.CONSENT_WITHDRAWN]


def test_closing_without_a_stop_takes_no_yes_back(room):
    visit = room.visit()
    room.check(room.take(visit))
    draft = room.shown(room.ask(visit)).answer(TEACHING, Decision.GRANTED).no_to_the_rest()
    room.save(visit, draft)
    consent = consents.sign(room.uow(), room.desk, visit.id, room.form, an_attestation())

    encounters.abandon(room.uow(), room.desk, visit.id, keep_pictures=True, reason="fire alarm")

    assert room.read(lambda records: records.consents.history([visit.patient])) == (consent,)


def test_keeping_pictures_for_care_needs_a_reason(room):
    visit = room.visit()
    image = room.take(visit)

    with pytest.raises(StepTooEarlyError):
        encounters.abandon(room.uow(), room.desk, visit.id, keep_pictures=True, reason=" ")
    ended = encounters.abandon(
        room.uow(), room.desk, visit.id, keep_pictures=True, reason="wound follow-up"
    )

    assert ended.ending_reason == "wound follow-up"
    assert room.read(lambda records: records.images.get(image.id)).state is ImageState.KEPT


def test_abandoning_before_anything_needs_nothing(room):
    visit = encounters.begin(room.uow(), room.desk, room.patient())

    ended = encounters.abandon(room.uow(), room.desk, visit.id, keep_pictures=True)

    assert ended.ending is Ending.ABANDONED


def test_no_staff_name_or_reason_reaches_the_audit_trail(room):
    visit = room.visit()
    room.take(visit)
    encounters.abandon(room.uow(), room.desk, visit.id, keep_pictures=True, reason="MARKED WORD")

    bodies = room.read(lambda records: [r.body for r in records.audit.newest(limit=100)])

    assert not [b for b in bodies if "MARKED" in b or "Byrne" in b or "Okafor" in b]
    assert replace(visit, ending=None).open
