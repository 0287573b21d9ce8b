"""The words of a consent form that belong to no use: screen, signing, paper, withdrawal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text field of a form must be.

    Attributes:
        limit: Most characters that fit where it is shown (patient's side at 1280×800, A4 paper).
        placeholders: Names that must stand in braces, each at least once, and no others.
    """

    limit: int
    placeholders: tuple[str, ...] = ()


Button = Annotated[str, Wording(24)]
Label = Annotated[str, Wording(40)]
Line = Annotated[str, Wording(90)]
Detail = Annotated[str, Wording(120)]
Sentence = Annotated[str, Wording(180)]
Paragraph = Annotated[str, Wording(500)]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def placeholders(template: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(_PLACEHOLDER.findall(template))


def filled(template: str, **values: str | int) -> str:
    """The template with its placeholders replaced once; braces inside a value stay as they are.

    Raises:
        KeyError: A placeholder has no value.
    """
    return _PLACEHOLDER.sub(lambda found: str(values[found.group(1)]), template)


@dataclass(frozen=True, slots=True)
class PatientTexts:
    """What the patient's side of the screen says around the questions.

    Attributes:
        heading: Top of each page, "Your photographs from today".
        understanding_question: Teach-back: the patient answers in their own words (R9).
        understanding_confirm: Button with which the patient confirms; its time is recorded.
        understanding_again: Button that asks for another explanation.
        covered_note: Shown under a picture with a cover: where the uncovered original is.
        not_this_picture: Takes one picture out of an answer that holds for all.
        identifiable_yes: Row text where a use admits pictures that show who it is (R10).
        identifiable_no: Row text where it does not.
    """

    heading: Label
    picture_of: Annotated[str, Wording(40, ("n", "m"))]
    previous_picture: Label
    next_picture: Label
    covered_note: Detail
    language: Button
    read_aloud: Button
    stop_reading: Button
    back: Button
    next: Button
    welcome_title: Line
    welcome_text: Sentence
    welcome_begin: Button
    statements_title: Line
    understanding_title: Line
    understanding_question: Detail
    understanding_hint: Detail
    understanding_confirm: Label
    understanding_again: Label
    question_of: Annotated[str, Wording(40, ("n", "m"))]
    who_will_see: Button
    example: Button
    how_long: Button
    take_back: Button
    identifiable: Button
    identifiable_yes: Detail
    identifiable_no: Detail
    yes: Button
    no: Button
    none_of_these: Button
    no_to_the_rest: Button
    not_now: Button
    stop: Button
    not_this_picture: Button
    review_title: Line
    review_text: Detail
    review_change: Button
    review_confirm: Button
    answered_yes: Button
    answered_no: Button
    not_answered: Button
    stopped_title: Line
    stopped_text: Sentence
    declined_title: Line
    declined_text: Sentence
    thank_you_title: Line
    thank_you_text: Sentence
    hand_back: Line


@dataclass(frozen=True, slots=True)
class SigningTexts:
    """What each person who signs declares, and what the signature means (21 CFR 11.50).

    Attributes:
        patient_declaration: Of a patient who decides.
        representative_declaration: Of a parent, guardian or lawful proxy.
        assent_declaration: Of a child beside a parent's consent (R5).
        meaning: Shown beside the pad and printed beside every signature.
        electronic_note: Says that the drawn signature is a simple electronic one (eIDAS).
    """

    title: Line
    patient_declaration: Paragraph
    representative_declaration: Paragraph
    assent_declaration: Paragraph
    clinician_declaration: Paragraph
    witness_declaration: Paragraph
    spoken_declaration: Paragraph
    interpreter_declaration: Paragraph
    meaning: Sentence
    electronic_note: Sentence
    sign_here: Label
    clear: Button
    sign: Button


@dataclass(frozen=True, slots=True)
class PaperTexts:
    """Headings and labels of the printed copy."""

    title: Line
    clinic: Label
    patient: Label
    date_of_birth: Label
    patient_identifier: Label
    encounter_date: Label
    decided_by: Label
    relationship: Label
    authority: Label
    chaperone: Label
    interpreter: Label
    pictures_heading: Label
    picture_of: Annotated[str, Wording(40, ("n", "m"))]
    picture_hash: Label
    statements_heading: Label
    confirmed_at: Annotated[str, Wording(60, ("time",))]
    choices_heading: Label
    use: Label
    answer: Label
    yes: Button
    no: Button
    not_asked: Button
    named: Label
    who_may_share: Label
    who_may_receive: Label
    ends: Label
    no_end_date: Label
    signatures_heading: Label
    signature: Label
    printed_name: Label
    signed_at: Label
    meaning: Label
    patient_role: Label
    representative_role: Label
    child_role: Label
    clinician_role: Label
    witness_role: Label
    interpreter_role: Label
    contact_heading: Label
    withdraw_heading: Label
    check_heading: Label
    check_text: Sentence
    form_line: Annotated[str, Wording(90, ("form", "version", "language"))]
    text_hash: Label
    page_of: Annotated[str, Wording(40, ("n", "m"))]
    copy_note: Sentence


@dataclass(frozen=True, slots=True)
class WithdrawTexts:
    """How a yes is taken back, and the slip for it.

    Attributes:
        how: The ways; the clinic's address and telephone number stand beside it, from settings.
        effect: What stops, and when.
        limits: What cannot be called back, said honestly (R12, R25).
        slip_all: Box to tick for everything; the uses follow with their titles.
    """

    title: Line
    how: Paragraph
    effect: Paragraph
    limits: Paragraph
    slip_title: Line
    slip_text: Paragraph
    slip_all: Detail
    slip_name: Label
    slip_date: Label
    slip_signature: Label
    slip_send_to: Label
