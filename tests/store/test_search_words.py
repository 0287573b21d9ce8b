from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.patient import Demographics, PatientIdentifier, fold
from app.store.search_words import full_text_query, indexed_words, matches, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("O'Brien-Smith", ["o", "brien", "smith"]),
        ("陳大文", ["陳", "大", "文"]),
        ("Chan 陳大文 a1", ["chan", "陳", "大", "文", "a1"]),
        ("タナカ", ["タ", "ナ", "カ"]),
        ("𠮷野", ["𠮷", "野"]),
        ("Łódź", ["lodz"]),
    ],
)
def test_words(text, words):
    assert words_of(text) == words


def test_everything_that_finds_a_patient():
    somebody = Demographics(
        "O'Brien",
        "Mary Ann",
        date(1992, 3, 12),
        identifiers=(PatientIdentifier("MRN", "0042-771"),),
    )

    assert indexed_words(somebody) == (
        "o brien mary ann 0042 771 obrien 0042771 1992 03 12 12 03 1992 19920312 12031992"
    )


def test_both_names_stand_in_one_word_where_the_script_writes_them_so():
    assert indexed_words(Demographics("김", "민준")).split()[-1] == fold("김민준")
    assert indexed_words(Demographics("Okafor", "Amara")) == "okafor amara"
    assert indexed_words(Demographics("Okafor")) == "okafor"


def test_early_years_have_four_digits():
    assert "0812" in indexed_words(Demographics(birth_date=date(812, 1, 2))).split()


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("", ""),
        ("  ", ""),
        ('"*()', ""),
        ("Oka", '("oka" *)'),
        ("oka ama", '("oka" *) AND ("ama" *)'),
        ("0042-7", '("0042 7" * OR "00427" *)'),
        ("3.4.1992", '("03 04 1992" *)'),
        ("94 3", '(("94" *) AND ("3" *)) OR "943" *'),
        ("陳大", '("陳 大" * OR "陳大" *)'),
    ],
)
def test_query(typed, query):
    assert full_text_query(typed, whole_words=False) == query


texts = st.text(alphabet="ab 1-陳大\"*'(é", max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts, texts, texts, st.booleans())
def test_database_and_rule_agree(search_table, family, number, typed, whole_words):
    born = date(1992, 3, 12) if whole_words else None
    numbers = (PatientIdentifier("MRN", number),) if number.strip() else ()
    words = indexed_words(Demographics(family, "b", born, identifiers=numbers))
    query = full_text_query(typed, whole_words=whole_words)

    found = search_table(words, query) if query else True

    assert found == matches(words, typed, whole_words=whole_words)


@pytest.fixture
def search_table(sealed):
    writer = sealed.opened.database.writer()

    def found(words, query):
        writer.execute("DELETE FROM patient_search WHERE rowid = 1")
        writer.execute("INSERT INTO patient_search (rowid, words) VALUES (1, ?)", (words,))
        sql = "SELECT rowid FROM patient_search WHERE patient_search MATCH ?"
        return writer.execute(sql, (query,)).fetchone() is not None

    return found
