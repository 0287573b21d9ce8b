"""How a patient is cut into words for the search, and how what is typed becomes a query."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from app.domain.patient import Demographics, fold

# Scripts that are written without spaces: every sign is a word of its own. Hangul is not among
# them: fold() takes its syllables apart into letters, and so the beginning of a name finds it.
_ONE_SIGN_WORDS = re.compile(
    "([\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff])"
)
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})")


def words_of(text: str) -> list[str]:
    """The words of one piece of text: folded, without signs, one for each ideograph."""
    return _ONE_SIGN_WORDS.sub(r" \1 ", fold(text)).split()


def indexed_words(demographics: Demographics) -> str:
    """Everything that a search finds a patient by, as words with single spaces between.

    Names and identifiers stand there in their words and, where signs or spaces part these, also
    in one: "o brien obrien", "0042 771 0042771". A date of birth stands in both orders.
    """
    found = words_of(demographics.search_text)
    for name in (*demographics.family.split(), *demographics.given.split()):
        found += _joined(words_of(name))
    family, given = demographics.family, demographics.given
    if family and given and " " not in demographics.plain_name:
        found += _joined(words_of(family) + words_of(given))  # 김민준 is one word
    for identifier in demographics.identifiers:
        found += _joined(words_of(identifier.value))
    if demographics.birth_date is not None:
        found += _birth_words(demographics.birth_date)
    return " ".join(found)


def _joined(parts: list[str]) -> list[str]:
    return ["".join(parts)] if len(parts) > 1 else []


def _birth_words(birth: date) -> list[str]:
    year, month, day = f"{birth:%Y}".zfill(4), f"{birth:%m}", f"{birth:%d}"
    return [year, month, day, day, month, year, year + month + day, day + month + year]


Phrase = tuple[str, ...]
"""Words that follow one another; the last one may be the beginning of a word."""


def asked_phrases(typed: str) -> list[tuple[Phrase, ...]]:
    """What is typed, piece by piece; each piece as the phrases of which one must be found."""
    return [phrases for piece in typed.split() if (phrases := tuple(_phrases(piece)))]


def _phrases(piece: str) -> Iterator[Phrase]:
    for pattern, order in ((_DAY_FIRST, (1, 2, 3)), (_YEAR_FIRST, (1, 2, 3))):
        if (found := pattern.fullmatch(piece)) is not None:
            yield tuple(found.group(i).zfill(2) for i in order)
            return
    parts = tuple(words_of(piece))
    if parts:
        yield parts
    if len(parts) > 1:
        yield ("".join(parts),)


def whole_number(typed: str) -> str:
    """All that is typed in one word, where each piece holds a digit: "943 476 5919"; else empty."""
    pieces = typed.split()
    if len(pieces) > 1 and all(any(c.isdecimal() for c in piece) for piece in pieces):
        return "".join(words_of(typed))
    return ""


def full_text_query(typed: str, *, whole_words: bool) -> str:
    """The query in the language of FTS5; empty when nothing is asked.

    Every word goes in as a quoted string, so that no sign of that language is ever left of it.

    Args:
        typed: As the user typed it.
        whole_words: Whether beginnings of words do not count.

    Source: https://sqlite.org/fts5.html, section 3.
    """
    pieces = asked_phrases(typed)
    star = "" if whole_words else " *"
    alternatives = (
        " OR ".join(f'"{" ".join(phrase)}"{star}' for phrase in phrases) for phrases in pieces
    )
    query = " AND ".join(f"({alternative})" for alternative in alternatives)
    number = whole_number(typed)
    return f'({query}) OR "{number}"{star}' if number else query


def matches(words: str, typed: str, *, whole_words: bool) -> bool:
    """Whether indexed words answer what is typed: the rule of the query, without a database."""
    held = words.split()
    every = all(
        any(_contains(held, phrase, whole_words=whole_words) for phrase in phrases)
        for phrases in asked_phrases(typed)
    )
    number = whole_number(typed)
    return every or bool(number and _contains(held, (number,), whole_words=whole_words))


def _contains(held: list[str], phrase: Phrase, *, whole_words: bool) -> bool:
    *first, last = phrase
    for start in range(len(held) - len(first)):
        end = held[start + len(first)]
        fits = end == last if whole_words else end.startswith(last)
        if fits and held[start : start + len(first)] == first:
            return True
    return False
