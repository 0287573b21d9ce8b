import pytest

from app.domain.clinical_image import ImageState
from app.domain.consent import AttestationKind
from app.domain.disclosure import OriginalExtract, Release
from app.domain.ids import ConsentId, PatientId, UseId
from app.domain.patient import PatientLinks
from app.domain.release import Reason, Refusal, Request, decide
from app.domain.rendition import Identifiable
from tests.builders import (
    PUBLICATION,
    TEACHING,
    TODAY,
    a_consent,
    a_patient_id,
    a_picture,
    a_stamp,
    a_withdrawal,
    an_answer,
    an_attestation,
)


@pytest.fixture
def patient():
    return a_patient_id()


@pytest.fixture
def picture(patient):
    return a_picture(patient)


def request_for(picture, use=TEACHING, **changes):
    values = {
        "picture": picture,
        "use": use,
        "recipient": "Dr Lindqvist",
        "on": TODAY,
        "identifiable": Identifiable.NO,
        "use_admits_identifiable": False,
        **changes,
    }
    return Request(**values)


def reasons(request, *history):
    answer = decide(request, history, PatientLinks())
    assert isinstance(answer, Refusal)
    return answer.reasons


def test_r16_granted_use_may_leave(patient, picture):
    consent = a_consent(patient, an_answer(picture))

    answer = decide(request_for(picture), (consent,), PatientLinks())

    assert isinstance(answer, Release)
    assert (answer.rendition, answer.use, answer.consent) == (
        picture.rendition.id,
        TEACHING,
        consent.id,
    )


def test_r19_picture_without_consent_may_not_leave(picture):
    assert reasons(request_for(picture)) == (Reason.NEVER_ASKED,)


def test_withdrawn_consent_refuses_teaching(patient, picture):
    history = (a_consent(patient, an_answer(picture)), a_withdrawal(patient))

    assert reasons(request_for(picture), *history) == (Reason.WITHDRAWN,)


def test_every_reason_is_said_at_once(patient):
    picture = a_picture(patient, encounter=None, state=ImageState.DISCARDED)

    found = reasons(request_for(picture, recipient=" ", identifiable=Identifiable.UNSURE))

    assert found == (
        Reason.NEVER_ASKED,
        Reason.IN_QUARANTINE,
        Reason.DISCARDED,
        Reason.NO_RECIPIENT,
        Reason.IDENTIFIABLE_NOT_ADMITTED,
    )


def test_picture_without_patient_may_not_leave():
    assert Reason.NO_PATIENT in reasons(request_for(a_picture(PatientId(""))))


def test_r21_identifiable_picture_needs_written_consent(patient, picture):
    spoken = a_consent(
        patient,
        an_answer(picture, identifiable=Identifiable.YES),
        attestation=an_attestation(AttestationKind.SPOKEN),
    )
    asked = request_for(picture, identifiable=Identifiable.YES, use_admits_identifiable=True)

    assert reasons(asked, spoken) == (Reason.IDENTIFIABLE_NOT_WRITTEN,)


def test_r21_picture_judged_identifiable_later_needs_a_new_yes(patient, picture):
    shown_as_not = a_consent(patient, an_answer(picture, identifiable=Identifiable.NO))
    asked = request_for(picture, identifiable=Identifiable.UNSURE, use_admits_identifiable=True)

    assert reasons(asked, shown_as_not) == (Reason.MORE_IDENTIFIABLE_THAN_SHOWN,)


@pytest.mark.parametrize("named", ["", "Another Journal"])
def test_r17_publication_is_for_the_named_journal_only(patient, picture, named):
    consent = a_consent(patient, an_answer(picture, PUBLICATION, named="Skin Journal"))
    asked = request_for(picture, PUBLICATION, use_is_named=True, named=named)

    assert reasons(asked, consent) == (Reason.OTHER_PUBLICATION,)


def test_r17_publication_in_the_named_journal_may_leave(patient, picture):
    consent = a_consent(patient, an_answer(picture, PUBLICATION, named="Skin Journal"))
    asked = request_for(picture, PUBLICATION, use_is_named=True, named="Skin Journal")

    assert isinstance(decide(asked, (consent,), PatientLinks()), Release)


def test_nobody_else_makes_a_release(picture):
    with pytest.raises(TypeError):
        Release(
            picture.rendition.id,
            picture.rendition.sha256,
            UseId("teaching-local"),
            "anybody",
            ConsentId("made-up"),
            None,
            proof=object(),
        )


@pytest.mark.parametrize(("reason", "recipient"), [("", "Dr A"), ("second opinion", "  ")])
def test_an_extract_names_reason_and_recipient(picture, reason, recipient):
    with pytest.raises(ValueError, match="names its reason"):
        OriginalExtract(picture.filed.id, reason, recipient, a_stamp())
