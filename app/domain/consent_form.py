"""The consent form: wording, versioned, in one language, approved by a named person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from app.domain.form_parts import (
    CARE_RECORD,
    PUBLICATION,
    RESEARCH_STUDY,
    Approval,
    ApprovalState,
    Asked,
    FormId,
    FormProblem,
    JurisdictionProfile,
    NamedThing,
    Statement,
    StatementId,
    TakeBack,
    Use,
)
from app.domain.form_rules import CARE_UNAFFECTED, check_head, check_ladder, check_statements
from app.domain.form_wording import (
    ConfirmationTexts,
    PaperTexts,
    PatientTexts,
    SigningTexts,
    WithdrawTexts,
)
from app.domain.ids import Sha256, UseId

__all__ = [
    "CARE_RECORD",
    "PUBLICATION",
    "RESEARCH_STUDY",
    "Approval",
    "ApprovalState",
    "Asked",
    "ConsentForm",
    "FormId",
    "FormProblem",
    "JurisdictionProfile",
    "NamedThing",
    "ShownDetail",
    "Statement",
    "StatementId",
    "TakeBack",
    "Use",
]

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


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
    confirmation: ConfirmationTexts
    source: bytes = field(repr=False)
    text_sha256: Sha256 = field(init=False)

    def __post_init__(self) -> None:
        check_head(self.id, self.version, self.language, self.reading_level_limit)
        check_statements(self.statements, self.profile)
        check_ladder(self.uses)
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
    def refusal(self) -> Statement:
        """The statement that a no changes nothing about care, the first one to confirm (R9)."""
        return next(each for each in self.confirming if CARE_UNAFFECTED in each.rules)

    @property
    def read_by_patient(self) -> tuple[str, ...]:
        """The sentences that the patient reads or signs, for measuring how hard they are."""
        says, signs, withdraws = self.patient, self.signing, self.withdraw
        return (
            *(statement.text for statement in self.statements),
            *(text for use in self.uses for text in use.texts),
            *(says.welcome_text, says.understanding_question, says.understanding_hint),
            *(says.covered_note, says.stopped_text, says.declined_text, says.thank_you_text),
            *(signs.patient_declaration, signs.representative_declaration),
            *(signs.assent_declaration, signs.meaning, signs.electronic_note),
            *(withdraws.how, withdraws.effect, withdraws.limits, withdraws.slip_note),
        )

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
