"""The recovery code finds and places typing errors."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KnownError
from app.store.errors import (
    RecoveryCodeLengthError,
    RecoveryCodeMistypedError,
    RecoveryCodeUnclearError,
)
from app.store.recovery_code import ALPHABET, GROUPS, RecoveryCode

secrets = st.binary(min_size=20, max_size=20).map(bytearray)


def place(symbol: int) -> int:
    """Where a symbol stands in the printed code, hyphens counted."""
    return symbol + symbol // 4


@given(secrets)
def test_printed_code_reads_back(secret):
    text = RecoveryCode(secret).text()

    read = RecoveryCode.parse(text)

    assert read.secret == secret
    assert len(text) == 44
    assert [len(group) for group in text.split("-")] == [4] * GROUPS


@given(secrets)
def test_look_alikes_case_and_separators_do_not_matter(secret):
    text = RecoveryCode(secret).text()
    sloppy = text.lower().replace("0", "o").replace("1", "l").replace("-", " – ")

    read = RecoveryCode.parse(sloppy)

    assert read.secret == secret


@given(secrets, st.integers(0, 35), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found_in_its_group(secret, symbol, typed):
    text = RecoveryCode(secret).text()
    wrong = text[: place(symbol)] + typed + text[place(symbol) + 1 :]

    if wrong == text:
        assert RecoveryCode.parse(wrong).secret == secret
        return
    with pytest.raises(RecoveryCodeMistypedError) as caught:
        RecoveryCode.parse(wrong)

    assert caught.value.facts == {"groups": str(symbol // 4 + 1)}


@given(secrets, st.integers(0, 34))
def test_two_neighbours_swapped_are_found_in_their_groups(secret, symbol):
    text = list(RecoveryCode(secret).text())
    first, second = place(symbol), place(symbol + 1)
    text[first], text[second] = text[second], text[first]

    if text[first] == text[second]:
        return
    with pytest.raises(RecoveryCodeMistypedError) as caught:
        RecoveryCode.parse("".join(text))

    groups = sorted({symbol // 4 + 1, (symbol + 1) // 4 + 1})
    assert caught.value.facts == {"groups": ", ".join(map(str, groups))}


@given(secrets, st.integers(0, 35), st.integers(0, 35))
def test_any_two_characters_swapped_are_found(secret, left, right):
    text = list(RecoveryCode(secret).text())
    text[place(left)], text[place(right)] = text[place(right)], text[place(left)]

    if text[place(left)] == text[place(right)]:
        return
    with pytest.raises((RecoveryCodeMistypedError, RecoveryCodeUnclearError)):
        RecoveryCode.parse("".join(text))


def test_every_single_error_of_one_code_is_found():
    code = RecoveryCode.random()
    text = code.text()

    found = 0
    for symbol in range(36):
        for typed in ALPHABET:
            wrong = text[: place(symbol)] + typed + text[place(symbol) + 1 :]
            if wrong != text:
                with pytest.raises(RecoveryCodeMistypedError):
                    RecoveryCode.parse(wrong)
                found += 1

    assert found == 36 * 31


def test_three_errors_in_one_word_are_not_placed_where_they_cannot_be():
    code = RecoveryCode(bytearray(20))
    symbols = list(code.text().replace("-", ""))
    symbols[0], symbols[2] = "1", "1"  # cancel in the plain sum

    with pytest.raises(RecoveryCodeUnclearError):
        RecoveryCode.parse("".join(symbols))


@pytest.mark.parametrize("typed", ["", "ABCD", "0" * 37])
def test_wrong_length_is_said_with_the_length(typed):
    with pytest.raises(RecoveryCodeLengthError) as caught:
        RecoveryCode.parse(typed)

    assert caught.value.facts == {"found": len(typed), "wanted": 36}


def test_character_outside_the_alphabet_is_placed():
    text = RecoveryCode.random().text()

    with pytest.raises(RecoveryCodeMistypedError) as caught:
        RecoveryCode.parse("U" + text[1:-1] + "*")

    assert caught.value.facts == {"groups": "1, 9"}


@given(st.text())
def test_any_text_is_read_or_refused(typed):
    with suppress(KnownError):
        assert RecoveryCode.parse(typed).text()


def test_group_is_asked_back():
    code = RecoveryCode.random()

    assert code.asks_back(3, f" {code.group(3).lower()} ")
    assert not code.asks_back(3, "")
    assert not code.asks_back(3, code.group(3)[:3])
    assert code.text().split("-")[2] == code.group(3)


def test_code_shows_nothing_of_itself_and_can_be_wiped():
    code = RecoveryCode.random()
    text = code.text()

    assert text[:4] not in repr(code)
    code.wipe()

    assert code.secret == bytearray(20)


def test_alphabet_is_crockfords():
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)
