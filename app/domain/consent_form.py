"""The consent form: wording, versioned, in one language, approved by a named person."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import NewType

from app.domain.form_wording import (
    PaperTexts,
    PatientTexts,
    SigningTexts,
    WithdrawTexts,
    filled,
    placeholders,
)
from app.domain.ids import Sha256, UseId

FormId = NewType("FormId", str)
StatementId = NewType("StatementId", str)

CARE_RECORD = UseId("care-record")
PUBLICATION = UseId("publication")
RESEARCH_STUDY = UseId("research-study")
OPEN_TO_ALL = frozenset({PUBLICATION, UseId("public-web"), UseId("social-media")})
LAST_RULE = 33  # the rules are numbered R1 to R33

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Language, script, region of BCP 47, in its customary case.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

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


@dataclass(frozen=True, slots=True)
class ShownDetail:
    """One row under a question."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """One version of one form in one language.

    A form that breaks a rule cannot be built: FormProblem says where and why.

    Attributes:
        version: From 1; same number, same meaning in every language.
        language: BCP 47 tag, "en", "pt-BR", "zh-Hans".
        reading_level_limit: Highest reading grade that the wording may have (advised: 6 to 8).
        uses: From narrow to wide.
        source: The bytes that it was read from.
        text_sha256: Of `source`.
    """

    id: FormId
    version: int
    language: str
    title: str
    profile: JurisdictionProfile
    reading_level_limit: int
    approval: Approval
    statements: tuple[Statement, ...]
    uses: tuple[Use, ...]
    patient: PatientTexts
    signing: SigningTexts
    paper: PaperTexts
    withdraw: WithdrawTexts
    source: bytes = field(repr=False)
    text_sha256: Sha256 = field(init=False)

    def __post_init__(self) -> None:
        _check_head(self)
        _check_statements(self)
        _check_ladder(self.uses)
        for index, use in enumerate(self.uses):
            _check_use(index, use)
        ladder = tuple(sorted(self.uses, key=lambda use: use.order))
        object.__setattr__(self, "uses", ladder)
        object.__setattr__(self, "text_sha256", Sha256(sha256(self.source).hexdigest()))

    @property
    def right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        subtags = self.language.split("-")
        return subtags[0] in _RIGHT_TO_LEFT and "Latn" not in subtags

    @property
    def confirming(self) -> tuple[Statement, ...]:
        """The statements that the patient confirms; at least one."""
        return tuple(statement for statement in self.statements if statement.confirm)

    @property
    def care_record(self) -> Use:
        """The use that is asked about before the camera."""
        return self.use(CARE_RECORD)

    def use(self, use: UseId) -> Use:
        """The use of that id.

        Raises:
            KeyError: The form does not have it.
        """
        return {each.id: each for each in self.uses}[use]

    def statement(self, statement: StatementId) -> Statement:
        """The statement of that id.

        Raises:
            KeyError: The form does not have it.
        """
        return {each.id: each for each in self.statements}[statement]

    def asked_of_patient(self, named: Collection[NamedThing] = ()) -> tuple[Use, ...]:
        """The uses that the patient's pages ask about, from narrow to wide.

        Args:
            named: What has been named; uses that need something else are left out.
        """
        known = {NamedThing.NONE, *named}
        return tuple(
            use for use in self.uses if use.asked is Asked.PATIENT_SIDE and use.needs_named in known
        )

    def details(self, use: Use) -> tuple[ShownDetail, ...]:
        """The rows under the question of a use, in the order in which they are shown."""
        says = self.patient
        shows = says.identifiable_yes if use.admits_identifiable else says.identifiable_no
        return (
            ShownDetail(says.who_will_see, use.audience),
            ShownDetail(says.example, use.example),
            ShownDetail(says.how_long, use.duration),
            ShownDetail(says.take_back, use.take_back.text),
            ShownDetail(says.identifiable, shows),
        )

    def shown_text(self, shown: Use | Statement, named: str = "") -> str:
        """What the screen says for a use or a statement, to be kept with the answer (R27).

        A use gives its question and then a line "label: text" for each detail.

        Args:
            shown: A use or a statement of this form.
            named: The journal or study, where the use needs one.

        Raises:
            ValueError: A name is missing, or given where none is needed.
        """
        if isinstance(shown, Statement):
            return shown.text
        rows = (f"{detail.label}: {detail.text}" for detail in self.details(shown))
        return "\n".join((shown.question_for(named), *rows))

    def approved(self, *, by: str, on: date, next_review: date | None = None) -> ConsentForm:
        """The same wording, approved by the clinic; source and hash stay as they are."""
        approval = Approval(ApprovalState.APPROVED, by, on, next_review)
        return replace(self, approval=approval)

    def retired(self) -> ConsentForm:
        """The same wording, kept for what was signed under it and not used any more.

        Raises:
            FormProblem: It is a draft, which nobody ever approved.
        """
        return replace(self, approval=replace(self.approval, state=ApprovalState.RETIRED))

    def same_choices(self, other: ConsentForm) -> bool:
        """Whether answers hold on the other form: the same version in whatever language."""
        return (self.id, self.version, _meaning(self)) == (other.id, other.version, _meaning(other))


def _meaning(form: ConsentForm) -> tuple[tuple[object, ...], ...]:
    """What a translation must not change."""
    return tuple(
        (
            use.id,
            use.admits_identifiable,
            use.fresh_each_time,
            use.needs_named,
            use.take_back.revocable,
            use.expiry_months,
        )
        for use in form.uses
    )


def _refuse(wrong: object, path: FormPath, reason: str) -> None:
    """Raise FormProblem where something is wrong."""
    if wrong:
        raise FormProblem(path, reason)


def _check_head(form: ConsentForm) -> None:
    _refuse(not _SLUG.fullmatch(form.id), ("id",), "an id is lower-case words joined by hyphens")
    _refuse(form.version < 1, ("version",), "versions start at 1")
    bad_language = not _LANGUAGE.fullmatch(form.language)
    _refuse(bad_language, ("language",), "a language is a tag such as en, pt-BR or zh-Hans")
    bad_level = not 1 <= form.reading_level_limit <= 12  # noqa: PLR2004 - school grades
    _refuse(bad_level, ("reading_level_limit",), "a reading grade is from 1 to 12")


def _check_statements(form: ConsentForm) -> None:
    seen: set[StatementId] = set()
    for index, statement in enumerate(form.statements):
        path: FormPath = ("statements", index)
        _refuse(not _SLUG.fullmatch(statement.id), (*path, "id"), "an id is lower-case words")
        _refuse(statement.id in seen, (*path, "id"), f"statement {statement.id} is there twice")
        wrong_rule = any(not 1 <= rule <= LAST_RULE for rule in statement.rules)
        _refuse(wrong_rule, (*path, "rules"), f"rules are numbered 1 to {LAST_RULE}")
        seen.add(statement.id)
    confirmed = any(9 in statement.rules for statement in form.confirming)  # noqa: PLR2004
    reason = "no statement of rule 9 is confirmed by the patient (confirm = true)"
    _refuse(not confirmed, ("statements",), reason)
    said = {rule for statement in form.statements for rule in statement.rules}
    # R9 and R12 must be said everywhere; R22 is the law of the US, and generic is the strictest.
    needed = {9, 12}
    if form.profile in {JurisdictionProfile.US, JurisdictionProfile.GENERIC}:
        needed.add(22)
    unsaid = ", ".join(str(rule) for rule in sorted(needed - said))
    _refuse(unsaid, ("statements",), f"no statement answers rule {unsaid}")


def _check_ladder(uses: tuple[Use, ...]) -> None:
    seen: set[UseId] = set()
    for index, use in enumerate(uses):
        _refuse(use.id in seen, ("uses", index, "id"), f"use {use.id} is there twice")
        seen.add(use.id)
    _refuse(CARE_RECORD not in seen, ("uses",), "the use care-record is missing")
    places: set[int] = set()
    for index, use in enumerate(uses):
        wrong = use.order in places or not 1 <= use.order <= len(uses)
        reason = f"order numbers the uses from 1 to {len(uses)}, each number once"
        _refuse(wrong, ("uses", index, "order"), reason)
        places.add(use.order)


def _check_use(index: int, use: Use) -> None:
    path: FormPath = ("uses", index)
    _refuse(
        not _SLUG.fullmatch(use.id), (*path, "id"), "an id is lower-case words joined by hyphens"
    )
    if use.id == CARE_RECORD:
        early, first = use.asked is Asked.BEFORE_CAMERA, use.order == 1
        _refuse(not early, (*path, "asked"), "care-record is asked before-camera")
        _refuse(not first, (*path, "order"), "care-record is the narrowest use, order 1")
    else:
        late = use.asked is Asked.PATIENT_SIDE
        reason = "only care-record is asked before the picture has been seen (R20)"
        _refuse(not late, (*path, "asked"), reason)
    if use.id == PUBLICATION:
        fresh, journal = use.fresh_each_time, use.needs_named is NamedThing.JOURNAL
        _refuse(not fresh, (*path, "fresh_each_time"), "publication is agreed each time (R17)")
        _refuse(not journal, (*path, "needs_named"), "publication is in one named journal (R17)")
    if use.id == RESEARCH_STUDY:
        study = use.needs_named is NamedThing.STUDY
        _refuse(not study, (*path, "needs_named"), "research is one named study")
    overpromised = use.id in OPEN_TO_ALL and use.take_back.revocable
    reason = "published material cannot be called back: revocable = false (R12)"
    _refuse(overpromised, (*path, "take_back", "revocable"), reason)
    named = use.needs_named is not NamedThing.NONE
    wanted = frozenset({"named"}) if named else frozenset()
    reason = "the question holds {named}" if named else "the question holds no placeholder"
    _refuse(placeholders(use.question) != wanted, (*path, "question"), reason)
    endless = use.expiry_months is not None and use.expiry_months < 1
    _refuse(
        endless, (*path, "expiry_months"), "leave expiry_months out where an event ends the yes"
    )
