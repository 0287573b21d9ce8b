"""One measured figure with the floor it is held against."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured.

    Attributes:
        what: One line.
        value: Measured.
        unit: Of the value: "×" for a ratio within this run, "MB", "ms" where no ratio makes sense.
        floor: What it has to reach; None for a figure that is only reported.
        at_least: Whether the value must be at least the floor, or at most.
        note: The absolute figures behind a ratio.
    """

    what: str
    value: float
    unit: str
    floor: float | None = None
    at_least: bool = True
    note: str = ""

    @property
    def held(self) -> bool:
        """Whether the floor is held."""
        if self.floor is None:
            return True
        return self.value >= self.floor if self.at_least else self.value <= self.floor

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        floor = f"{sign} {self.floor:g} {self.unit}" if self.floor is not None else "reported"
        verdict = "ok" if self.held else "MISSED"
        return (
            f"{self.what:<58} {self.value:>9.2f} {self.unit:<3} {floor:>12}  {verdict}  {self.note}"
        )


def taken_s(work: Callable[[], object]) -> float:
    """Seconds of one run of `work`."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
