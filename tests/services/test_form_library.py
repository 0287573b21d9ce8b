"""A broken form is refused by file, line and reason; a sound one is found again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.consent_form import ApprovalState, FormId
from app.domain.ids import Sha256
from app.errors import KnownError
from app.services.form_library import (
    MAX_FORM_BYTES,
    FormConflictError,
    FormLibrary,
    FormRefusedError,
    FormSchemaError,
    FormSyntaxError,
    FormTooHardError,
    load_forms,
    parse_form,
    require_plain_language,
)

NAME = "clinical-photography/en.toml"
SHIPPED = Path(__file__).parents[2] / "forms" / NAME
TEXT = SHIPPED.read_text(encoding="utf-8")
LINES = TEXT.split("\n")
FORM = FormId("clinical-photography")
TEACHING = 'id = "teaching-local"'
PUBLICATION = 'id = "publication"'


def line_of(fragment: str, after: str = "") -> int:
    """The number of the first line with the fragment at or after the line with `after`."""
    start = next(i for i, line in enumerate(LINES) if after in line)
    return next(i for i, line in enumerate(LINES[start:], start) if fragment in line) + 1


def changed(old: str, new: str, after: str = "") -> bytes:
    """The shipped form with one line replaced."""
    number = line_of(old, after)
    edited = [*LINES]
    edited[number - 1] = edited[number - 1].replace(old, new)
    return "\n".join(edited).encode()


def refusal(source: bytes) -> FormRefusedError:
    with pytest.raises(FormRefusedError) as caught:
        parse_form(source, name=NAME)
    assert caught.value.facts["file"] == NAME
    assert str(caught.value)
    return caught.value


def line_refused(source: bytes) -> int:
    """The line named in a refusal; 0 when the form is read."""
    try:
        form = parse_form(source, name=NAME)
    except FormRefusedError as error:
        return int(error.facts["line"])
    return len(source) - len(form.source)


def approved(
    text: str, *, version: int = 1, language: str = "en", state: str = "approved"
) -> bytes:
    return (
        text.replace('state = "demonstration"', f'state = "{state}"')
        .replace("\nversion = 1\n", f"\nversion = {version}\n")
        .replace('\nlanguage = "en"\n', f'\nlanguage = "{language}"\n')
        .encode()
    )


# What is wrong: text on the line, what it becomes, the line from which on it is looked for, reason.
SCHEMA_BREAKS = {
    "unknown key": ("short_label", "nickname = 1\nshort_label", TEACHING, "nickname is not known"),
    "unknown key of all": ("schema = 1", "colour = 1\nschema = 1", "", "colour is not known"),
    "default": ("asked", "default = true\nasked", TEACHING, "no answer is preselected (R15)"),
    "checked": ("asked", "checked = true\nasked", TEACHING, "no answer is preselected (R15)"),
    "other schema": ("schema = 1", "schema = 2", "", "reads schema 1"),
    "text for number": ("version = 1", 'version = "1"', "", "is to be a whole number"),
    "truth for number": ("version = 1", "version = true", "", "is to be a whole number"),
    "version 0": ("version = 1", "version = 0", "", "versions start at 1"),
    "bad id": ('id = "clinical-', 'id = "Clinical ', "", "lower-case words"),
    "bad language": ('language = "en"', 'language = "English!"', "", "a language is a tag"),
    "unknown profile": ('profile = "generic"', 'profile = "mars"', "", "one of generic, uk,"),
    "grade": ("reading_level_limit = 8", "reading_level_limit = 30", "", "from 1 to 12"),
    "unknown state": ('state = "demon', 'state = "mon', "", "one of draft, demonstration"),
    "approver empty": ('by = "The makers', 'by = "" # "The makers', "", "is empty"),
    "date with time": ("on = 2026-11-23", "on = 2026-11-23T10:00:00Z", "", "without a time"),
    "date as text": ("on = 2026-11-23", 'on = "2026-11-23"', "", "is to be a date"),
    "early review": ("next_review = 2027", "next_review = 2025", "", "is after the approval"),
    "confirm no truth": ("confirm = true", "confirm = 1", "", "is to be true or false"),
    "rules empty": ("rules = [12]", "rules = []", "", "list of whole numbers"),
    "rules words": ("rules = [12]", 'rules = ["12"]', "", "list of whole numbers"),
    "rules truth": ("rules = [12]", "rules = [true]", "", "list of whole numbers"),
    "rules twice": ("rules = [12]", "rules = [12, 12]", "", "a number twice"),
    "rule unknown": ("rules = [12]", "rules = [99]", "", "numbered 1 to 33"),
    "statement twice": ('id = "storage"', 'id = "purpose"', "", "purpose is there twice"),
    "use twice": (TEACHING, 'id = "colleague-advice"', "", "colleague-advice is there twice"),
    "order twice": ("order = 3", "order = 2", "", "from 1 to 10, each number once"),
    "order gap": ("order = 10", "order = 11", "", "from 1 to 10, each number once"),
    "empty": ('question = "May', 'question = "" # "May', TEACHING, "is empty"),
    "blank": ('question = "May', 'question = " " # "May', TEACHING, "is empty"),
    "padded": ('question = "May', 'question = " May', TEACHING, "begins or ends with a blank"),
    "too long": ('question = "May', f'question = "{"x" * 40}', TEACHING, "at most 90 fit"),
    "stray brace": ('example = "A', 'example = "{A', TEACHING, "braces that stand for nothing"),
    "stray field": ('example = "A', 'example = "{n} A', TEACHING, "braces that stand for nothing"),
    "hidden": ('example = "A', 'example = "\\u202eA', TEACHING, "cannot be seen"),
    "line break": ('example = "A', 'example = "A\\nB', TEACHING, "line break"),
    "name not asked": ("“{named}”", "one journal", PUBLICATION, "question holds {named}"),
    "name for nothing": ("department?", "{named}?", TEACHING, "question holds {named}"),
    "take back as text": ("take_back = {", 'take_back = "" # {', TEACHING, "is to be a table"),
    "take back empty": ("take_back = {", "take_back = {} # {", TEACHING, "revocable is missing"),
    "take back more": ("revocable =", "free = 1, revocable =", TEACHING, "free is not known"),
    "overpromise": ("revocable = false", "revocable = true", PUBLICATION, "(R12)"),
    "not fresh": ("each_time = true", "each_time = false", PUBLICATION, "each time (R17)"),
    "no journal": ('"journal"', '"study"', PUBLICATION, "one named journal (R17)"),
    "asked early": ('"patient-side"', '"before-camera"', TEACHING, "been seen (R20)"),
    "care asked late": ('"before-camera"', '"patient-side"', "", "is asked before-camera"),
    "asked whenever": ('"patient-side"', '"whenever"', TEACHING, "one of before-camera"),
    "expiry zero": ("expiry_months = 60", "expiry_months = 0", TEACHING, "is left out where"),
    "placeholder lost": ('"Picture {n} of {m}"', '"Picture {n}"', "", "needs {m}"),
    "button too long": ('yes = "Yes"', f'yes = "{"y" * 25}"', "", "at most 24 fit"),
    "months few": ('"January", ', "", "", "a list of 12 texts"),
    "months numbers": ('"January"', "1", "", "a list of 12 texts"),
    "month empty": ('"January"', '""', "", "a text in months is empty"),
}


@pytest.mark.parametrize("case", SCHEMA_BREAKS)
def test_broken_form_is_refused_at_its_line(case):
    old, new, after, reason = SCHEMA_BREAKS[case]

    error = refusal(changed(old, new, after))

    assert isinstance(error, FormSchemaError)
    assert error.facts["line"] == line_of(old, after)
    assert reason in str(error.facts["reason"])


@pytest.mark.parametrize(
    ("old", "new", "after", "reason"),
    [
        ("order = 3", "", "", "the key order is missing"),
        ('audience = "About', '# "About', "", "the key audience is missing"),
        ("take_back =", "#", TEACHING, "the key take_back is missing"),
    ],
)
def test_missing_key_is_refused_at_the_head_of_its_table(old, new, after, reason):
    error = refusal(changed(old, new, after))

    assert error.facts["line"] == line_of(TEACHING) - 1
    assert error.facts["reason"] == reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('id = "clinical', '# "clinical', "the key id is missing"),
        ("schema = 1", "", "the key schema is missing"),
    ],
)
def test_missing_key_of_the_head_is_refused_at_the_first_line(old, new, reason):
    error = refusal(changed(old, new))

    assert (error.facts["line"], error.facts["reason"]) == (1, reason)


def test_preselection_is_named_as_such():
    error = refusal(changed("fresh_each_time", "default = true\nfresh_each_time", TEACHING))

    assert error.facts["reason"] == "default: no answer is preselected (R15)"


def test_missing_confirmation_points_to_the_statements():
    error = refusal(changed("confirm = true", "confirm = false"))

    assert error.facts["line"] == line_of("[[statements]]")
    assert "confirm = true" in str(error)


def test_missing_care_record_points_to_the_uses():
    start = line_of('id = "care-record"') - 2
    end = line_of('id = "colleague-advice"') - 2
    text = "\n".join(LINES[:start] + LINES[end:])
    for order in range(2, 11):
        text = text.replace(f"\norder = {order}\n", f"\norder = {order - 1}\n")

    error = refusal(text.encode())

    assert error.facts["line"] == start + 1
    assert error.facts["reason"] == "the use care-record is missing"


@pytest.mark.parametrize("text", ["uses = []", "uses = [1]", 'uses = "many"'])
def test_uses_are_a_list_of_tables(text):
    start = line_of('id = "care-record"') - 2
    end = line_of("[patient]") - 1
    source = "\n".join([*LINES[:8], text, *LINES[8:start], *LINES[end:]])

    error = refusal(source.encode())

    assert isinstance(error, FormSchemaError)
    assert error.facts["line"] == 9


def test_an_odd_key_is_not_repeated():
    error = refusal(changed("schema = 1", 'schema = 1\n"\\u202e" = 1'))

    assert error.facts["reason"] == "the key this is not known here"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (changed("version = 1", "version 1"), line_of("version = 1")),
        (changed('title = "Consent', 'title = "Consent\n'), line_of("title =")),
        (changed("version = 1", "version = 1\nversion = 2"), line_of("version = 1") + 1),
        (changed("on = 2026-11-23", "on = 2026-13-45"), line_of("on = 2026")),
        (changed("version = 1", "version = " + "9" * 5000), line_of("version = 1")),
        (changed("version = 1", "version = " + "[" * 5000), line_of("version = 1")),
        (TEXT.encode().replace(b"title = ", b"\xfftitle = ", 1), line_of("title = ")),
        (b"a = 1\nb = [", 2),
        (b"a = 1\nb = [\n", 2),
        (b"#" * (MAX_FORM_BYTES + 1), 1),
    ],
    ids=[
        "no equals",
        "open text",
        "twice",
        "date",
        "number",
        "nesting",
        "bytes",
        "end",
        "nl",
        "long",
    ],
)
def test_what_is_no_toml_is_refused_at_its_line(source, line):
    error = refusal(source)

    assert isinstance(error, FormSyntaxError)
    assert error.facts["line"] == line


def test_empty_file_is_refused():
    assert isinstance(refusal(b""), FormSchemaError)


@pytest.mark.parametrize("number", range(len(LINES)))
def test_without_any_one_line_the_form_parses_or_is_refused(number):
    source = "\n".join(LINES[:number] + LINES[number + 1 :]).encode()

    assert 0 <= line_refused(source) <= len(LINES)


@given(data=st.data())
def test_a_damaged_form_parses_or_is_refused(data):
    raw = TEXT.encode()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(start + 200, len(raw))))
    source = raw[:start] + data.draw(st.binary(max_size=20)) + raw[end:]

    assert 0 <= line_refused(source) <= source.count(b"\n") + 1


@given(text=st.text(alphabet="[]{}=\"'\\#.\n abu1", max_size=60))
def test_any_text_parses_or_is_refused(text):
    refusal(text.encode())


@pytest.mark.parametrize(
    "prefix", [b"\xef\xbb\xbf", b""], ids=["with byte-order mark", "without byte-order mark"]
)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_file_saved_on_windows_is_read(prefix, line_end):
    source = prefix + TEXT.encode().replace(b"\n", line_end)

    form = parse_form(source, name=NAME)

    assert form.source == source


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (NAME, NAME),
        ("/home/jane/forms/en.toml", "en.toml"),
        ("C:\\Users\\jane\\en.toml", "en.toml"),
        ("../jane/en.toml", "en.toml"),
        ("a\nb.toml", "a�b.toml"),
    ],
)
def test_error_names_the_file_within_the_folder_only(name, shown):
    with pytest.raises(FormRefusedError) as caught:
        parse_form(b"x", name=name)

    assert caught.value.facts["file"] == shown


def test_form_that_reads_too_hard_is_refused_with_its_hardest_part():
    hard = "Dissemination of photographic documentation necessitates authorisation of individuals"
    source = changed("reading_level_limit = 8", "reading_level_limit = 1")
    source = source.replace(b"You get a copy of all that you agree to.", hard.encode())

    with pytest.raises(FormTooHardError) as caught:
        require_plain_language(parse_form(source, name=NAME), name=NAME)

    assert caught.value.facts["part"] == "copy-given"
    assert caught.value.facts["limit"] == 1
    assert "copy-given" in str(caught.value)


def test_reading_level_is_not_measured_in_other_languages():
    source = changed("reading_level_limit = 8", "reading_level_limit = 1")
    form = parse_form(source.replace(b'language = "en"', b'language = "de"'), name=NAME)

    require_plain_language(form, name=NAME)


def library(*sources: bytes) -> FormLibrary:
    return FormLibrary(tuple(parse_form(source, name=NAME) for source in sources))


def test_newest_approved_version_is_current_and_old_ones_are_kept():
    forms = library(
        approved(TEXT, version=2),
        approved(TEXT, version=1),
        approved(TEXT, version=3, state="draft"),
        approved(TEXT, version=4, state="retired"),
    )

    current = forms.current(FORM, "en")

    assert current is not None
    assert current.version == 2
    assert [form.version for form in forms.versions(FORM, "en")] == [1, 2, 3, 4]
    assert forms.with_hash(current.text_sha256) is current


def test_form_for_demonstration_is_not_used_with_patients():
    forms = library(TEXT.encode())

    demonstration = forms.current(FORM, "en", demonstration=True)

    assert forms.current(FORM, "en") is None
    assert demonstration is not None
    assert demonstration.approval.state is ApprovalState.DEMONSTRATION


def test_approved_form_is_used_in_the_demonstration_too():
    forms = library(approved(TEXT), TEXT.replace("version = 1", "version = 2", 1).encode())

    current = forms.current(FORM, "en", demonstration=True)

    assert current is not None
    assert current.version == 1


def test_approval_by_the_clinic_makes_the_shipped_form_current():
    shipped = parse_form(TEXT.encode(), name=NAME)

    forms = FormLibrary((shipped.approved(by="Dr A. Person", on=date(2026, 12, 1)),))

    current = forms.current(FORM, "en")
    assert current is not None
    assert current.text_sha256 == shipped.text_sha256


def test_unknown_form_language_or_hash_gives_nothing():
    forms = library(approved(TEXT))

    assert forms.current(FORM, "de") is None
    assert forms.current(FormId("other"), "en") is None
    assert forms.with_hash(Sha256("0" * 64)) is None


def test_patient_may_change_among_translations_of_the_same_version():
    forms = library(
        approved(TEXT),
        approved(TEXT, language="de"),
        approved(TEXT, language="fr", version=2),
        approved(TEXT, language="ar", state="draft"),
    )
    english = forms.versions(FORM, "en")[0]

    offered = forms.translations(english)

    assert [form.language for form in offered] == ["de", "en"]
    assert forms.languages(FORM) == ("ar", "de", "en", "fr")


def test_same_text_twice_is_kept_once():
    forms = library(TEXT.encode(), TEXT.encode())

    assert len(forms.forms) == 1


def test_two_texts_for_one_version_are_a_conflict():
    with pytest.raises(FormConflictError) as caught:
        library(TEXT.encode(), TEXT.encode() + b"\n")

    assert caught.value.facts == {"form": FORM, "version": 1, "language": "en"}


def test_broken_file_does_not_keep_the_others_from_being_used():
    hard = changed("reading_level_limit = 8", "reading_level_limit = 1")
    files = [
        ("a/en.toml", b"broken"),
        (NAME, TEXT.encode()),
        ("b/en.toml", TEXT.encode() + b"# changed"),
        ("c/en.toml", hard),
        ("d/en.toml", b"schema = 2"),
    ]

    loaded = load_forms(files)

    assert [form.source for form in loaded.library.forms] == [TEXT.encode()]
    assert [error.code for error in loaded.refused] == [
        "FORM-001",
        "FORM-003",
        "FORM-005",
        "FORM-002",
    ]
    assert all(isinstance(error, KnownError) for error in loaded.refused)
