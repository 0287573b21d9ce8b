"""Reading a date of birth as people type it, without guessing."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

YEAR_DIGITS = 4
_PARTS = re.compile(r"\d+")
_SHAPE = re.compile(r"\s*\d+\s*([./\- ])\s*\d+\s*\1\s*\d+\s*\Z")


class DateFault(StrEnum):
    """What is wrong with a typed date."""

    SHAPE = "shape"
    SHORT_YEAR = "short-year"
    NO_SUCH_DAY = "no-such-day"
    FUTURE = "future"


class BirthDateError(ValueError):
    """A typed date that is none.

    Attributes:
        fault: What is wrong with it.
    """

    def __init__(self, fault: DateFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def read_birth_date(text: str, *, today: date, month_first: bool = False) -> date | None:
    """The day, None for an empty text.

    Args:
        text: "12.03.1992", "12/03/1992", "12 3 1992" or "1992-03-12".
        today: Nobody is born after it.
        month_first: Whether 3/12 with slashes or dashes means the 12th of March, as in the USA.

    Raises:
        BirthDateError: It is none of them, the year has not four digits, the day does not exist
            or lies ahead.
    """
    if not text.strip():
        return None
    shape = _SHAPE.match(text)
    if shape is None:
        raise BirthDateError(DateFault.SHAPE)
    parts = _PARTS.findall(text)
    if len(parts[0]) == YEAR_DIGITS:
        year, month, day = parts
    elif month_first and shape.group(1) in "/-":
        month, day, year = parts
    else:
        day, month, year = parts
    if len(year) != YEAR_DIGITS:
        raise BirthDateError(DateFault.SHORT_YEAR)
    try:
        found = date(int(year), int(month), int(day))
    except ValueError as error:
        raise BirthDateError(DateFault.NO_SUCH_DAY) from error
    if found > today:
        raise BirthDateError(DateFault.FUTURE)
    return found
