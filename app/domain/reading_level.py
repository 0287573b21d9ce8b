"""How hard an English text is to read, as a school grade."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are two syllables: say-ing, do-ing, me-di-a, but not ac-tion, spe-cial, re-gion.
_HIATUS = re.compile(r"(?<=[aeiouy])ing|(?<![tscgxaeiouy])i(?=[aou])")
_SILENT = re.compile(r"(?:[^aeiouyl]e|[aeiouy]le|[^aeiouydt]ed|[^aeiouyscgxz]es)$")


def can_be_measured(language: str) -> bool:
    """Whether the formula was made for the language; it was made for English only."""
    return language.split("-", maxsplit=1)[0] == "en"


def syllables(word: str) -> int:
    """The syllables of an English word, estimated by its groups of vowels; at least 1."""
    letters = word.lower().split("'")[0].split("’")[0]
    count = len(_VOWELS.findall(letters)) + len(_HIATUS.findall(letters))
    if _SILENT.search(letters):
        count -= 1
    return max(count, 1)


def reading_grade(texts: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of English texts taken together; each text ends a sentence.

    Returns:
        The school grade, 0 for no words at all; too rough for a single short text.

    Source: Kincaid et al. 1975, Research Branch Report 8-75.
    """
    sentences = words = total = 0
    for text in texts:
        for sentence in _SENTENCE_END.split(text):
            found = _WORD.findall(sentence)
            sentences += bool(found)
            words += len(found)
            total += sum(syllables(word) for word in found)
    if not words:
        return 0.0
    return max(0.0, 0.39 * words / sentences + 11.8 * total / words - 15.59)
