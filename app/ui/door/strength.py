"""How long a new passphrase would hold, said in words; careful rather than kind."""

from __future__ import annotations

import math
import re
from enum import IntEnum

LEAST_CHARACTERS = 8

# Bits of guessing work. Argon2id at 256 MiB lets a bought machine try some ten thousand passphrases
# a second: 2^30 takes a day, 2^40 three years, 2^50 thousands of years.
_FAIR, _GOOD, _STRONG = 30.0, 40.0, 50.0

_WORD = 12.0  # one of some 4,000 words; a name or a common word is no better
_RUN = 4.0  # a row of the keyboard, of the alphabet, of digits that count up
_YEAR = 6.0  # the years in which people are born
_SYMBOL = 5.0  # a digit or sign between words
_CAPITAL = 1.0
_SHORT_WORD = 2  # letters up to which each counts by itself
_LETTER = 4.7  # log2(26)
_LONG_WORD = 9  # letters that one everyday word has at most
_RANDOM_LETTER = 3.5  # where letters make no word that can be spoken
_WIDE_FROM = "\u2e80"  # from here on a character is a word or a syllable
_WIDE_LETTER = 8.0

_COMMON = frozenset(
    [
        "password",
        "passwort",
        "passphrase",
        "clinigraph",
        "dermatology",
        "hospital",
        "clinic",
        "letmein",
        "welcome",
        "admin",
        "iloveyou",
        "monkey",
        "dragon",
        "sunshine",
        "princess",
        "football",
        "master",
        "login",
        "secret",
        "changeme",
        "qwerty",
    ]
)
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890")
_PARTS = re.compile(r"[^\W\d_]+|\d+|[\W_]", re.UNICODE)
_UNSPEAKABLE = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}")
_YEARS = re.compile(r"(19|20)\d\d")


class Strength(IntEnum):
    """How long it holds against somebody who has copied the vault."""

    TOO_SHORT = 0
    WEAK = 1
    FAIR = 2
    GOOD = 3
    STRONG = 4


def strength(passphrase: str) -> Strength:
    """The strength of a passphrase, judged by its parts: words, runs, repetitions, years."""
    if len(passphrase) < LEAST_CHARACTERS:
        return Strength.TOO_SHORT
    bits = _bits(passphrase)
    for limit, found in (
        (_STRONG, Strength.STRONG),
        (_GOOD, Strength.GOOD),
        (_FAIR, Strength.FAIR),
    ):
        if bits >= limit:
            return found
    return Strength.WEAK


def _bits(passphrase: str) -> float:
    """Bits of guessing work; a part that came before adds next to nothing."""
    seen: set[str] = set()
    bits = 0.0
    for part in _PARTS.findall(passphrase):
        small = part.casefold()
        if small in seen:
            bits += 1.0 if small.isalnum() else 0.0
            continue
        seen.add(small)
        bits += _part_bits(part, small)
    return bits


def _part_bits(part: str, small: str) -> float:
    if len(set(small)) == 1:
        return _SYMBOL + math.log2(len(small))
    if small in _COMMON or _is_run(small):
        return _RUN
    if small.isdigit():
        return _YEAR if _YEARS.fullmatch(small) else len(small) * math.log2(10)
    return _letters_bits(part, small)


def _letters_bits(part: str, small: str) -> float:
    if small[0] >= _WIDE_FROM:
        return len(small) * _WIDE_LETTER
    capitals = _CAPITAL if part[1:] != part[1:].lower() else 0.0
    if len(small) <= _SHORT_WORD:
        return len(small) * _LETTER
    if _UNSPEAKABLE.search(small):
        return len(small) * _RANDOM_LETTER
    return math.ceil(len(small) / _LONG_WORD) * _WORD + capitals


def _is_run(small: str) -> bool:
    return any(small in run or small in run[::-1] for run in _RUNS)
