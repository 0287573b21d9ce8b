import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clinic import Clinic
from app.domain.consent import Consent, Ink, StrokePoint
from app.domain.encounter import EncounterFactKind, Step
from app.domain.ids import EncounterId, FactId, UseId
from app.domain.patient import Demographics, LinkKind, PatientLink
from app.domain.rendition import Box
from app.domain.stamp import Stamp
from app.store.codec import UnreadableBodyError, decode, encode, instant
from app.store.records.encounters import EncounterFact
from tests.builders import a_patient_id, a_stamp, a_withdrawal
from tests.contracts.test_encounters import a_draft
from tests.store.domain_values import KEPT, WITH_RULES, built


def assert_same(one, other):
    """Equal and of the same types all the way down: a word of a vocabulary equals its text."""
    assert type(one) is type(other)
    if is_dataclass(one):
        for field in fields(one):
            assert_same(getattr(one, field.name), getattr(other, field.name))
    elif isinstance(one, tuple | list):
        assert len(one) == len(other)
        for each, its in zip(one, other, strict=True):
            assert_same(each, its)
    elif isinstance(one, dict):
        assert one.keys() == other.keys()
        for key in one:
            assert_same(one[key], other[key])
    else:
        assert one == other


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind.__name__)
@settings(max_examples=20)
@given(data=st.data())
def test_every_kept_value_comes_back(kind, data):
    value = data.draw(st.from_type(kind) if kind in WITH_RULES else built(kind))

    text = encode(value)

    assert_same(decode(text, kind), value)
    assert encode(decode(text, kind)) == text


def test_body_names_its_type_and_format():
    body = json.loads(encode(Demographics("Okafor", birth_date=date(1992, 3, 12))))

    assert (body["format"], body["type"]) == (1, "Demographics")
    assert body["value"]["birth_date"] == "1992-03-12"


def test_spelling_is_canonical():
    patient = a_patient_id()
    one = a_withdrawal(patient, UseId("b"), UseId("a"))

    text = encode(one)

    assert text == json.dumps(
        json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert json.loads(text)["value"]["uses"] == ["a", "b"]


def test_moments_keep_their_zone():
    offset = timezone(timedelta(hours=-3, minutes=-30))
    at = datetime(2026, 3, 29, 1, 30, tzinfo=offset)

    assert instant(at) == "2026-03-29T05:00:00.000000Z"
    assert json.loads(encode(a_stamp()))["value"]["at"] == "2026-11-23T12:00:00.000000Z"


def test_early_years_keep_four_digits():
    assert instant(datetime(12, 3, 4, tzinfo=UTC)) == "0012-03-04T00:00:00.000000Z"


def a_link():
    one, other = a_patient_id(), a_patient_id()
    return PatientLink(FactId("l"), LinkKind.MERGED, one, other, a_stamp(), "same")


def changed(text, **members):
    body = json.loads(text)
    body["value"] |= members
    return json.dumps(body)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "7",
        "{}",
        '{"format":1,"type":"PatientLink"}',
        encode(a_link()).replace('"format":1', '"format":2'),
        encode(a_link()).replace("PatientLink", "Consent"),
        changed(encode(a_link()), surplus=1),
        changed(encode(a_link()), reason=1),
        changed(encode(a_link()), reason=None),
        changed(encode(a_link()), kind="divorced"),
        changed(encode(a_link()), stamp={"at": "2026-11-23T12:00:00", "by": "", "workstation": ""}),
        changed(encode(a_link()), stamp={"at": "noon", "by": "", "workstation": ""}),
        changed(encode(a_link()), stamp={"at": 7, "by": "", "workstation": ""}),
        changed(encode(a_link()), stamp=[]),
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(UnreadableBodyError):
        decode(text, PatientLink)


@pytest.mark.parametrize(
    ("value", "member", "wrong"),
    [
        (Box(1, 2, 3, 4), "left", 1.0),
        (Box(1, 2, 3, 4), "left", True),
        (Box(1, 2, 3, 4), "width", 0),
        (Clinic("A", logo=b"\x89"), "logo", "!"),
        (Clinic("A", logo=b"\x89"), "logo", 7),
        (Clinic("A"), "approvals", {}),
        (a_draft(), "answers", {}),
        (a_draft(), "named", [["one"]]),
        (StrokePoint(0.5, 0.5, 0), "x", "0.5"),
        (StrokePoint(0.5, 0.5, 0), "x", True),
        (Ink(((StrokePoint(0.5, 0.5, 0),),), 1.0), "strokes", [7]),
        (Demographics(birth_date=date(1992, 3, 12)), "birth_date", "12.03.1992"),
        (Demographics(birth_date=date(1992, 3, 12)), "birth_date", 1992),
        (a_withdrawal(a_patient_id()), "uses", "abc"),
    ],
)
def test_members_of_other_types_are_refused(value, member, wrong):
    with pytest.raises(UnreadableBodyError):
        decode(changed(encode(value), **{member: wrong}), type(value))


@pytest.mark.parametrize("wrong", [6.0, True, "6", 9])
def test_step_is_a_number_of_the_seven(wrong):
    fact = EncounterFact(
        FactId("f"), EncounterId("e"), EncounterFactKind.STEP, a_stamp(), step=Step.SIGN
    )

    with pytest.raises(UnreadableBodyError):
        decode(changed(encode(fact), step=wrong), EncounterFact)


def test_missing_member_takes_its_default():
    body = json.loads(encode(Demographics("Okafor", alert="latex")))
    del body["value"]["alert"]

    assert decode(json.dumps(body), Demographics) == Demographics("Okafor")


def test_missing_member_without_a_default_is_refused():
    body = json.loads(encode(a_stamp()))
    del body["value"]["by"]

    with pytest.raises(UnreadableBodyError):
        decode(json.dumps(body), Stamp)


def test_refusal_quotes_nothing_of_the_body():
    with pytest.raises(UnreadableBodyError) as caught:
        decode(changed(encode(a_link()), kind="OKAFOR"), PatientLink)

    assert "OKAFOR" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_not_a_number_is_not_kept():
    with pytest.raises(ValueError, match="Out of range"):
        encode(StrokePoint(float("nan"), 0.5, 0))


def test_rules_of_the_domain_hold_for_what_is_read():
    with pytest.raises(UnreadableBodyError):
        decode(changed(encode(Clinic("A")), name=" "), Clinic)


def test_type_is_not_guessed():
    with pytest.raises(UnreadableBodyError):
        decode(encode(a_withdrawal(a_patient_id())), Consent)
