from datetime import timedelta

import pytest

from app.domain.consent import Decision
from app.domain.ids import FactId, PatientId
from app.domain.patient import LinkKind, PatientLink, PatientLinks
from app.domain.standing import State, best_standing, standing
from tests.builders import (
    COLLEAGUE,
    PUBLICATION,
    TEACHING,
    TODAY,
    a_consent,
    a_patient_id,
    a_picture,
    a_refiling,
    a_stamp,
    a_withdrawal,
    an_answer,
    an_id,
)

NO_LINKS = PatientLinks()


def merged(patient, survivor, kind=LinkKind.MERGED):
    return PatientLink(FactId(an_id()), kind, patient, survivor, a_stamp(), "same person")


@pytest.fixture
def patient():
    return a_patient_id()


@pytest.fixture
def picture(patient):
    return a_picture(patient)


def state(picture, *history, use=TEACHING, links=NO_LINKS, on=TODAY):
    return standing(picture, use, history, links, on=on).state


def test_nothing_recorded_means_never_asked(picture):
    assert state(picture) is State.NEVER_ASKED


def test_r23_latest_answer_decides(patient, picture):
    yes = a_consent(patient, an_answer(picture))
    no = a_consent(patient, an_answer(picture, decision=Decision.REFUSED))

    assert state(picture, yes) is State.GRANTED
    assert state(picture, yes, no) is State.REFUSED
    assert state(picture, no, yes) is State.GRANTED


def test_r23_consented_twice_withdrawn_once_is_withdrawn(patient, picture):
    first = a_consent(patient, an_answer(picture))
    second = a_consent(patient, an_answer(picture))

    assert state(picture, first, second, a_withdrawal(patient)) is State.WITHDRAWN


def test_r23_grant_reaches_only_the_renditions_it_lists(patient, picture):
    other = a_picture(patient)

    assert state(other, a_consent(patient, an_answer(picture))) is State.NEVER_ASKED


def test_r23_a_new_grant_revives_nothing_else(patient, picture):
    other = a_picture(patient)
    both = a_consent(patient, an_answer(picture), an_answer(other))
    again = a_consent(patient, an_answer(other))
    history = (both, a_withdrawal(patient), again)

    assert state(picture, *history) is State.WITHDRAWN
    assert state(other, *history) is State.GRANTED


def test_withdrawal_by_use_leaves_other_uses(patient, picture):
    consent = a_consent(patient, an_answer(picture), an_answer(picture, COLLEAGUE))
    history = (consent, a_withdrawal(patient, TEACHING))

    assert state(picture, *history) is State.WITHDRAWN
    assert state(picture, *history, use=COLLEAGUE) is State.GRANTED


def test_withdrawal_leaves_a_refusal_a_refusal(patient, picture):
    no = a_consent(patient, an_answer(picture, decision=Decision.REFUSED))

    assert state(picture, no, a_withdrawal(patient)) is State.REFUSED


def test_withdrawal_of_another_patient_changes_nothing(patient, picture):
    yes = a_consent(patient, an_answer(picture))

    assert state(picture, yes, a_withdrawal(a_patient_id())) is State.GRANTED


def test_withdrawal_before_any_grant_does_not_outlast_it(patient, picture):
    yes = a_consent(patient, an_answer(picture))

    assert state(picture, a_withdrawal(patient), yes) is State.GRANTED


def test_grant_ends_after_its_last_day(patient, picture):
    yes = a_consent(patient, an_answer(picture, until=TODAY))

    assert state(picture, yes) is State.GRANTED
    assert state(picture, yes, on=TODAY + timedelta(days=1)) is State.EXPIRED


def test_r20_changed_rendition_needs_new_yes(patient, picture):
    yes = a_consent(patient, an_answer(picture))
    changed = a_picture(patient)

    assert state(changed, yes) is State.NEVER_ASKED


def test_consent_for_a_misfiled_picture_is_void(patient, picture):
    wrong = a_patient_id()
    given = a_consent(wrong, an_answer(picture))
    history = (given, a_refiling(picture, wrong, patient))

    assert state(picture, *history) is State.VOID


def test_filing_back_does_not_revive_a_void_consent(patient, picture):
    other = a_patient_id()
    given = a_consent(patient, an_answer(picture))
    history = (given, a_refiling(picture, patient, other), a_refiling(picture, other, patient))

    assert state(picture, *history) is State.VOID


def test_refiling_another_picture_changes_nothing(patient, picture):
    other = a_picture(patient)
    given = a_consent(patient, an_answer(picture))

    assert state(picture, given, a_refiling(other, patient, a_patient_id())) is State.GRANTED


def test_consent_survives_a_merge_and_its_taking_back(patient, picture):
    survivor = a_patient_id()
    given = a_consent(patient, an_answer(picture))
    joined = PatientLinks((merged(patient, survivor),))
    parted = PatientLinks((*joined.links, merged(patient, survivor, LinkKind.UNMERGED)))

    assert state(picture, given, links=joined) is State.GRANTED
    assert state(picture, given, links=parted) is State.GRANTED


def test_withdrawal_while_merged_holds_after_unmerging(patient, picture):
    survivor = a_patient_id()
    given = a_consent(patient, an_answer(picture))
    withdrawn = a_withdrawal(survivor, others=(patient,))
    parted = PatientLinks((merged(patient, survivor), merged(patient, survivor, LinkKind.UNMERGED)))

    assert state(picture, given, withdrawn, links=parted) is State.WITHDRAWN


def test_a_consent_of_somebody_else_is_void_without_a_refiling_on_record(picture):
    stranger = a_patient_id()

    assert state(picture, a_consent(stranger, an_answer(picture))) is State.VOID


def test_a_picture_without_patient_has_no_valid_grant():
    picture = a_picture(PatientId(""))
    given = a_consent(a_patient_id(), an_answer(picture))

    assert state(picture, given) is State.VOID
    assert state(picture, given, a_withdrawal(a_patient_id())) is State.VOID


def test_best_standing_prefers_a_grant_for_any_picture(patient, picture):
    other = a_picture(patient)
    history = (
        a_consent(
            patient,
            an_answer(picture),
            an_answer(other, decision=Decision.REFUSED),
            an_answer(picture, COLLEAGUE, Decision.REFUSED),
            an_answer(other, COLLEAGUE, Decision.REFUSED),
        ),
    )

    found = best_standing(
        (picture, other), (TEACHING, COLLEAGUE, PUBLICATION), history, NO_LINKS, on=TODAY
    )

    assert {use: s.state for use, s in found.items()} == {
        TEACHING: State.GRANTED,
        COLLEAGUE: State.REFUSED,
        PUBLICATION: State.NEVER_ASKED,
    }


def test_best_standing_of_no_pictures_is_never_asked():
    found = best_standing((), (TEACHING,), (), NO_LINKS, on=TODAY)

    assert found[TEACHING].state is State.NEVER_ASKED
    assert found[TEACHING].until is None
