"""The parts of a consent form: statements, uses, who approved it, and the words for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from app.domain.form_wording import filled
from app.domain.ids import UseId

FormId = NewType("FormId", str)
StatementId = NewType("StatementId", str)

CARE_RECORD = UseId("care-record")
PUBLICATION = UseId("publication")
RESEARCH_STUDY = UseId("research-study")

FormPath = tuple[str | int, ...]


class FormProblem(ValueError):  # noqa: N818 - a defect of the wording, not of the program
    """A form that breaks a rule.

    Attributes:
        path: Keys and indices from the top of the form to the place: ("uses", 3, "asked").
        reason: What is wrong there, one clause.
    """

    def __init__(self, path: FormPath, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


class JurisdictionProfile(StrEnum):
    """Whose law decides where sources disagree; generic is the strictest."""

    GENERIC = "generic"
    UK = "uk"
    US = "us"
    EU = "eu"
    AU = "au"
    CA = "ca"


class ApprovalState(StrEnum):
    """How far a form has come.

    The form that is shipped is for demonstration: nobody at the clinic has read it yet.
    """

    DRAFT = "draft"
    DEMONSTRATION = "demonstration"
    APPROVED = "approved"
    RETIRED = "retired"


class Asked(StrEnum):
    """When a use is asked about."""

    BEFORE_CAMERA = "before-camera"
    PATIENT_SIDE = "patient-side"


class NamedThing(StrEnum):
    """What must be named before a use can be asked about (R17)."""

    NONE = "none"
    JOURNAL = "journal"
    STUDY = "study"


@dataclass(frozen=True, slots=True)
class Approval:
    """Who answers for the wording.

    Attributes:
        by: Name and post; empty only in a draft.
        on: The day it was approved; None only in a draft.
        next_review: The day by which it is to be read again.
    """

    state: ApprovalState
    by: str = ""
    on: date | None = None
    next_review: date | None = None

    def __post_init__(self) -> None:
        if self.state is not ApprovalState.DRAFT and (not self.by or self.on is None):
            key = "on" if self.by else "by"
            raise FormProblem(
                ("approval", key), f"a form that is {self.state} says by whom and when"
            )
        if self.on is not None and self.next_review is not None and self.next_review <= self.on:
            reason = "the next review is after the approval"
            raise FormProblem(("approval", "next_review"), reason)

    def review_due(self, today: date) -> bool:
        """Whether the wording is to be read again."""
        return self.next_review is not None and self.next_review <= today


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that is said before the yes.

    Attributes:
        confirm: Whether the patient confirms having understood it, with its time (R9).
        rules: Numbers of the rules that it answers: (9, 22).
    """

    id: StatementId
    text: str
    confirm: bool
    rules: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Whether a yes can be taken back, said honestly.

    Attributes:
        revocable: Whether all that was handed out stops with it; False where copies stay behind.
        text: What the patient reads.
    """

    revocable: bool
    text: str


@dataclass(frozen=True, slots=True)
class Use:
    """One purpose with one audience.

    Attributes:
        title: On paper and in lists, "Teaching in this department".
        question: One question; holds {named} where something must be named.
        short_label: For chips, "Local teaching".
        audience: Who will see it.
        example: One everyday example.
        duration: For how long; names the event that ends it where `expiry_months` is None.
        admits_identifiable: Whether pictures that show who it is may be used so (R10, R21).
        fresh_each_time: Whether each occasion needs a consent of its own (publication: always).
        needs_named: What must be named first; it is asked only then.
        expiry_months: Months from the signature; None where an event ends it.
        order: Place on the audience ladder, 1 is the narrowest.
    """

    id: UseId
    order: int
    title: str
    question: str
    short_label: str
    audience: str
    example: str
    duration: str
    take_back: TakeBack
    admits_identifiable: bool
    fresh_each_time: bool
    needs_named: NamedThing
    asked: Asked
    expiry_months: int | None

    @property
    def texts(self) -> tuple[str, ...]:
        """All that the patient reads about this use alone."""
        return (self.question, self.audience, self.example, self.duration, self.take_back.text)

    def question_for(self, named: str = "") -> str:
        """The question as it is put.

        Args:
            named: The journal or study, where one is needed; empty otherwise.

        Raises:
            ValueError: A name is missing, or given where none is needed.
        """
        if bool(named) != (self.needs_named is not NamedThing.NONE):
            msg = "a name goes with a use that needs one, and with no other"
            raise ValueError(msg)
        return filled(self.question, named=named)
