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
    """The printed copy, as far as the patient's side has no words for it already.

    Attributes:
        months: January to December, as they stand in a date.
        date_form: The order of day, month and year.
        time_form: The order of date, clock (24 hours) and zone.
        care_record_note: What stays in the care record after a withdrawal, and why.
    """

    title: Line
    months: Annotated[tuple[str, ...], Wording(16)]
    date_form: Annotated[str, Wording(40, ("day", "month", "year"))]
    time_form: Annotated[str, Wording(40, ("date", "clock", "zone"))]
    page: Annotated[str, Wording(40, ("page", "pages"))]
    consent_id: Label
    patient: Label
    birth_date: Label
    identifiers: Label
    contact: Label
    made: Annotated[str, Wording(90, ("time",))]
    copy_note: Line
    encounter_date: Label
    decided_by: Label
    the_patient: Label
    interpreter: Label
    witness: Label
    confirmed: Annotated[str, Wording(60, ("time",))]
    answers_heading: Label
    not_asked: Label
    recipient: Label
    expires: Label
    exceptions: Label
    pictures_heading: Label
    picture: Annotated[str, Wording(40, ("number",))]
    covered: Label
    fingerprint: Annotated[str, Wording(60, ("digits",))]
    statements_heading: Label
    care_record_heading: Label
    care_record_note: Paragraph
    signatures_heading: Label
    role_patient: Label
    role_consenter: Label
    role_clinician: Label
    role_witness: Label
    role_interpreter: Label
    kind_ink: Line
    kind_paper: Line
    kind_spoken: Line
    kind_mark: Line
    checking_heading: Label
    checking_note: Paragraph
    form: Label
    form_version: Annotated[str, Wording(90, ("form", "version", "language"))]


@dataclass(frozen=True, slots=True)
class WithdrawTexts:
    """How a yes is taken back, and the slip for it.

    Attributes:
        how: The ways; the clinic's address and telephone number stand beside it, from settings.
        effect: What stops, and when.
        limits: What cannot be called back, said honestly (R12, R25).
        slip_all: Box to tick for everything; the uses follow with their titles.
    """

    title: Label
    how: Paragraph
    effect: Paragraph
    limits: Paragraph
    slip_heading: Label
    slip_note: Paragraph
    slip_all: Line
    slip_signature: Label


@dataclass(frozen=True, slots=True)
class ConfirmationTexts:
    """The printed confirmation of a withdrawal, where the other tables have no words for it.

    Attributes:
        contact: Beside the clinic's contact, where there is nothing left to take back.
        lost_heading: Over what cannot be called back.
        nothing_lost: Under it where no picture had left.
    """

    heading: Line
    contact: Label
    withdrawn_at: Label
    withdrawn_by: Label
    reference: Label
    uses_heading: Label
    stops_heading: Label
    stays_heading: Label
    lost_heading: Label
    nothing_lost: Detail
