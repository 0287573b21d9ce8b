"""Order of reading where scripts of both directions meet in one paragraph.

Source: Unicode Standard Annex 9, revision 48, whose names of the rules are kept (P2, X1, W1, N0).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

MAX_DEPTH = 125  # BD2
MAX_OPEN_BRACKETS = 63  # BD16

_ISOLATES = {"LRI", "RLI", "FSI"}
_EMBEDDINGS = {"LRE": None, "RLE": None, "LRO": "L", "RLO": "R"}
_REMOVED = {"LRE", "RLE", "LRO", "RLO", "PDF", "BN"}  # X9
_NEUTRAL = {"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"}
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}  # N0 and N1 count numbers as R


@dataclass(frozen=True, slots=True)
class Levels:
    """Embedding levels of one paragraph; odd ones read right to left.

    Attributes:
        base: Level of the paragraph itself, 0 or 1.
        of: One level for each character, L1 not yet applied.
    """

    base: int
    of: tuple[int, ...]


def levels(text: str, *, base: int | None = None) -> Levels:
    """The embedding levels of one paragraph.

    Args:
        text: One paragraph, without a paragraph separator inside.
        base: 0 or 1; None finds it from the first strong character (P2, P3).
    """
    classes = [_bidi_class(char) for char in text]
    paragraph = _first_strong(classes) if base is None else base
    given, resolved = _explicit(classes, paragraph)
    for run in _isolating_runs(classes, given):
        _resolve(text, run, resolved, given, paragraph)
    implicit: list[int] = []
    for kind, level, strong in zip(classes, given, resolved, strict=True):
        if kind in _REMOVED:  # 5.2: a removed character must not split the run around it
            implicit.append(implicit[-1] if implicit else paragraph)
        else:
            implicit.append(_implicit(level, strong))
    return Levels(paragraph, tuple(implicit))


def prevailing(text: str) -> int:
    """The level of the direction that most letters have; the first letter's where both are equal.

    A name in another script at the start of a sentence must not turn the sentence round; which
    direction a paragraph has is left to those who set it (HL1).
    """
    classes = [_bidi_class(char) for char in text]
    rightwards = sum(kind == "L" for kind in classes)
    leftwards = sum(kind in {"R", "AL"} for kind in classes)
    return _first_strong(classes) if rightwards == leftwards else int(leftwards > rightwards)


def visual_order(text: str, of: Sequence[int], base: int) -> list[int]:
    """Indices of one line's characters from left to right (L1, L2).

    Args:
        text: The characters of the line.
        of: Their levels.
        base: Level of the paragraph.
    """
    final = list(of)
    trailing = True
    for at in range(len(text) - 1, -1, -1):
        kind = _bidi_class(text[at])
        if kind in {"B", "S"}:
            trailing = True
        if trailing and (kind in {"B", "S", "WS"} or kind in _ISOLATES | {"PDI"} | _REMOVED):
            final[at] = base
        else:
            trailing = False
    order = list(range(len(text)))
    for level in range(max(final, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and final[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return order


@lru_cache(maxsize=4096)
def _bidi_class(char: str) -> str:
    return unicodedata.bidirectional(char) or "L"


def _first_strong(classes: Sequence[str], start: int = 0) -> int:
    """P2 and P3: the level that the first strong character outside of isolates asks for."""
    depth = 0
    for kind in classes[start:]:
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            if depth == 0 and start:
                break
            depth = max(0, depth - 1)
        elif depth == 0 and kind in {"L", "R", "AL"}:
            return int(kind != "L")
    return 0


@dataclass(slots=True)
class _Status:
    level: int
    override: str | None
    isolate: bool


class _Stack:
    """The directional status stack of X1 with its three overflow counters."""

    def __init__(self, base: int) -> None:
        self.entries = [_Status(base, None, isolate=False)]
        self.lost_isolates = self.lost_embeddings = self.valid_isolates = 0

    @property
    def top(self) -> _Status:
        return self.entries[-1]

    def _next(self, *, rtl: bool) -> int:
        level = self.top.level
        return (level + 1) | 1 if rtl else (level + 2) & ~1

    def embed(self, kind: str) -> None:
        """X2 to X5."""
        level = self._next(rtl=kind in {"RLE", "RLO"})
        if level <= MAX_DEPTH and not (self.lost_isolates or self.lost_embeddings):
            self.entries.append(_Status(level, _EMBEDDINGS[kind], isolate=False))
        elif not self.lost_isolates:
            self.lost_embeddings += 1

    def isolate(self, *, rtl: bool) -> None:
        """X5a to X5c."""
        level = self._next(rtl=rtl)
        if level <= MAX_DEPTH and not (self.lost_isolates or self.lost_embeddings):
            self.valid_isolates += 1
            self.entries.append(_Status(level, None, isolate=True))
        else:
            self.lost_isolates += 1

    def end_isolate(self) -> None:
        """X6a."""
        if self.lost_isolates:
            self.lost_isolates -= 1
        elif self.valid_isolates:
            self.lost_embeddings = 0
            while not self.top.isolate:
                self.entries.pop()
            self.entries.pop()
            self.valid_isolates -= 1

    def end_embedding(self) -> None:
        """X7."""
        if self.lost_isolates:
            return
        if self.lost_embeddings:
            self.lost_embeddings -= 1
        elif not self.top.isolate and len(self.entries) > 1:
            self.entries.pop()


def _explicit(classes: Sequence[str], base: int) -> tuple[list[int], list[str]]:
    """X1 to X8: the level of each character and its class after overrides."""
    stack = _Stack(base)
    given: list[int] = []
    resolved: list[str] = []
    for at, kind in enumerate(classes):
        if kind == "PDI":
            stack.end_isolate()
        given.append(base if kind == "B" else stack.top.level)
        resolved.append(kind if kind in _REMOVED | {"B"} else stack.top.override or kind)
        if kind in _ISOLATES:
            rtl = kind == "RLI" or (kind == "FSI" and _first_strong(classes, at + 1) == 1)
            stack.isolate(rtl=rtl)
        elif kind in _EMBEDDINGS:
            stack.embed(kind)
        elif kind == "PDF":
            stack.end_embedding()
    return given, resolved


def _isolating_runs(classes: Sequence[str], given: Sequence[int]) -> list[list[int]]:
    """X10: the isolating run sequences, as indices; removed characters are in none."""
    kept = [at for at, kind in enumerate(classes) if kind not in _REMOVED]
    runs: list[list[int]] = []
    for at in kept:
        if runs and given[runs[-1][-1]] == given[at]:
            runs[-1].append(at)
        else:
            runs.append([at])
    partner = _isolate_partners(classes)
    begins = {run[0]: run for run in runs}
    ended = set(partner.values())
    sequences = []
    for run in runs:
        if run[0] in ended:
            continue
        sequence = list(run)
        while (close := partner.get(sequence[-1])) is not None and close in begins:
            sequence += begins[close]
        sequences.append(sequence)
    return sequences


def _isolate_partners(classes: Sequence[str]) -> dict[int, int]:
    """BD9: each isolate initiator that has a matching PDI, and where."""
    open_ones: list[int] = []
    partner: dict[int, int] = {}
    for at, kind in enumerate(classes):
        if kind in _ISOLATES:
            open_ones.append(at)
        elif kind == "PDI" and open_ones:
            partner[open_ones.pop()] = at
    return partner


def _resolve(
    text: str, run: list[int], resolved: list[str], given: Sequence[int], base: int
) -> None:
    """W1 to N2 for one isolating run sequence."""
    level = given[run[0]]
    sos, eos = _boundaries(run, resolved, given, base)
    kinds = [resolved[at] for at in run]
    _weak(kinds, sos)
    _brackets([text[at] for at in run], kinds, [resolved[at] for at in run], sos, level)
    _neutral(kinds, sos, eos, "R" if level % 2 else "L")
    for at, kind in zip(run, kinds, strict=True):
        resolved[at] = kind


def _boundaries(
    run: Sequence[int], resolved: Sequence[str], given: Sequence[int], base: int
) -> tuple[str, str]:
    """X10: the directions before and after a sequence."""
    level = given[run[0]]
    before = next(
        (given[at] for at in range(run[0] - 1, -1, -1) if resolved[at] not in _REMOVED), base
    )
    after = base
    if resolved[run[-1]] not in _ISOLATES:
        rest = range(run[-1] + 1, len(given))
        after = next((given[at] for at in rest if resolved[at] not in _REMOVED), base)
    return ("R" if max(before, level) % 2 else "L"), ("R" if max(after, level) % 2 else "L")


def _weak(kinds: list[str], sos: str) -> None:
    """W1 to W7."""
    _marks_and_letters(kinds, sos)
    _separators(kinds)
    _terminators(kinds, sos)
    strong = sos
    for at, kind in enumerate(kinds):  # W6, W7
        if kind in {"ES", "ET", "CS"}:
            kinds[at] = "ON"
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"
        elif kind in {"L", "R"}:
            strong = kind


def _separators(kinds: list[str]) -> None:
    """W4: one separator between two numbers of a kind belongs to them."""
    for at in range(1, len(kinds) - 1):
        around = {kinds[at - 1], kinds[at + 1]}
        if kinds[at] in {"ES", "CS"} and around == {"EN"}:
            kinds[at] = "EN"
        elif kinds[at] == "CS" and around == {"AN"}:
            kinds[at] = "AN"


def _terminators(kinds: list[str], sos: str) -> None:
    """W5: terminators beside a European number belong to it."""
    for start, end in _stretches(kinds, {"ET"}):
        before = kinds[start - 1] if start else sos
        after = kinds[end] if end < len(kinds) else ""
        if "EN" in {before, after}:
            kinds[start:end] = ["EN"] * (end - start)


def _stretches(kinds: list[str], wanted: set[str]) -> list[tuple[int, int]]:
    """Start and end of each unbroken stretch of the wanted kinds."""
    inside = [kind in wanted for kind in kinds]
    starts = [at for at, yes in enumerate(inside) if yes and not (at and inside[at - 1])]
    ends = [at + 1 for at, yes in enumerate(inside) if yes and not any(inside[at + 1 : at + 2])]
    return list(zip(starts, ends, strict=True))


def _marks_and_letters(kinds: list[str], sos: str) -> None:
    """W1 to W3."""
    before = strong = sos
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = "ON" if before in _ISOLATES | {"PDI"} else before
        elif kind in {"L", "R", "AL"}:
            strong = kind
        if kinds[at] == "EN" and strong == "AL":
            kinds[at] = "AN"
        before = kind if kind != "NSM" else before
    for at, kind in enumerate(kinds):
        if kind == "AL":
            kinds[at] = "R"


@lru_cache(maxsize=256)
def _closing(char: str) -> str:
    """BD14, BD15: the bracket that closes this one; empty when it opens none."""
    if unicodedata.category(char) != "Ps" or not unicodedata.mirrored(char):
        return ""
    name = unicodedata.name(char, "")
    try:
        return unicodedata.lookup(name.replace("LEFT", "RIGHT")) if "LEFT" in name else ""
    except KeyError:
        return ""


def _bracket_pairs(chars: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """BD16: the pairs of brackets by their opening."""
    waiting: list[tuple[str, int]] = []
    pairs = []
    for at, raw in enumerate(chars):
        if kinds[at] != "ON":
            continue
        char = unicodedata.normalize("NFC", raw)
        if closing := _closing(char):
            if len(waiting) == MAX_OPEN_BRACKETS:
                break
            waiting.append((closing, at))
        elif (
            depth := next(
                (i for i in range(len(waiting) - 1, -1, -1) if waiting[i][0] == char), None
            )
        ) is not None:
            pairs.append((waiting[depth][1], at))
            del waiting[depth:]
    return sorted(pairs)


def _brackets(
    chars: Sequence[str], kinds: list[str], originals: Sequence[str], sos: str, level: int
) -> None:
    """N0."""
    embedding = "R" if level % 2 else "L"
    for start, end in _bracket_pairs(chars, kinds):
        inside = {_STRONG.get(kind) for kind in kinds[start + 1 : end]} - {None}
        if not inside:
            continue
        direction = embedding
        if embedding not in inside:
            before = (_STRONG.get(kind) for kind in reversed(kinds[:start]))
            context = next((kind for kind in before if kind), sos)
            direction = context if context != embedding else embedding
        for bracket in (start, end):
            kinds[bracket] = direction
            for at in range(bracket + 1, len(kinds)):  # marks on a bracket go with it
                if originals[at] != "NSM":
                    break
                kinds[at] = direction


def _neutral(kinds: list[str], sos: str, eos: str, embedding: str) -> None:
    """N1 and N2."""
    for start, end in _stretches(kinds, _NEUTRAL):
        before = _STRONG[kinds[start - 1]] if start else sos
        after = _STRONG[kinds[end]] if end < len(kinds) else eos
        kinds[start:end] = [before if before == after else embedding] * (end - start)


def _implicit(level: int, kind: str) -> int:
    """I1 and I2."""
    if level % 2:
        return level + 1 if kind in {"L", "EN", "AN"} else level
    return level + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)
