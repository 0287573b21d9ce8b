"""Read consent forms, refuse broken ones by line and reason, and find the one to use."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from app.domain.consent_form import ConsentForm
from app.domain.form_parts import ApprovalState, FormId, FormProblem
from app.domain.ids import Sha256
from app.domain.reading_level import can_be_measured, reading_grade
from app.errors import KnownError
from app.services.form_lines import LineIndex
from app.services.form_schema import read_form

MAX_FORM_BYTES = 262_144  # ten times the form that is shipped
_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


class FormRefusedError(KnownError):
    """A form file that cannot be used.

    Facts: file (name in the folder of forms), line (from 1), reason.
    """

    def __init__(self, *, file: str, line: int, reason: str) -> None:
        super().__init__(file=_display_name(file), line=line, reason=reason)


class FormSyntaxError(FormRefusedError):
    """The file is no TOML."""

    code: ClassVar[str] = "FORM-001"
    message: ClassVar[str] = "The consent form {file} cannot be read: line {line}: {reason}."
    advice: ClassVar[str] = "Correct that line, or put back the last version that worked."


class FormSchemaError(FormRefusedError):
    """The file is TOML and no consent form."""

    code: ClassVar[str] = "FORM-002"
    message: ClassVar[str] = "The consent form {file} cannot be used: line {line}: {reason}."
    advice: ClassVar[str] = "Correct that line; forms/README.md says what a form must hold."


class FormConflictError(KnownError):
    """Two different texts claim to be one version."""

    code: ClassVar[str] = "FORM-003"
    message: ClassVar[str] = "Two different texts are both {form} version {version} in {language}."
    advice: ClassVar[str] = "Give the changed text a new version number and restore the old file."


class FormTooHardError(KnownError):
    """A form that is harder to read than it allows itself to be.

    Facts: file, grade and limit (school grades), part (id of the hardest statement or use).
    """

    code: ClassVar[str] = "FORM-005"
    message: ClassVar[str] = "The consent form {file} reads at grade {grade}; its limit is {limit}."
    advice: ClassVar[str] = "Use shorter sentences and plainer words; begin with {part}."


def parse_form(source: bytes, *, name: str) -> ConsentForm:
    """Read one form.

    Args:
        source: The bytes of a TOML file in UTF-8, untrusted.
        name: What to call it in errors, as in the folder: "clinical-photography/en.toml".

    Raises:
        FormSyntaxError: It is no TOML.
        FormSchemaError: A key is missing, unknown or wrong, or a rule is broken.
    """
    text = _decoded(source, name)
    try:
        content = tomllib.loads(text)
    # tomllib lets ValueError through for numbers that are too long, and does not bound nesting.
    except (ValueError, RecursionError) as error:
        line, reason = _syntax_reason(error, text)
        raise FormSyntaxError(file=name, line=line, reason=reason) from error
    try:
        return read_form(content, source)
    except FormProblem as problem:
        line = LineIndex(text).line(problem.path)
        raise FormSchemaError(file=name, line=line, reason=problem.reason) from problem


def _decoded(source: bytes, name: str) -> str:
    if len(source) > MAX_FORM_BYTES:
        reason = f"it is longer than {MAX_FORM_BYTES} bytes"
        raise FormSyntaxError(file=name, line=1, reason=reason)
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise FormSyntaxError(file=name, line=line, reason="it is not UTF-8 text") from error
    # Some editors on Windows begin a file with a byte-order mark, which TOML does not admit.
    return text.removeprefix("\ufeff")


def _syntax_reason(error: Exception, text: str) -> tuple[int, str]:
    """The line and the reason in what tomllib says."""
    said = str(error)
    place = _PLACE.search(said)
    if place is None:
        # Neither error tells the place; such a value makes a long line.
        lines = text.split("\n")
        return lines.index(max(lines, key=len)) + 1, "a value is too long or too deeply nested"
    last = text.count("\n") + (not text.endswith("\n"))
    line = int(place["line"]) if place["line"] else max(last, 1)
    return line, said[: place.start()]


def _display_name(name: str) -> str:
    """The name within the folder of forms; of a full path only the last part."""
    full_path = name.startswith(("/", "\\", "~")) or ":" in name or ".." in name
    shown = re.split(r"[/\\]", name)[-1] if full_path else name
    return "".join(character if character.isprintable() else "�" for character in shown)


def require_plain_language(form: ConsentForm, *, name: str) -> None:
    """Refuse a form that is harder to read than it allows itself to be.

    Only English is measured; in other languages the person who approves the form judges.

    Args:
        form: A form that is about to be used; those that were signed are not judged again.
        name: What to call it in the error, as for `parse_form`.

    Raises:
        FormTooHardError: The grade of the whole wording is above the form's limit.
    """
    if not can_be_measured(form.language):
        return
    grade = reading_grade(form.read_by_patient)
    if grade > form.reading_level_limit:
        raise FormTooHardError(
            file=_display_name(name),
            grade=f"{grade:.1f}",
            limit=form.reading_level_limit,
            part=_hardest_part(form),
        )


def _hardest_part(form: ConsentForm) -> str:
    """The id of the use or statement with the highest grade."""
    grades = {use.id: reading_grade(use.texts) for use in form.uses} | {
        statement.id: reading_grade([statement.text]) for statement in form.statements
    }
    return max(grades, key=lambda part: grades[part])


@dataclass(frozen=True, slots=True)
class FormLibrary:
    """All forms at hand, every version of them.

    Attributes:
        forms: Sorted by id, language and version; a text that is there twice is kept once.
    """

    forms: tuple[ConsentForm, ...] = ()

    def __post_init__(self) -> None:
        kept: dict[tuple[str, str, int], ConsentForm] = {}
        for form in self.forms:
            place = (form.id, form.language, form.version)
            known = kept.setdefault(place, form)
            if known.text_sha256 != form.text_sha256:
                raise FormConflictError(form=form.id, version=form.version, language=form.language)
        ordered = tuple(kept[place] for place in sorted(kept))
        object.__setattr__(self, "forms", ordered)

    def current(
        self, form: FormId, language: str, *, demonstration: bool = False
    ) -> ConsentForm | None:
        """The newest approved version in a language; None where there is none.

        Args:
            form: Which form.
            language: Its exact tag.
            demonstration: Whether a form that the clinic has not approved yet will do, when there
                is no approved one: in the demonstration, never with a patient.
        """
        admitted = [ApprovalState.APPROVED]
        if demonstration:
            admitted.append(ApprovalState.DEMONSTRATION)
        for state in admitted:
            fit = [each for each in self.versions(form, language) if each.approval.state is state]
            if fit:
                return fit[-1]
        return None

    def versions(self, form: FormId, language: str) -> tuple[ConsentForm, ...]:
        """Every version in a language, oldest first."""
        return tuple(each for each in self.forms if (each.id, each.language) == (form, language))

    def with_hash(self, text_sha256: Sha256) -> ConsentForm | None:
        """The very text that a consent was given under; None where it is not at hand."""
        return next((each for each in self.forms if each.text_sha256 == text_sha256), None)

    def languages(self, form: FormId) -> tuple[str, ...]:
        """The languages that a form exists in, in whatever state."""
        return tuple(sorted({each.language for each in self.forms if each.id == form}))

    def translations(self, form: ConsentForm) -> tuple[ConsentForm, ...]:
        """The form in every language among which the patient may change without losing answers.

        They have the same version, the same uses and the same state of approval; the form itself
        is one of them.
        """
        return tuple(
            each
            for each in self.forms
            if each.same_choices(form) and each.approval.state is form.approval.state
        )


@dataclass(frozen=True, slots=True)
class LoadedForms:
    """What reading a folder of forms gave.

    Attributes:
        refused: One error for each file that was left out; the others are used all the same.
    """

    library: FormLibrary
    refused: tuple[KnownError, ...] = ()


def load_forms(files: Iterable[tuple[str, bytes]]) -> LoadedForms:
    """Read every file; a broken one is reported and does not keep the others from being used."""
    forms: tuple[ConsentForm, ...] = ()
    refused: list[KnownError] = []
    for name, source in files:
        try:
            form = parse_form(source, name=name)
            require_plain_language(form, name=name)
            forms = FormLibrary((*forms, form)).forms
        except (FormRefusedError, FormTooHardError, FormConflictError) as error:
            refused.append(error)
    return LoadedForms(FormLibrary(forms), tuple(refused))
