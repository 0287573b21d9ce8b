"""What a consent form file may hold: each table is read key by key, and nothing is left over."""

from __future__ import annotations

import dataclasses
import unicodedata
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar, get_args, get_type_hints

from app.domain.consent_form import ConsentForm
from app.domain.form_parts import (
    Approval,
    ApprovalState,
    Asked,
    FormId,
    FormPath,
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
    Wording,
    placeholders,
)
from app.domain.ids import UseId

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SCHEMA = 1
MONTHS = 12
NAME = Wording(60)  # titles and names of persons, one line on paper
CHIP = Wording(20)  # a chip in the banner
QUESTION = Wording(90, ("named",))  # three lines of 36 px on the patient's side
DETAIL = Wording(120)  # three lines of 20 px beside the picture
STATEMENT = Wording(180)

_PRESELECTED = frozenset({"answer", "checked", "default", "preselected", "selected"})
_REORDERING = frozenset(
    "\u202a\u202b\u202d\u202e"
)  # embeddings and overrides: text that reads otherwise

T = TypeVar("T")
Texts = TypeVar("Texts", bound="DataclassInstance")
Word = TypeVar("Word", bound=StrEnum)


class Table:
    """One table of the file; every key is taken once, and `done` refuses what was not taken."""

    def __init__(self, content: dict[str, object], path: FormPath = ()) -> None:
        self._content = content
        self._path = path
        self._taken: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._content

    def take(self, key: str, kind: type[T], kind_name: str) -> T:
        """The value of a key that must be there and of that kind.

        Raises:
            FormProblem: It is missing or of another kind.
        """
        self._taken.add(key)
        if key not in self._content:
            raise FormProblem(self._path, f"the key {key} is missing")
        value = self._content[key]
        wrong_bool = isinstance(value, bool) and kind is not bool
        if wrong_bool or not isinstance(value, kind):
            raise FormProblem((*self._path, key), f"{key} is to be {kind_name}")
        return value

    def text(self, key: str, wording: Wording) -> str:
        """A text that fits, is not empty, and holds no placeholder but those of the wording."""
        text = self.take(key, str, "a text")
        reason = _fault(text, wording)
        if reason:
            raise FormProblem((*self._path, key), f"{key} {reason}")
        return text

    def integer(self, key: str) -> int:
        """A whole number."""
        return self.take(key, int, "a whole number")

    def truth(self, key: str) -> bool:
        """True or false."""
        return self.take(key, bool, "true or false")

    def day(self, key: str) -> date:
        """A date without a time."""
        day = self.take(key, date, "a date such as 2026-01-31")
        if isinstance(day, datetime):
            raise FormProblem((*self._path, key), f"{key} is to be a date without a time")
        return day

    def word(self, key: str, words: type[Word]) -> Word:
        """One word of a vocabulary."""
        text = self.take(key, str, "a text")
        if text not in list(words):
            admitted = ", ".join(words)
            raise FormProblem((*self._path, key), f"{key} is to be one of {admitted}")
        return words(text)

    def integers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, none twice, at least one."""
        numbers = self.take(key, list, "a list of whole numbers")
        if not numbers or any(type(number) is not int for number in numbers):
            raise FormProblem((*self._path, key), f"{key} is to be a list of whole numbers")
        if len(set(numbers)) < len(numbers):
            raise FormProblem((*self._path, key), f"{key} holds a number twice")
        return tuple(numbers)

    def months(self, key: str, wording: Wording) -> tuple[str, ...]:
        """Twelve texts that fit."""
        texts = self.take(key, list, "a list of texts")
        if len(texts) != MONTHS or not all(isinstance(text, str) for text in texts):
            raise FormProblem((*self._path, key), f"{key} is to be a list of {MONTHS} texts")
        for reason in filter(None, (_fault(text, wording) for text in texts)):
            raise FormProblem((*self._path, key), f"a text in {key} {reason}")
        return tuple(texts)

    def table(self, key: str) -> Table:
        """A table within this one."""
        return Table(self.take(key, dict, "a table"), (*self._path, key))

    def tables(self, key: str) -> tuple[Table, ...]:
        """A list of tables, at least one."""
        entries = self.take(key, list, "a list of tables")
        path = (*self._path, key)
        if not entries or not all(isinstance(entry, dict) for entry in entries):
            raise FormProblem(path, f"{key} is to be a list of tables")
        return tuple(Table(entry, (*path, index)) for index, entry in enumerate(entries))

    def done(self) -> None:
        """Refuse the first key that nobody took.

        Raises:
            FormProblem: There is one.
        """
        for key in self._content:
            if key in _PRESELECTED and key not in self._taken:
                raise FormProblem((*self._path, key), f"{key}: no answer is preselected (R15)")
            if key not in self._taken:
                shown = key if key.isprintable() else "this"
                raise FormProblem((*self._path, key), f"the key {shown} is not known here")


def _fault(text: str, wording: Wording) -> str:
    """What is wrong with a text, as the end of a sentence; empty when nothing is."""
    if not text.strip():
        return "is empty"
    if text != text.strip():
        return "begins or ends with a blank"
    if any(_unseen(character) for character in text):
        return "holds a line break or a character that cannot be seen"
    if len(text) > wording.limit:
        return f"is {len(text)} characters long, at most {wording.limit} fit"
    if "{" in text or "}" in text or wording.placeholders:
        return _placeholder_fault(text, wording)
    return ""


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Co", "Zl", "Zp"} or (
        character in _REORDERING
    )


def _placeholder_fault(text: str, wording: Wording) -> str:
    wanted = frozenset(wording.placeholders)
    found = placeholders(text)
    # Whether a question needs {named} depends on its use; the domain decides.
    missing = frozenset() if wording is QUESTION else wanted - found
    if missing:
        return "needs " + " and ".join(f"{{{name}}}" for name in sorted(missing))
    stray = text.count("{") + text.count("}") != 2 * len(_braced(text))
    if found - wanted or stray:
        return "has braces that stand for nothing"
    return ""


def _braced(text: str) -> list[str]:
    return [part for part in text.split("{")[1:] if "}" in part]


def read_form(content: dict[str, object], source: bytes) -> ConsentForm:
    """The form that a parsed file describes.

    Raises:
        FormProblem: Something is missing, too much, of the wrong kind, or breaks a rule.
    """
    top = Table(content)
    if top.integer("schema") != SCHEMA:
        raise FormProblem(("schema",), f"this program reads schema {SCHEMA}")
    form_id, version = top.text("id", NAME), top.integer("version")
    language, title = top.text("language", NAME), top.text("title", NAME)
    profile = top.word("profile", JurisdictionProfile)
    level = top.integer("reading_level_limit")
    approval = _approval(top.table("approval"))
    statements = tuple(_statement(entry) for entry in top.tables("statements"))
    uses = tuple(_use(entry) for entry in top.tables("uses"))
    patient = _texts(PatientTexts, top.table("patient"))
    signing = _texts(SigningTexts, top.table("signing"))
    paper = _texts(PaperTexts, top.table("paper"))
    withdraw = _texts(WithdrawTexts, top.table("withdraw"))
    confirmation = _texts(ConfirmationTexts, top.table("confirmation"))
    top.done()
    return ConsentForm(
        id=FormId(form_id),
        version=version,
        language=language,
        title=title,
        profile=profile,
        reading_level_limit=level,
        approval=approval,
        statements=statements,
        uses=uses,
        patient=patient,
        signing=signing,
        paper=paper,
        withdraw=withdraw,
        confirmation=confirmation,
        source=source,
    )


def _approval(table: Table) -> Approval:
    state = table.word("state", ApprovalState)
    by = table.text("by", Wording(120)) if table.has("by") else ""
    on = table.day("on") if table.has("on") else None
    review = table.day("next_review") if table.has("next_review") else None
    table.done()
    return Approval(state, by, on, review)


def _statement(table: Table) -> Statement:
    statement = Statement(
        id=StatementId(table.text("id", NAME)),
        text=table.text("text", STATEMENT),
        confirm=table.truth("confirm"),
        rules=table.integers("rules"),
    )
    table.done()
    return statement


def _take_back(table: Table) -> TakeBack:
    take_back = TakeBack(table.truth("revocable"), table.text("text", DETAIL))
    table.done()
    return take_back


def _use(table: Table) -> Use:
    use = Use(
        id=UseId(table.text("id", NAME)),
        order=table.integer("order"),
        title=table.text("title", NAME),
        question=table.text("question", QUESTION),
        short_label=table.text("short_label", CHIP),
        audience=table.text("audience", DETAIL),
        example=table.text("example", DETAIL),
        duration=table.text("duration", DETAIL),
        take_back=_take_back(table.table("take_back")),
        admits_identifiable=table.truth("admits_identifiable"),
        fresh_each_time=table.truth("fresh_each_time"),
        needs_named=table.word("needs_named", NamedThing),
        asked=table.word("asked", Asked),
        expiry_months=table.integer("expiry_months") if table.has("expiry_months") else None,
    )
    table.done()
    return use


def _texts(kind: type[Texts], table: Table) -> Texts:
    """A dataclass of texts, each as its annotation demands."""
    hints = get_type_hints(kind, include_extras=True)
    found: dict[str, str | tuple[str, ...]] = {}
    for each in dataclasses.fields(kind):
        held, wording = get_args(hints[each.name])
        several = held is not str
        found[each.name] = (table.months if several else table.text)(each.name, wording)
    table.done()
    return kind(**found)
