from dataclasses import replace

import pytest

from app.domain.consent import (
    Attestation,
    AttestationKind,
    Decision,
    Ink,
    SignerRole,
    StrokePoint,
    Withdrawal,
)
from app.domain.encounter import BeforeCamera, Capacity, CareRecord, Consenter, ConsenterKind
from app.domain.ids import PatientId, RenditionId, WithdrawalId
from tests.builders import (
    COLLEAGUE,
    TEACHING,
    a_consent,
    a_patient_id,
    a_picture,
    a_signature,
    a_stamp,
    a_withdrawal,
    an_answer,
    an_attestation,
    before_camera,
    ink,
)


def dots(*places):
    return Ink(tuple((StrokePoint(x, y, 0),) for x, y in places), aspect=0.3)


@pytest.mark.parametrize(
    ("drawn", "counts"),
    [
        (Ink((), 0.3), False),
        (dots((0.5, 0.1)), False),
        (dots((0.1, 0.1), (0.9, 0.2)), False),
        (Ink(((StrokePoint(0.1, 0.1, 0), StrokePoint(0.12, 0.1, 5)),), 0.3), False),
        (
            Ink((tuple(StrokePoint(0.5 + 0.01 * (i % 2), 0.1, i) for i in range(40)),), 0.3),
            False,
        ),
        (Ink(((StrokePoint(0.1, 0.1, 0), StrokePoint(0.4, 0.15, 9, 0.5)),), 0.3), True),
    ],
    ids=["empty", "dot", "two dots", "tick", "scribble on the spot", "line"],
)
def test_empty_or_dot_like_pads_do_not_count(drawn, counts):
    assert drawn.counts is counts


def test_an_empty_pad_is_no_signature():
    with pytest.raises(ValueError, match="no signature"):
        replace(a_signature(), ink=dots((0.5, 0.1)))


def test_a_signature_has_a_printed_name():
    with pytest.raises(ValueError, match="printed name"):
        replace(a_signature(), name=" ")


def test_the_clinician_signs_every_attestation():
    with pytest.raises(ValueError, match="clinician"):
        Attestation(AttestationKind.INK, (a_signature(),))


def test_whoever_decides_signs():
    clinician = a_signature(SignerRole.CLINICIAN)

    with pytest.raises(ValueError, match="whoever decides"):
        Attestation(AttestationKind.PAPER, (clinician,))


@pytest.mark.parametrize("kind", [AttestationKind.SPOKEN, AttestationKind.MARK])
def test_r14_spoken_consent_and_marks_have_a_witness(kind):
    without = tuple(s for s in an_attestation(kind).signatures if s.role is not SignerRole.WITNESS)

    with pytest.raises(ValueError, match="witness"):
        Attestation(kind, without)


def test_only_a_spoken_consent_is_not_written():
    assert [an_attestation(k).written for k in AttestationKind] == [True, True, False, True]


@pytest.fixture
def patient():
    return a_patient_id()


@pytest.fixture
def picture(patient):
    return a_picture(patient)


def test_a_yes_is_attested(patient, picture):
    given = a_consent(patient, an_answer(picture))

    with pytest.raises(ValueError, match="attested"):
        replace(given, attestation=None)


def test_r15_a_refusal_needs_no_signature(patient, picture):
    refused = a_consent(patient, an_answer(picture, decision=Decision.REFUSED), understood=False)

    assert refused.attestation is None
    assert not refused.grants_anything


def test_r9_a_yes_needs_the_understood_refusal(patient, picture):
    with pytest.raises(ValueError, match="R9"):
        a_consent(patient, an_answer(picture), understood=False)


def test_r20_a_yes_covers_only_what_was_shown(patient, picture):
    given = a_consent(patient, an_answer(picture))

    with pytest.raises(ValueError, match="R20"):
        replace(given, shown=replace(given.shown, renditions=()))


def test_one_answer_for_each_use_of_each_picture(patient, picture):
    with pytest.raises(ValueError, match="one answer"):
        a_consent(patient, an_answer(picture), an_answer(picture, decision=Decision.REFUSED))


def test_decisions_are_found_by_use(patient, picture):
    given = a_consent(patient, an_answer(picture), an_answer(picture, COLLEAGUE))

    assert [a.use for a in given.decisions(COLLEAGUE)] == [COLLEAGUE]


def test_a_withdrawal_reaches_its_uses_and_pictures(patient):
    by_use = a_withdrawal(patient, TEACHING)
    by_picture = replace(a_withdrawal(patient), renditions=frozenset({RenditionId("one")}))

    assert by_use.reaches(RenditionId("any"), TEACHING)
    assert not by_use.reaches(RenditionId("any"), COLLEAGUE)
    assert by_picture.reaches(RenditionId("one"), COLLEAGUE)
    assert not by_picture.reaches(RenditionId("two"), COLLEAGUE)


def test_a_withdrawal_reaches_the_patient_it_names(patient):
    with pytest.raises(ValueError, match="reaches the patient"):
        Withdrawal(
            WithdrawalId("w"), patient, frozenset({PatientId("x")}), frozenset(), "A", a_stamp()
        )


def test_whoever_takes_a_yes_back_is_named(patient):
    with pytest.raises(ValueError, match="has a name"):
        replace(a_withdrawal(patient), by_name=" ")


def test_r1_who_decides_has_a_name_and_a_relationship():
    with pytest.raises(ValueError, match="has a name"):
        Consenter(ConsenterKind.PATIENT, "")
    with pytest.raises(ValueError, match="relationship"):
        Consenter(ConsenterKind.PARENT, "Ngozi Okafor")


@pytest.mark.parametrize(
    "capacity", [Capacity.CHILD, Capacity.NOT_ABLE, Capacity.TEMPORARILY_NOT_ABLE]
)
def test_who_cannot_decide_is_represented(capacity):
    with pytest.raises(ValueError, match="represented"):
        replace(before_camera(), capacity=capacity)


def test_r6_temporary_incapacity_keeps_to_the_care_record():
    proxy = Consenter(ConsenterKind.PROXY, "Ngozi Okafor", "sister")

    before = BeforeCamera(proxy, Capacity.TEMPORARILY_NOT_ABLE, "en", CareRecord.AGREED)

    assert before.care_record_only
    assert not before_camera().care_record_only


def test_ink_has_a_length():
    assert ink().length > 0.5
