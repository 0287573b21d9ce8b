"""Both directions of reading in one paragraph, held against Unicode's own cases."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.bidi import levels, prevailing, visual_order

REMOVED = {"LRE", "RLE", "LRO", "RLO", "PDF", "BN"}
CASES = Path(__file__).with_name("bidi_character_cases.txt")
BASES = {"0": 0, "1": 1, "2": None}


def cases():
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def test_every_case_of_the_standard_comes_out_in_its_order():
    wrong = []
    for line in cases():
        codes, asked, base, _, order = line.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())

        found = levels(text, base=BASES[asked])
        seen = [
            at
            for at in visual_order(text, found.of, found.base)
            if unicodedata.bidirectional(text[at]) not in REMOVED
        ]

        if (found.base, seen) != (int(base), [int(at) for at in order.split()]):
            wrong.append(line)

    assert not wrong


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Amara", 0),
        ("عبد الرحمن", 1),
        ("عبد heard what was said", 0),
        ("MOLE-2 دراسة طويلة", 1),
        ("a ع", 0),
        ("12 – 13", 0),
    ],
)
def test_direction_that_most_letters_have_is_the_paragraphs(text, base):
    assert prevailing(text) == base


def test_number_in_an_arabic_sentence_keeps_its_digits_in_order():
    text = "غرفة 123"

    found = levels(text)
    seen = "".join(text[at] for at in visual_order(text, found.of, found.base))

    assert seen.startswith("123 ")


@given(st.text(alphabet="aع1٣ ()[].,-+%\u2067\u2068\u2069\u202b\u202c\u0651א", max_size=40))
def test_no_character_is_lost_or_doubled(text):
    found = levels(text)

    assert sorted(visual_order(text, found.of, found.base)) == list(range(len(text)))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("ع \tع", [3, 2, 1, 0]),  # L1 puts a tab and what is before it at the paragraph's level
        ("a\u2068\u2067ع\u2069b\u2069", [0, 1, 2, 3, 4, 5, 6]),  # an isolate in an isolate
        ("\u2068\u2069ع", [2, 1, 0]),
        ("١,٢ ع", [4, 3, 0, 1, 2]),  # W4 with Arabic digits
        ("a\u2067\u202bb\u2069c", [0, 1, 2, 3, 4, 5]),  # a PDI ends what was left open inside
        ("⸨ع⸩", [2, 1, 0]),
        ("⦓ع⦔", [2, 1, 0]),  # a bracket whose name has no mirror image
    ],
)
def test_rare_rules(text, order):
    found = levels(text)

    assert visual_order(text, found.of, found.base) == order


def test_embedding_deeper_than_the_limit_is_survived():
    text = "\u202b" * 70 + "\u2067\u202b" * 80 + "a" + "\u202c\u2069" * 80 + "\u202c" * 70

    assert max(levels(text).of) <= 126


def test_more_brackets_than_the_limit_are_left_as_they_are():
    text = "(" * 70 + "ع" + ")" * 70

    assert len(levels(text).of) == 141
