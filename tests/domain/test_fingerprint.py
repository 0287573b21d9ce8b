from dataclasses import dataclass, replace

from app.domain.fingerprint import fingerprint
from tests.builders import (
    TEACHING,
    a_consent,
    a_patient_id,
    a_picture,
    a_refiling,
    a_withdrawal,
    an_answer,
)


def test_a_fact_has_one_fingerprint_and_any_change_another():
    patient = a_patient_id()
    consent = a_consent(patient, an_answer(a_picture(patient)))
    withdrawal = a_withdrawal(patient, TEACHING)

    assert fingerprint(consent) == fingerprint(replace(consent))
    assert fingerprint(consent) != fingerprint(replace(consent, patient=a_patient_id()))
    assert fingerprint(withdrawal) != fingerprint(replace(withdrawal, uses=frozenset()))
    assert fingerprint(a_refiling(a_picture(patient), patient, patient))


def test_a_member_that_is_added_later_leaves_old_fingerprints_alone():
    @dataclass(frozen=True)
    class Old:
        words: dict[str, str]

    @dataclass(frozen=True)
    class New:
        words: dict[str, str]
        more: str = ""

    assert fingerprint(Old({"a": "b"})) == fingerprint(New({"a": "b"}))
    assert fingerprint(New({"a": "b"})) != fingerprint(New({"a": "b"}, "c"))
