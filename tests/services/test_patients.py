from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.audit import Action
from app.domain.ids import FactId, PatientId
from app.domain.patient import Demographics, Likeness, PatientIdentifier
from app.domain.staff import NotPermittedError, Role
from app.services import encounters, patients
from app.services.patients import (
    BirthDateInFutureError,
    BothInSessionError,
    CannotMergeError,
    IdentifierTakenError,
    NameMissingError,
    NoSuchPatientError,
)
from tests.builders import TODAY, demographics


def test_a_new_patient_is_found_by_the_beginning_of_words(room):
    patient = room.patient(family="Müller", mrn="0042-771")

    for words in ("mull", "AMAR", "0042", "muller amara", "0042771"):
        assert [p.id for p in room.read(lambda r, w=words: patients.find(r, w))] == [patient]


def test_an_identifier_belongs_to_one_patient(room):
    room.patient(mrn="1")

    with pytest.raises(IdentifierTakenError):
        room.patient(given="Chidi", mrn="1")


def test_a_birth_in_the_future_is_refused(room):
    with pytest.raises(BirthDateInFutureError):
        room.patient(born=TODAY + timedelta(days=1))


def test_a_patient_has_a_name_or_an_identifier(room):
    with pytest.raises(NameMissingError):
        patients.create(room.uow(), room.desk, Demographics())
    number = Demographics(identifiers=(PatientIdentifier("MRN", "7"),))

    assert patients.create(room.uow(), room.desk, number).now.unnamed


def test_corrections_keep_what_was_there(room):
    patient = room.patient(given="Amara")

    changed = patients.correct(
        room.uow(), room.desk, patient, demographics(given="Amarachi"), reason="misspelt"
    )

    assert [v.demographics.given for v in changed.history] == ["Amara", "Amarachi"]
    assert changed.history[-1].reason == "misspelt"


def test_correcting_nothing_records_nothing(room):
    patient = room.patient()
    before = room.actions()

    patients.correct(room.uow(), room.desk, patient, demographics())

    assert room.actions() == before


def test_a_patient_keeps_their_own_identifier_when_corrected(room):
    patient = room.patient(mrn="1")

    changed = patients.correct(room.uow(), room.desk, patient, demographics(given="Ama", mrn="1"))

    assert changed.now.given == "Ama"


def test_an_unknown_identifier_makes_an_unnamed_patient_once(room):
    wristband = PatientIdentifier("MRN", "0042-771")

    first = patients.identified(room.uow(), room.desk, wristband)
    second = patients.identified(room.uow(), room.desk, PatientIdentifier("mrn", "0042 771"))

    assert first.now.unnamed
    assert second.id == first.id


def test_an_identifier_of_two_patients_proposes_nobody(room):
    wristband = PatientIdentifier("MRN", "1")
    one = patients.identified(room.uow(), room.desk, wristband)
    with room.uow() as uow:
        twin = replace(one.history[0], id=FactId("fact"), patient=PatientId("twin"))
        uow.patients.add_version(twin)
        uow.record(room.desk.event(Action.PATIENT_CREATED))
        uow.commit()

    with pytest.raises(IdentifierTakenError):
        patients.identified(room.uow(), room.desk, wristband)


def test_an_unknown_patient_is_said(room):
    with pytest.raises(NoSuchPatientError):
        patients.open_page(room.uow(), room.desk, PatientId("nobody"))


def test_possible_duplicates_are_named_likeliest_first(room):
    similar = room.patient(given="Amarah")
    same = room.patient()
    room.patient(family="Nobody", given="Else")

    found = room.read(lambda r: patients.possible_duplicates(r, demographics()))
    without = room.read(lambda r: patients.possible_duplicates(r, demographics(), but=same))

    assert [(d.patient.id, d.why) for d in found] == [
        (same, Likeness.SAME_NAME_AND_BIRTH),
        (similar, Likeness.SIMILAR),
    ]
    assert [d.patient.id for d in without] == [similar]


def test_merged_records_are_one_person_until_they_are_parted(room):
    one, other = room.patient(mrn="1"), room.patient(given="A", mrn="2")

    patients.merge(room.uow(), room.desk, one, into=other, reason="same person")

    assert room.read(lambda r: patients.known(r, one)).id == other
    assert set(room.read(lambda r: patients.everyone(r, one))) == {one, other}
    shown = room.read(lambda r: patients.shown_demographics(r, one))
    assert {i.value for i in shown.identifiers} == {"1", "2"}

    parted = patients.unmerge(room.uow(), room.desk, one, reason="two persons")

    assert parted.id == one
    assert room.read(lambda r: patients.everyone(r, one)) == (one,)


def test_a_record_is_merged_once_and_never_with_itself(room):
    one, other = room.patient(), room.patient(given="Chidi")

    with pytest.raises(CannotMergeError):
        patients.merge(room.uow(), room.desk, one, into=one, reason="x")
    with pytest.raises(CannotMergeError):
        patients.unmerge(room.uow(), room.desk, one, reason="x")
    patients.merge(room.uow(), room.desk, one, into=other, reason="x")
    with pytest.raises(CannotMergeError):
        patients.merge(room.uow(), room.desk, one, into=room.patient(given="Z"), reason="x")


def test_a_merged_patient_has_one_unfinished_visit(room):
    one, other = room.patient(), room.patient(given="Chidi")
    room.visit(one)
    patients.merge(room.uow(), room.desk, one, into=other, reason="x")

    with pytest.raises(encounters.PatientBusyError):
        encounters.begin(room.uow(), room.desk, other)


def test_records_that_both_have_an_open_visit_are_not_merged(room):
    one, other, third = room.patient(), room.patient(given="Chidi"), room.patient(given="Ada")
    visit = room.visit(one)
    patients.merge(room.uow(), room.desk, one, into=third, reason="same")
    room.visit(other)

    with pytest.raises(BothInSessionError):
        patients.merge(room.uow(), room.desk, other, into=third, reason="x")
    with pytest.raises(BothInSessionError):
        patients.merge(room.uow(), room.desk, third, into=other, reason="x")
    encounters.abandon(room.uow(), room.desk, visit.id, keep_pictures=False)

    assert patients.merge(room.uow(), room.desk, other, into=third, reason="x").id == third


def test_photographers_merge_nobody(room):
    one, other = room.patient(), room.patient(given="Chidi")

    with pytest.raises(NotPermittedError):
        patients.merge(room.uow(), room.as_role(Role.PHOTOGRAPHER), one, into=other, reason="x")


def test_opening_a_page_is_recorded(room):
    patient = room.patient()

    assert patients.open_page(room.uow(), room.desk, patient).id == patient
    assert room.actions()[0] is Action.PATIENT_OPENED
