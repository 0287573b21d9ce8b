"""Asking, signing and withdrawing: what a yes and a no mean, on the vault of fakes."""

from dataclasses import replace
from datetime import date

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
)
from app.domain.ids import ConsentId, EncounterId, UseId
from app.domain.rendition import Box, Cover, Edits
from app.domain.standing import Picture, State, standing
from app.services import asking, consents, encounters, intake, patients, withdrawals
from app.services.asking import (
    AskingStoppedError,
    CareRecordOnlyError,
    NothingToShowError,
    WrongPinError,
)
from app.services.consents import (
    NoSuchConsentError,
    NotAnsweredError,
    NotAttestedError,
    NotUnderstoodError,
    PictureChangedError,
    until,
)
from app.services.withdrawals import NothingToWithdrawError
from tests.builders import TEACHING, TODAY, an_attestation, before_camera

COLLEAGUE = UseId("colleague-advice")
PUBLICATION = UseId("publication")
GRANTED, REFUSED = Decision.GRANTED, Decision.REFUSED


@pytest.fixture
def visit(room):
    opened = room.visit()
    for n in range(2):
        room.check(room.take(opened, b"picture %d" % n))
    return opened


def sign(room, visit, draft, attestation=None):
    room.save(visit, draft)
    return consents.sign(room.uow(), room.desk, visit.id, room.form, attestation)


def states(room, patient, use=TEACHING):
    def look(records):
        everyone = patients.everyone(records, patient)
        history, links = records.consents.history(everyone), records.patients.links()
        return {
            standing(Picture(rendition, filed), use, history, links, on=TODAY).state
            for filed in records.images.of_patients(everyone)
            for rendition in records.images.renditions(filed.id)
        }

    return room.read(look)


def test_the_patient_is_asked_every_use_but_the_care_record_and_what_is_not_named(room, visit):
    draft = room.ask(visit)

    assert draft.uses == tuple(u.id for u in room.form.asked_of_patient())
    assert UseId("care-record") not in draft.uses
    assert PUBLICATION not in draft.uses
    assert room.actions()[0] is Action.FORM_USED


def test_r17_a_named_journal_is_asked_about(room, visit):
    draft = room.shown(room.ask(visit, {PUBLICATION: "Skin Journal"}))

    consent = sign(
        room, visit, draft.answer(PUBLICATION, GRANTED).no_to_the_rest(), an_attestation()
    )

    assert {a.named for a in consent.decisions(PUBLICATION)} == {"Skin Journal"}


def test_asking_again_about_the_same_pictures_goes_on(room, visit):
    begun = room.ask(visit).answer(TEACHING, GRANTED)
    room.save(visit, begun)

    assert room.ask(visit) == begun


def test_a_changed_picture_is_asked_anew(room, visit):
    room.save(visit, room.shown(room.ask(visit)).none_of_these())
    image = room.read(lambda r: r.images.of_encounter(visit.id))[0]
    room.check(image, Edits(covers=(Cover(Box(0, 0, 9, 9)),)))

    assert room.ask(visit).answers == {}


def test_not_now_is_taken_up_when_asked_again(room, visit):
    room.save(visit, room.ask(visit).not_now())

    assert room.ask(visit).state is Asking.OPEN


def test_r3_who_stopped_is_not_asked_again(room, visit):
    room.save(visit, room.ask(visit).stop())

    assert room.ask(visit).state is Asking.STOPPED


def test_r3_another_picture_does_not_bring_the_asking_back_after_a_stop(room, visit):
    room.save(visit, room.shown(room.ask(visit)).stop())
    room.check(room.take(visit, b"picture 3"))

    with pytest.raises(AskingStoppedError):
        room.ask(visit)


def test_r1_somebody_else_who_decides_is_asked_anew(room, visit):
    room.save(visit, room.shown(room.ask(visit)).answer(TEACHING, GRANTED).no_to_the_rest())
    mother = BeforeCamera(
        Consenter(ConsenterKind.PARENT, "Ngozi Okafor", "mother"),
        Capacity.CHILD,
        "en",
        CareRecord.AGREED,
    )

    encounters.settle(room.uow(), room.desk, visit.id, mother)

    draft = room.ask(visit)
    assert (draft.answers, draft.renditions, draft.texts) == ({}, (), ())
    assert (draft.refusal_understood_at, draft.state) == (None, Asking.OPEN)
    with pytest.raises(NotAnsweredError):
        consents.sign(room.uow(), room.desk, visit.id, room.form, an_attestation())


def test_settling_the_same_again_loses_no_answer(room, visit):
    draft = room.shown(room.ask(visit)).none_of_these()
    room.save(visit, draft)

    encounters.settle(
        room.uow(), room.desk, visit.id, replace(before_camera(), chaperone="Nurse Joy Mbeki")
    )

    assert room.ask(visit) == draft


def test_r3_somebody_else_does_not_bring_the_asking_back_after_a_stop(room, visit):
    room.save(visit, room.shown(room.ask(visit)).stop())
    proxy = Consenter(ConsenterKind.PROXY, "Ngozi Okafor", "sister")

    encounters.settle(room.uow(), room.desk, visit.id, replace(before_camera(), consenter=proxy))

    assert room.ask(visit).state is Asking.STOPPED


def test_without_a_checked_picture_there_is_nothing_to_show(room):
    empty = room.visit()
    with pytest.raises(NothingToShowError):
        room.ask(empty)
    room.take(empty)
    with pytest.raises(NothingToShowError):
        room.ask(empty)
    with pytest.raises(NothingToShowError):
        asking.hand_over(room.uow(), room.desk, EncounterId("nothing"))


def test_r6_who_cannot_decide_for_now_is_asked_nothing(room):
    proxy = Consenter(ConsenterKind.PROXY, "Ngozi Okafor", "sister")
    before = BeforeCamera(proxy, Capacity.TEMPORARILY_NOT_ABLE, "en", CareRecord.AGREED)

    with pytest.raises(CareRecordOnlyError):
        room.ask(room.visit(before=before))


def test_leaving_the_patients_side_needs_the_pin(room, visit):
    asking.hand_over(room.uow(), room.desk, visit.id)

    with pytest.raises(WrongPinError):
        asking.take_back(room.uow(), room.desk, visit.id, room.pins, "0000")
    asking.take_back(room.uow(), room.desk, visit.id, room.pins, "2468")

    assert room.actions()[:3] == [
        Action.SCREEN_TAKEN_BACK,
        Action.PIN_REFUSED,
        Action.SCREEN_HANDED_OVER,
    ]


def test_without_a_pin_nothing_opens(room, visit):
    desk = replace(room.desk, staff=replace(room.desk.staff, pin_verifier=""))

    with pytest.raises(WrongPinError):
        asking.take_back(room.uow(), desk, visit.id, room.pins, "")


def test_granting_records_each_answer_with_its_end(room, visit):
    draft = room.shown(room.ask(visit)).answer(TEACHING, GRANTED).no_to_the_rest()

    consent = sign(room, visit, draft, an_attestation())

    teaching = consent.decisions(TEACHING)
    assert {(a.decision, a.until) for a in teaching} == {(GRANTED, date(2031, 11, 23))}
    assert {a.decision for a in consent.decisions(COLLEAGUE)} == {REFUSED}
    assert states(room, visit.patient) == {State.GRANTED}
    assert consent.shown.form_sha256 == room.form.text_sha256


def test_not_this_one_excludes_one_picture(room, visit):
    draft = room.shown(room.ask(visit))
    one = draft.pictures[0].rendition
    answered = draft.answer(TEACHING, GRANTED, not_these=frozenset({one})).no_to_the_rest()

    sign(room, visit, answered, an_attestation())

    assert states(room, visit.patient) == {State.GRANTED, State.REFUSED}


def test_r15_none_of_these_needs_no_signature(room, visit):
    consent = sign(room, visit, room.shown(room.ask(visit)).none_of_these(), an_attestation())

    assert consent.attestation is None
    assert states(room, visit.patient) == {State.REFUSED}


@pytest.mark.parametrize("ending", ["open", "not now", "stop"])
def test_nothing_is_recorded_before_everything_is_answered(room, visit, ending):
    draft = room.shown(room.ask(visit))
    after = {"open": draft, "not now": draft.not_now(), "stop": draft.stop()}[ending]

    with pytest.raises(NotAnsweredError):
        sign(room, visit, after, an_attestation())
    assert states(room, visit.patient) == {State.NEVER_ASKED}


def test_a_yes_without_signature_is_not_recorded(room, visit):
    draft = room.shown(room.ask(visit)).answer(TEACHING, GRANTED).no_to_the_rest()

    with pytest.raises(NotAttestedError):
        sign(room, visit, draft)


def test_r9_a_yes_without_the_understood_refusal_is_not_recorded(room, visit):
    draft = room.ask(visit).answer(TEACHING, GRANTED).no_to_the_rest()

    with pytest.raises(NotUnderstoodError):
        sign(room, visit, draft, an_attestation())


def test_r20_a_picture_changed_after_it_was_shown_needs_a_new_yes(room, visit):
    draft = room.shown(room.ask(visit)).answer(TEACHING, GRANTED).no_to_the_rest()
    room.save(visit, draft)
    image = room.read(lambda r: r.images.of_encounter(visit.id))[0]
    room.check(image, Edits(quarter_turns=1))

    with pytest.raises(PictureChangedError):
        consents.sign(room.uow(), room.desk, visit.id, room.form, an_attestation())


@pytest.mark.parametrize("move", ["refiled", "superseded", "added"])
def test_r20_only_the_pictures_of_the_visit_are_signed_for(room, visit, move):
    room.save(visit, room.shown(room.ask(visit)).answer(TEACHING, GRANTED).no_to_the_rest())
    image = room.read(lambda r: r.images.of_encounter(visit.id))[0].id
    if move == "refiled":
        other = room.patient(given="Chidi")
        intake.refile(room.uow(), room.desk, image, to=other, encounter=None, reason="mix-up")
    elif move == "superseded":
        intake.set_state(room.uow(), room.desk, image, ImageState.SUPERSEDED)
    else:
        room.take(visit, b"picture 3")

    with pytest.raises(PictureChangedError):
        consents.sign(room.uow(), room.desk, visit.id, room.form, an_attestation())


def test_r6_nothing_is_signed_once_the_patient_cannot_decide(room, visit):
    room.save(visit, room.shown(room.ask(visit)).answer(TEACHING, GRANTED).no_to_the_rest())
    consenter = Consenter(ConsenterKind.PROXY, "Ngozi Okafor", "sister")
    later = BeforeCamera(consenter, Capacity.TEMPORARILY_NOT_ABLE, "en", CareRecord.AGREED)
    with room.uow() as uow:  # as a vault of an earlier version of the program may have it
        uow.encounters.set_before(visit.id, later, room.desk.stamp())
        uow.record(room.desk.event(Action.ENCOUNTER_PREPARED, visit.patient))
        uow.commit()

    with pytest.raises(NotAnsweredError):
        consents.sign(room.uow(), room.desk, visit.id, room.form, an_attestation())


def test_signing_belongs_to_an_open_visit(room):
    with pytest.raises(NotAnsweredError):
        consents.sign(room.uow(), room.desk, EncounterId("x"), room.form, None)


def test_an_unknown_consent_is_said(room, visit):
    given = sign(room, visit, room.shown(room.ask(visit)).none_of_these())

    assert room.read(lambda r: consents.known(r, given.id)) == given
    with pytest.raises(NoSuchConsentError):
        room.read(lambda r: consents.known(r, ConsentId("x")))


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 11, 23), None, None),
        (date(2026, 11, 23), 60, date(2031, 11, 23)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_a_grant_ends_after_calendar_months(day, months, end):
    assert until(day, months) == end


def granted(room, visit, *uses):
    draft = room.shown(room.ask(visit))
    for use in uses:
        draft = draft.answer(use, GRANTED)
    return sign(room, visit, draft.no_to_the_rest(), an_attestation())


def withdraw(room, patient, *uses, **about):
    about.setdefault("by_name", "Amara Okafor")
    return withdrawals.withdraw(room.uow(), room.desk, patient, frozenset(uses), **about)


def test_withdrawing_everything_takes_every_use_back(room, visit):
    granted(room, visit, TEACHING, COLLEAGUE)

    withdraw(room, visit.patient)

    assert states(room, visit.patient) == {State.WITHDRAWN}
    assert states(room, visit.patient, COLLEAGUE) == {State.WITHDRAWN}
    assert room.actions()[0] is Action.CONSENT_WITHDRAWN


def test_withdrawing_one_use_leaves_the_others(room, visit):
    granted(room, visit, TEACHING, COLLEAGUE)

    withdraw(room, visit.patient, TEACHING, relationship="mother", reason="moved away")

    assert states(room, visit.patient) == {State.WITHDRAWN}
    assert states(room, visit.patient, COLLEAGUE) == {State.GRANTED}


def test_r23_consented_twice_withdrawn_once_is_withdrawn(room, visit):
    granted(room, visit, TEACHING)
    granted(room, visit, TEACHING)

    withdraw(room, visit.patient, TEACHING)

    assert states(room, visit.patient) == {State.WITHDRAWN}


def test_there_must_be_a_yes_to_take_back(room, visit):
    granted(room, visit, TEACHING)

    with pytest.raises(NothingToWithdrawError):
        withdraw(room, visit.patient, COLLEAGUE)
    withdraw(room, visit.patient)
    with pytest.raises(NothingToWithdrawError):
        withdraw(room, visit.patient)


def test_a_withdrawal_reaches_pictures_of_merged_records(room, visit):
    granted(room, visit, TEACHING)
    survivor = room.patient(given="Chidi")
    patients.merge(room.uow(), room.desk, visit.patient, into=survivor, reason="same")

    withdrawal = withdraw(room, survivor)
    patients.unmerge(room.uow(), room.desk, visit.patient, reason="two after all")

    assert withdrawal.patients == {survivor, visit.patient}
    assert states(room, visit.patient) == {State.WITHDRAWN}


def test_a_consent_for_a_misfiled_picture_is_void(room, visit):
    granted(room, visit, TEACHING)
    right = room.patient(given="Chidi")
    image = room.read(lambda r: r.images.of_encounter(visit.id))[0]

    intake.refile(room.uow(), room.desk, image.id, to=right, encounter=None, reason="mix-up")

    assert states(room, right) == {State.VOID}
    assert states(room, visit.patient) == {State.GRANTED}
