"""The shipped form says what the rules demand, plainly, without a slant, and fits the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from PIL import ImageFont

from app.documents.form_folder import read_forms
from app.domain.consent_form import (
    CARE_RECORD,
    PUBLICATION,
    ApprovalState,
    Asked,
    JurisdictionProfile,
    NamedThing,
    Use,
)
from app.domain.form_wording import placeholders
from app.domain.ids import UseId
from app.domain.reading_level import reading_grade
from app.services.form_library import load_forms, parse_form

ROOT = Path(__file__).parents[2]
FORM = parse_form(
    (ROOT / "forms" / "clinical-photography" / "en.toml").read_bytes(),
    name="clinical-photography/en.toml",
)
LONG_JOURNAL = "Journal of the American Academy of Dermatology"
LADDER = [
    "care-record",
    "colleague-advice",
    "teaching-local",
    "teaching-wide",
    "audit-quality",
    "research-study",
    "ai-development",
    "publication",
    "public-web",
    "social-media",
]
# Words that push towards a yes, promise too much, or frighten.
SLANTED = (
    *("help other", "please help", "please agree", "just ", "only a ", "safe", "anonym", "hope"),
    *("don't worry", "no risk", "important", "simply", "of course", "never be seen"),
)

# What must be said (product rule): (rule, words that say it, in one statement).
DEMANDS = [
    (9, r"to help us care for you"),
    (9, r"kept in a locked store .* as long as"),
    (9, r"can say no"),
    (9, r"change your mind at any time"),
    (9, r"no changes nothing about your care"),
    (11, r"ask you about each other use, one by one"),
    (12, r"cannot promise that nobody will know"),
    (12, r"can be copied by anyone\. We cannot call those copies back"),
    (12, r"full picture stays in your care record"),
    (15, r"need not say why, and you sign nothing to say no"),
    (16, r"each other use"),
    (18, r"even if nobody could tell"),
    (22, r"take back a yes in writing"),
    (22, r"no changes nothing about your care"),
    (22, r"pass it on\. Then privacy law may no longer protect it"),
    (22, r"get a copy"),
]


def named_for(use: Use) -> str:
    return "" if use.needs_named is NamedThing.NONE else LONG_JOURNAL


def every_text() -> Iterator[str]:
    for statement in FORM.statements:
        yield statement.text
    for use in FORM.uses:
        yield from (use.title, use.short_label, *use.texts)
    for part in (FORM.patient, FORM.signing, FORM.paper, FORM.withdraw, FORM.confirmation):
        for each in fields(part):
            value = getattr(part, each.name)
            yield from [value] if isinstance(value, str) else value


def test_shipped_folder_loads_without_a_refusal():
    loaded = load_forms(read_forms(ROOT / "forms"))

    assert loaded.refused == ()
    assert FORM in loaded.library.forms


def test_shipped_form_admits_that_no_clinic_has_approved_it():
    assert FORM.approval.state is ApprovalState.DEMONSTRATION
    assert "The clinic approves it before first use" in FORM.approval.by
    assert load_forms(read_forms(ROOT / "forms")).library.current(FORM.id, "en") is None


def test_head_of_the_form():
    assert (FORM.id, FORM.version, FORM.language) == ("clinical-photography", 1, "en")
    assert FORM.profile is JurisdictionProfile.GENERIC


@pytest.mark.parametrize(("rule", "words"), DEMANDS)
def test_what_must_be_said_is_said(rule, words):
    saying = [s for s in FORM.statements if rule in s.rules and re.search(words, s.text)]

    assert saying


def test_r9_the_patient_confirms_that_a_no_changes_nothing():
    assert FORM.refusal.text == "Saying no changes nothing about your care."
    assert FORM.confirming == (FORM.refusal,)
    assert "in your own words" in FORM.patient.understanding_question


def test_r10_each_use_says_who_will_see_it_and_whether_it_may_show_who_it_is():
    for use in FORM.uses:
        labels = [detail.label for detail in FORM.details(use)]

        assert labels == [
            "Who will see it",
            "For example",
            "For how long",
            "Take it back",
            "Could it show me",
        ]
        assert use.audience in FORM.shown_text(use, named_for(use))


def test_r11_all_uses_are_there_from_narrow_to_wide():
    assert [use.id for use in FORM.uses] == LADDER


@pytest.mark.parametrize("use", ["publication", "public-web", "social-media"])
def test_r12_published_material_is_said_to_stay(use):
    published = FORM.use(UseId(use))

    assert not published.take_back.revocable
    assert "call" in published.take_back.text
    assert "back" in published.take_back.text
    assert "for good" in published.duration.lower()


def test_r12_what_a_program_has_learnt_is_said_to_stay():
    assert "cannot be undone" in FORM.use(UseId("ai-development")).take_back.text


@pytest.mark.parametrize("text", tuple(every_text()))
def test_r15_nothing_pushes_towards_a_yes(text):
    assert not [word for word in SLANTED if word in text.lower()]


def test_r15_every_way_to_say_no_is_as_short_as_the_way_to_say_yes():
    says = FORM.patient

    assert (says.yes, says.no) == ("Yes", "No")
    assert says.none_of_these == "None of these"
    assert says.stop == "I want to stop"
    assert says.not_now == "Not now"
    assert says.no_to_the_rest == "No to the rest"


def test_r15_every_use_but_the_care_record_asks_may_we():
    for use in FORM.uses:
        assert use.question.startswith("May we ")
        assert use.question.endswith("?")
        assert use.question.count("?") == 1


def test_r16_only_the_care_record_is_asked_before_the_camera():
    early = [use.id for use in FORM.uses if use.asked is Asked.BEFORE_CAMERA]

    assert early == [CARE_RECORD]


def test_r17_publication_is_for_one_named_journal_each_time():
    publication = FORM.use(PUBLICATION)

    assert publication.needs_named is NamedThing.JOURNAL
    assert publication.fresh_each_time
    assert LONG_JOURNAL in FORM.shown_text(publication, LONG_JOURNAL)


def test_r21_public_media_take_no_picture_that_shows_who_it_is():
    identifiable = [use.id for use in FORM.uses if use.admits_identifiable]

    assert identifiable == ["care-record", "colleague-advice", "teaching-local", "publication"]


def test_r22_each_use_ends_on_a_day_or_with_an_event_that_is_named():
    endless = {use.id for use in FORM.uses if use.expiry_months is None}

    assert endless == {"care-record", "research-study"}
    for use in endless:
        assert re.search(r"As long as|Until", FORM.use(use).duration)


def test_durations_agree_with_the_months_that_are_enforced():
    for use in FORM.uses:
        if use.expiry_months is not None:
            years = re.search(r"(\d+) years?", use.duration)
            assert years is not None
            assert int(years[1]) * 12 == use.expiry_months


def test_reading_grade_is_at_most_8_as_a_whole_and_for_each_use():
    assert reading_grade(FORM.read_by_patient) <= FORM.reading_level_limit <= 8
    for use in FORM.uses:
        assert reading_grade(use.texts) <= 8
    for statement in FORM.statements:
        assert reading_grade([statement.text]) <= 8


def test_every_question_names_what_it_needs_and_nothing_else():
    for use in FORM.uses:
        named = use.needs_named is not NamedThing.NONE

        assert placeholders(use.question) == ({"named"} if named else set())


def test_short_labels_tell_the_uses_apart():
    assert len({use.short_label for use in FORM.uses}) == len(FORM.uses)
    assert len({use.title for use in FORM.uses}) == len(FORM.uses)


def lines(text: str, font: ImageFont.FreeTypeFont, width_px: int) -> int:
    count, line = 1, ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width_px:
            count, line = count + 1, word
        else:
            line = longer
    return count


@pytest.mark.parametrize("use", FORM.uses, ids=LADDER)
def test_page_of_a_use_fits_1280_by_800_without_scrolling(use):
    fonts = ROOT / "resources" / "fonts"
    question = ImageFont.truetype(fonts / "Inter-SemiBold.ttf", 36)
    detail = ImageFont.truetype(fonts / "Inter-Regular.ttf", 20)

    # The right-hand column of the page: the question on 43 px lines, each row on 28 px lines.
    asked = lines(use.question_for(named_for(use)), question, 636)
    rows = [lines(row.text, detail, 446) for row in FORM.details(use)]
    bottom = 104 + 43 * asked + 28 + sum(28 * row + 16 for row in rows)

    assert asked <= 3
    assert bottom <= 616 - 16  # where Yes and No begin


@pytest.mark.parametrize("statement", FORM.statements, ids=lambda each: each.id)
def test_statement_is_short(statement):
    assert len(statement.text) <= 120
