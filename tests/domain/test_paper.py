"""A paper that would mislead its reader cannot be built."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.domain.ids import ConsentId, Sha256
from app.domain.paper import (
    Decider,
    PaperForm,
    PaperPatient,
    PaperPerson,
    PaperPicture,
    PaperSignature,
    PaperStatement,
    StrokePoint,
)
from app.domain.paper_labels import (
    ConsentLabels,
    PrintedAnswer,
    SharedLabels,
    SignatureKind,
    SignatureRole,
)
from tests.documents.papers import (
    CONSENT,
    NOW,
    a_paper,
    a_picture,
    a_recovery_sheet,
    a_signature,
    a_use,
    a_withdrawal,
)

NAIVE = datetime(2026, 11, 23, 10, 42)  # noqa: DTZ001 - the mistake that is refused
HASH = Sha256("0" * 64)


def test_granted_uses_keep_the_papers_order():
    paper = a_paper(uses=6)

    titles = [use.title for use in paper.granted]

    assert titles == [u.title for u in paper.uses if u.answer is PrintedAnswer.GRANTED]


def test_slip_code_names_the_consent():
    assert a_paper().slip_code == f"clinigraph:consent:{CONSENT}"


@pytest.mark.parametrize(
    "wrong",
    [
        {"consent": ConsentId("0193a5e2")},
        {"consent": ConsentId(CONSENT.upper())},
        {"title": " "},
        {"language": ""},
        {"refusal_statement": ""},
        {"how_to_withdraw": ""},
        {"made_at": NAIVE},
        {"refusal_confirmed_at": NAIVE},
        {"uses": ()},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_consent_paper_lacks_nothing_that_the_patient_needs(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        replace(a_paper(), **wrong)


def test_paper_without_a_contact_is_refused():
    clinic = replace(a_paper().clinic, contact="")

    with pytest.raises(ValueError, match="contact"):
        replace(a_paper(), clinic=clinic)
    with pytest.raises(ValueError, match="contact"):
        replace(a_withdrawal(), clinic=clinic)


@pytest.mark.parametrize(
    "wrong",
    [
        {"reference": "17"},
        {"consent": "17"},
        {"withdrawn_by": ""},
        {"withdrawn_at": NAIVE},
        {"made_at": NAIVE},
        {"withdrawn_uses": ()},
        {"stops": ()},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_withdrawal_paper_says_what_was_withdrawn_and_when(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        replace(a_withdrawal(), **wrong)


@pytest.mark.parametrize("wrong", [{"clinic_name": ""}, {"groups": ()}, {"groups": ("AB", "")}])
def test_recovery_sheet_has_a_clinic_and_whole_groups(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        replace(a_recovery_sheet(), **wrong)


def test_names_are_not_empty():
    for build in (PaperPatient, PaperPerson, Decider):
        with pytest.raises(ValueError, match="empty"):
            build(" ")
    with pytest.raises(ValueError, match="version"):
        PaperForm("photo-consent", "", "en")
    with pytest.raises(ValueError, match="title"):
        replace(a_use(), title="")


def test_picture_is_a_picture_with_a_whole_fingerprint():
    with pytest.raises(ValueError, match="JPEG"):
        PaperPicture(b"BM", "Left forearm", HASH)
    with pytest.raises(ValueError, match="64"):
        PaperPicture(a_picture(), "Left forearm", Sha256("0" * 16))


def test_statement_is_confirmed_at_a_time_with_a_zone():
    with pytest.raises(ValueError, match="zone"):
        PaperStatement("You may say no.", NAIVE)
    with pytest.raises(ValueError, match="empty"):
        PaperStatement("")


@pytest.mark.parametrize(("x", "y", "pressure"), [(1.1, 0, None), (0, -0.1, None), (0, 0, 2.0)])
def test_stroke_stays_inside_its_box(x, y, pressure):
    with pytest.raises(ValueError, match=r"\w"):
        StrokePoint(x, y, pressure)


def test_ink_without_strokes_is_no_signature():
    with pytest.raises(ValueError, match="strokes"):
        replace(a_signature(), strokes=())
    with pytest.raises(ValueError, match="strokes"):
        replace(a_signature(), strokes=((),))


def test_spoken_consent_has_no_strokes():
    with pytest.raises(ValueError, match="strokes"):
        replace(a_signature(), kind=SignatureKind.SPOKEN)


def test_signature_has_name_meaning_time_and_shape():
    for wrong in ({"name": ""}, {"meaning": ""}, {"signed_at": NAIVE}, {"aspect": 0.0}):
        with pytest.raises(ValueError, match=r"\w"):
            replace(a_signature(), **wrong)
    spoken = PaperSignature(
        SignatureRole.WITNESS, "Tom Hale", "I heard it.", NOW, SignatureKind.SPOKEN
    )
    assert not spoken.strokes


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        (UTC, "23 November 2026, 09:42 (UTC)"),
        (timezone(timedelta(hours=1)), "23 November 2026, 10:42 (UTC+01:00)"),
        (timezone(-timedelta(hours=9, minutes=30)), "23 November 2026, 00:12 (UTC-09:30)"),
    ],
)
def test_time_is_printed_with_its_distance_from_utc(zone, words):
    assert SharedLabels().time(NOW.astimezone(zone)) == words


def test_date_takes_the_form_of_the_language():
    labels = SharedLabels(date_form="{year}年{month_number}月{day}日")

    assert labels.date(NOW.date()) == "2026年11月23日"


def test_every_answer_role_and_kind_has_words():
    labels = ConsentLabels()

    assert set(labels.answers) == set(PrintedAnswer)
    assert set(labels.signature_roles) == set(SignatureRole)
    assert set(labels.signature_kinds) == set(SignatureKind)
    assert len(labels.months) == 12
