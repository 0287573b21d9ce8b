from datetime import date

import pytest

from app.domain.ids import FactId, PatientId
from app.domain.patient import (
    Demographics,
    Likeness,
    LinkKind,
    Patient,
    PatientIdentifier,
    PatientLink,
    PatientLinks,
    PatientVersion,
    fold,
    likeness,
    merged_demographics,
)
from tests.builders import a_patient_id, a_stamp, an_id, demographics


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  O'Neill-Featherstonehaugh ", "o neill featherstonehaugh"),
        ("Müller", "muller"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Łukasz Øster", "lukasz oster"),
        ("Đặng", "dang"),
        ("陳大文", "陳大文"),
        ("عبد الرحمن", "عبد الرحمن"),
        ("0042-771", "0042 771"),
        ("राम", "राम"),
        ("รีมา", "รีมา"),
        ("שָׁלוֹם", "שלום"),
        ("عَبْد", "عبد"),
    ],
)
def test_folding_forgets_case_accents_and_punctuation(typed, folded):
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("family", "given", "banner", "running"),
    [
        ("Okafor", "Amara", "OKAFOR, Amara", "Amara Okafor"),
        ("陳", "大文", "陳大文", "陳大文"),
        ("김", "민준", "김민준", "김민준"),
        ("やまだ", "はな", "やまだはな", "やまだはな"),
        ("الرحمن", "عبد", "عبد الرحمن", "عبد الرحمن"),
        ("", "Amara", "Amara", "Amara"),
        ("Okafor", " ", "Okafor", "Okafor"),
        ("", "", "", ""),
    ],
)
def test_names_keep_the_order_of_their_script(family, given, banner, running):
    person = Demographics(family, given)

    assert (person.display_name, person.plain_name) == (banner, running)
    assert person.unnamed == (not banner)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(1992, 3, 12), date(2026, 3, 11), 33),
        (date(1992, 3, 12), date(2026, 3, 12), 34),
        (date(2027, 1, 1), date(2026, 3, 12), None),
        (None, date(2026, 3, 12), None),
    ],
)
def test_age_counts_completed_years(born, on, age):
    assert Demographics(birth_date=born).age(on) == age


def test_names_that_differ_in_vowel_signs_alone_are_not_the_same_name():
    one, other = demographics("शर्मा", "राम"), demographics("शर्मा", "रोमी")

    assert fold("रोमी") != fold("राम")
    assert likeness(one, other) is None


def test_search_text_holds_names_and_identifiers():
    assert demographics(mrn="0042-771").search_text == "okafor amara 0042 771"


@pytest.mark.parametrize(("issuer", "value"), [("", "1"), ("MRN", " ")])
def test_an_identifier_has_issuer_and_value(issuer, value):
    with pytest.raises(ValueError, match="issuer and a value"):
        PatientIdentifier(issuer, value)


def test_identifiers_are_the_same_whatever_their_spelling():
    assert PatientIdentifier(" mrn ", "0042-771").key == PatientIdentifier("MRN", "0042 771").key
    assert str(PatientIdentifier("MRN", "0042-771")) == "MRN 0042-771"


def test_a_patient_is_what_was_recorded_last():
    patient = a_patient_id()
    versions = tuple(
        PatientVersion(FactId(an_id()), patient, demographics(given=name), a_stamp())
        for name in ("Amara", "Amarachi")
    )

    assert Patient(patient, versions).now.given == "Amarachi"


def test_a_patient_without_versions_cannot_be():
    with pytest.raises(ValueError, match="at least one version"):
        Patient(a_patient_id(), ())


def link(patient, survivor, kind=LinkKind.MERGED):
    return PatientLink(
        FactId(an_id()), kind, PatientId(patient), PatientId(survivor), a_stamp(), "same"
    )


def test_merges_follow_one_another_to_the_survivor():
    links = PatientLinks((link("a", "b"), link("b", "c")))

    assert links.survivor(PatientId("a")) == "c"
    assert set(links.absorbed(PatientId("c"))) == {"a", "b"}
    assert links.same(PatientId("a"), PatientId("b"))


def test_unmerging_parts_them_again():
    links = PatientLinks((link("a", "b"), link("a", "b", LinkKind.UNMERGED)))

    assert links.survivor(PatientId("a")) == "a"
    assert not links.same(PatientId("a"), PatientId("b"))


def test_a_circle_of_merges_ends():
    links = PatientLinks((link("a", "b"), link("b", "a")))

    assert links.survivor(PatientId("a")) in {"a", "b"}


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (demographics("Someone", "Else", mrn="0042-771"), Likeness.SAME_IDENTIFIER),
        (demographics("OKAFOR", "amara"), Likeness.SAME_NAME_AND_BIRTH),
        (demographics("Amara", "Okafor"), Likeness.SAME_NAME_AND_BIRTH),
        (Demographics("Okafor", "Amara"), Likeness.SIMILAR),
        (demographics("Okafor", "Amarah"), Likeness.SIMILAR),
        (demographics("Okafr", "Amara"), Likeness.SIMILAR),
        (demographics("Okafor", "Amaar"), Likeness.SIMILAR),
        (demographics("Okafer", "Amara"), Likeness.SIMILAR),
        (demographics(born=date(1990, 1, 1)), None),
        (demographics("Okafor", "Chidi"), None),
        (Demographics(birth_date=date(1992, 3, 12)), None),
    ],
)
def test_likeness_of_two_records(other, why):
    assert likeness(demographics(mrn="0042-771"), other) is why


def test_merged_records_show_every_identifier_once():
    survivor = demographics(mrn="0042-771")
    absorbed = demographics("Okafor", "A.", mrn="0042 771"), demographics(mrn="99")

    shown = merged_demographics(survivor, absorbed)

    assert [i.value for i in shown.identifiers] == ["0042-771", "99"]
    assert shown.given == "Amara"
