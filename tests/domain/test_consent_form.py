"""A form that breaks a rule cannot be built, and what it shows is the same each time."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.consent_form import (
    CARE_RECORD,
    PUBLICATION,
    RESEARCH_STUDY,
    Approval,
    ApprovalState,
    Asked,
    ConsentForm,
    FormId,
    FormProblem,
    JurisdictionProfile,
    NamedThing,
    Statement,
    StatementId,
    TakeBack,
    Use,
)
from app.domain.form_wording import (
    ConfirmationTexts,
    PaperTexts,
    PatientTexts,
    SigningTexts,
    WithdrawTexts,
    filled,
    placeholders,
)
from app.domain.ids import UseId

TEACHING = UseId("teaching-local")
SOURCE = "title = “Zoë”\r\n".encode()


def a_use(use: UseId, order: int, **changes) -> Use:
    plain = Use(
        id=use,
        order=order,
        title=f"Title of {use}",
        question="May we use this picture?",
        short_label="Short",
        audience="Forty people",
        example="On a screen",
        duration="One year",
        take_back=TakeBack(revocable=True, text="Yes, at any time"),
        admits_identifiable=False,
        fresh_each_time=False,
        needs_named=NamedThing.NONE,
        asked=Asked.PATIENT_SIDE,
        expiry_months=12,
    )
    return replace(plain, **changes)


CARE = a_use(CARE_RECORD, 1, asked=Asked.BEFORE_CAMERA, expiry_months=None)
LOCAL = a_use(TEACHING, 2)
STUDY = a_use(
    RESEARCH_STUDY, 3, needs_named=NamedThing.STUDY, question="In the study {named}, yes or no?"
)
JOURNAL = a_use(
    PUBLICATION,
    4,
    needs_named=NamedThing.JOURNAL,
    question="May we print it in {named}?",
    fresh_each_time=True,
    take_back=TakeBack(revocable=False, text="Only before it is printed"),
    admits_identifiable=True,
)
LADDER = (CARE, LOCAL, STUDY, JOURNAL)
REFUSAL = Statement(StatementId("refusal"), "Saying no changes nothing.", confirm=True, rules=(9,))
HONEST = Statement(StatementId("honest"), "We cannot promise it.", confirm=False, rules=(12, 22))


def paper_words() -> dict[str, Any]:
    return {each.name: each.name for each in fields(PaperTexts)} | {"months": ("January",) * 12}


def a_form(**changes) -> ConsentForm:
    parts: dict[str, Any] = {
        "id": FormId("photographs"),
        "version": 1,
        "language": "en",
        "title": "Photographs",
        "profile": JurisdictionProfile.GENERIC,
        "reading_level_limit": 8,
        "approval": Approval(ApprovalState.DRAFT),
        "statements": (HONEST, REFUSAL),
        "uses": LADDER,
        "patient": PatientTexts(**{each.name: each.name for each in fields(PatientTexts)}),
        "signing": SigningTexts(**{each.name: each.name for each in fields(SigningTexts)}),
        "paper": PaperTexts(**paper_words()),
        "withdraw": WithdrawTexts(**{each.name: each.name for each in fields(WithdrawTexts)}),
        "confirmation": ConfirmationTexts(*(each.name for each in fields(ConfirmationTexts))),
        "source": SOURCE,
    }
    return ConsentForm(**(parts | changes))


def with_use(changed: Use) -> ConsentForm:
    return a_form(uses=tuple(changed if use.id == changed.id else use for use in LADDER))


def test_hash_is_of_the_exact_source_bytes():
    form = a_form()

    assert form.text_sha256 == sha256(SOURCE).hexdigest()


def test_uses_stand_from_narrow_to_wide_whatever_their_place_in_the_file():
    form = a_form(uses=(JOURNAL, CARE, STUDY, LOCAL))

    assert form.uses == LADDER


def test_lookups_find_uses_and_statements():
    form = a_form()

    assert form.use(TEACHING) is LOCAL
    assert form.care_record is CARE
    assert form.statement(StatementId("honest")) is HONEST
    assert form.confirming == (REFUSAL,)
    assert form.refusal is REFUSAL


def test_lookup_of_an_unknown_id_fails():
    form = a_form()

    with pytest.raises(KeyError):
        form.use(UseId("billboards"))
    with pytest.raises(KeyError):
        form.statement(StatementId("billboards"))


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        ((), [TEACHING]),
        ((NamedThing.STUDY,), [TEACHING, RESEARCH_STUDY]),
        ({NamedThing.JOURNAL: "The Journal"}, [TEACHING, PUBLICATION]),
        (tuple(NamedThing), [TEACHING, RESEARCH_STUDY, PUBLICATION]),
    ],
)
def test_uses_that_need_a_name_are_asked_only_when_it_is_named(named, asked):
    form = a_form()

    assert [use.id for use in form.asked_of_patient(named)] == asked


def test_shown_text_holds_every_string_of_the_page_in_its_order():
    form = a_form()

    shown = form.shown_text(JOURNAL, "The Journal of {named} Things")

    assert shown == (
        "May we print it in The Journal of {named} Things?\n"
        "who_will_see: Forty people\n"
        "example: On a screen\n"
        "how_long: One year\n"
        "take_back: Only before it is printed\n"
        "identifiable: identifiable_yes"
    )


def test_shown_text_of_a_use_for_pictures_that_show_nobody_says_so():
    form = a_form()

    assert form.shown_text(LOCAL).endswith("identifiable: identifiable_no")


def test_shown_text_of_a_statement_is_the_statement():
    form = a_form()

    assert form.shown_text(REFUSAL) == "Saying no changes nothing."


@pytest.mark.parametrize(("use", "named"), [(JOURNAL, ""), (LOCAL, "The Journal")])
def test_a_name_goes_with_a_use_that_needs_one_and_with_no_other(use, named):
    form = a_form()

    with pytest.raises(ValueError, match="a name goes with a use that needs one"):
        form.shown_text(use, named)


@given(named=st.text(min_size=1))
def test_whatever_is_named_stands_in_the_question_unchanged(named):
    assert JOURNAL.question_for(named) == f"May we print it in {named}?"


def test_filling_needs_every_value():
    assert placeholders("Picture {n} of {m}") == {"n", "m"}
    assert filled("Picture {n} of {m}", n=1, m=3) == "Picture 1 of 3"
    with pytest.raises(KeyError):
        filled("Picture {n} of {m}", n=1)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", False), ("ar", True), ("ur-PK", True), ("he", True), ("ar-Latn", False)],
)
def test_direction_of_writing_follows_the_language(language, expected):
    form = a_form(language=language)

    assert form.right_to_left is expected


def test_approval_by_the_clinic_leaves_the_wording_as_it_is():
    form = a_form()

    approved = form.approved(
        by="Dr A. Person, head of dermatology",
        on=date(2026, 12, 1),
        next_review=date(2027, 12, 1),
    )

    assert approved.approval.state is ApprovalState.APPROVED
    assert approved.text_sha256 == form.text_sha256
    assert not approved.approval.review_due(date(2027, 11, 30))
    assert approved.approval.review_due(date(2027, 12, 1))
    assert not form.approval.review_due(date(2099, 1, 1))


def test_retired_form_keeps_who_approved_it():
    form = a_form().approved(by="Dr A. Person", on=date(2026, 12, 1))

    retired = form.retired()

    assert retired.approval == Approval(
        ApprovalState.RETIRED, by="Dr A. Person", on=date(2026, 12, 1)
    )


@pytest.mark.parametrize(
    ("by", "on", "key"),
    [("", date(2026, 1, 1), "by"), ("Dr A. Person", None, "on"), ("", None, "by")],
)
def test_only_a_draft_may_be_without_an_approver(by, on, key):
    with pytest.raises(FormProblem) as caught:
        Approval(ApprovalState.APPROVED, by, on)

    assert caught.value.path == ("approval", key)


def test_the_next_review_comes_after_the_approval():
    with pytest.raises(FormProblem) as caught:
        Approval(ApprovalState.APPROVED, "Dr A. Person", date(2026, 1, 2), date(2026, 1, 2))

    assert caught.value.path == ("approval", "next_review")


def test_a_translation_of_the_same_version_keeps_the_answers():
    english, german = a_form(), a_form(language="de", title="Fotos")

    assert english.same_choices(german)


@pytest.mark.parametrize(
    "other",
    [
        a_form(version=2),
        a_form(uses=LADDER[:3]),
        with_use(replace(LOCAL, admits_identifiable=True)),
        with_use(replace(LOCAL, expiry_months=24)),
    ],
    ids=["version", "uses", "identifiable", "expiry"],
)
def test_a_form_that_means_something_else_does_not_keep_the_answers(other):
    assert not a_form().same_choices(other)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"id": "Photo Graphs"}, ("id",)),
        ({"version": 0}, ("version",)),
        ({"language": "english"}, ("language",)),
        ({"language": "EN"}, ("language",)),
        ({"reading_level_limit": 0}, ("reading_level_limit",)),
        ({"reading_level_limit": 13}, ("reading_level_limit",)),
        ({"statements": (HONEST,)}, ("statements",)),
        ({"statements": (HONEST, replace(REFUSAL, confirm=False))}, ("statements",)),
        ({"statements": (REFUSAL,)}, ("statements",)),
        ({"statements": (REFUSAL, replace(HONEST, rules=(12,)))}, ("statements",)),
        ({"statements": (REFUSAL, replace(HONEST, rules=(12, 34)))}, ("statements", 1, "rules")),
        (
            {"statements": (REFUSAL, replace(HONEST, id=StatementId("refusal")))},
            ("statements", 1, "id"),
        ),
        (
            {"statements": (REFUSAL, replace(HONEST, id=StatementId("Ho nest")))},
            ("statements", 1, "id"),
        ),
        ({"uses": (CARE, LOCAL, LOCAL)}, ("uses", 2, "id")),
        ({"uses": (CARE, replace(LOCAL, order=3))}, ("uses", 1, "order")),
        ({"uses": (CARE, replace(LOCAL, order=1))}, ("uses", 1, "order")),
        ({"uses": (replace(LOCAL, order=1),)}, ("uses",)),
    ],
)
def test_a_broken_form_says_where(changes, path):
    with pytest.raises(FormProblem) as caught:
        a_form(**changes)

    assert caught.value.path == path


@pytest.mark.parametrize(
    ("use", "path"),
    [
        (replace(CARE, asked=Asked.PATIENT_SIDE), ("uses", 0, "asked")),
        (
            replace(CARE, needs_named=NamedThing.STUDY, question="In {named}?"),
            ("uses", 0, "needs_named"),
        ),
        (replace(LOCAL, asked=Asked.BEFORE_CAMERA), ("uses", 1, "asked")),
        (replace(LOCAL, question="In {named}?"), ("uses", 1, "question")),
        (replace(LOCAL, expiry_months=0), ("uses", 1, "expiry_months")),
        (replace(STUDY, needs_named=NamedThing.JOURNAL), ("uses", 2, "needs_named")),
        (replace(STUDY, question="In a study?"), ("uses", 2, "question")),
        (replace(JOURNAL, fresh_each_time=False), ("uses", 3, "fresh_each_time")),
        (replace(JOURNAL, needs_named=NamedThing.STUDY), ("uses", 3, "needs_named")),
        (
            replace(JOURNAL, take_back=TakeBack(revocable=True, text="Yes")),
            ("uses", 3, "take_back"),
        ),
    ],
)
def test_a_use_that_breaks_a_rule_says_where(use, path):
    with pytest.raises(FormProblem) as caught:
        with_use(use)

    assert caught.value.path == path


def test_use_id_is_lower_case_words():
    with pytest.raises(FormProblem) as caught:
        a_form(uses=(CARE, replace(LOCAL, id=UseId("Teaching"))))

    assert caught.value.path == ("uses", 1, "id")


def test_care_record_is_the_narrowest_use():
    with pytest.raises(FormProblem) as caught:
        a_form(uses=(replace(CARE, order=2), replace(LOCAL, order=1)))

    assert caught.value.path == ("uses", 0, "order")


def test_outside_the_us_rule_22_may_stay_unsaid():
    form = a_form(
        profile=JurisdictionProfile.UK, statements=(REFUSAL, replace(HONEST, rules=(12,)))
    )

    assert form.profile is JurisdictionProfile.UK
