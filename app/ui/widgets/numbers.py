"""Inputs for numbers and dates, with the same inner margin as the other fields."""

from __future__ import annotations

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QSpinBox, QWidget

_MARGIN = 11  # px; a style sheet's padding does not reach the text of a spin box (Qt 6.12)


class NumberField(QSpinBox):
    """A whole number between two bounds, both allowed."""

    def __init__(
        self, least: int = 0, most: int = 100, value: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setValue(value)
        self.lineEdit().setTextMargins(_MARGIN, 0, _MARGIN, 0)


class DateField(QDateEdit):
    """A day, its month as a word, with a calendar to pick from."""

    def __init__(self, day: QDate | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setDisplayFormat("d MMM yyyy")  # digits alone are read in two ways
        self.setDate(day or QDate.currentDate())
        self.lineEdit().setTextMargins(_MARGIN, 0, _MARGIN, 0)
