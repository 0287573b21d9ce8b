"""Two records side by side; what differs says so."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.patient import Demographics
from app.ui.design.tokens import Role, Space
from app.ui.patients.history_words import demographic_words
from app.ui.people.person_words import name_of
from app.ui.widgets.cards import Rule
from app.ui.widgets.chips import Chip, ChipState
from app.ui.widgets.text import Label, Look


@dataclass(frozen=True, slots=True)
class RecordInBrief:
    """One record as it is compared."""

    person: Demographics
    sessions: int
    pictures: int


class Comparison(QWidget):
    """A row for each thing that is known, with both records and whether they differ."""

    def __init__(
        self, first: RecordInBrief, second: RecordInBrief, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.S)
        for column in (1, 2):
            self._grid.setColumnStretch(column, 1)
        self._head(first, second)
        self.differing = self._compare(first, second)
        counts = {
            self.tr("Sessions"): (first.sessions, second.sessions),
            self.tr("Pictures"): (first.pictures, second.pictures),
        }
        for name, (here, there) in counts.items():
            self._line(name, str(here), str(there), differs=False)

    def _head(self, first: RecordInBrief, second: RecordInBrief) -> None:
        said = (self.tr("This record stays"), self.tr("Becomes part of it"))
        for column, (words, record) in enumerate(zip(said, (first, second), strict=True), 1):
            self._grid.addWidget(Label(words, Look.SMALL, Role.INK_3, wrap=True), 0, column)
            self._grid.addWidget(Label(name_of(record.person), Look.STRONG, wrap=True), 1, column)
        self._grid.addWidget(Rule(), 2, 0, 1, 4)

    def _compare(self, first: RecordInBrief, second: RecordInBrief) -> tuple[str, ...]:
        """The names of what differs."""
        here, there = demographic_words(first.person), demographic_words(second.person)
        differing = []
        for name in here:
            differs = here[name] != there[name]
            self._line(name, here[name] or "–", there[name] or "–", differs=differs)
            if differs:
                differing.append(name)
        return tuple(differing)

    def _line(self, name: str, here: str, there: str, *, differs: bool) -> None:
        row, look = self._grid.rowCount(), Look.STRONG if differs else Look.BODY
        self._grid.addWidget(Label(name, Look.BODY, Role.INK_2), row, 0)
        self._grid.addWidget(Label(here, look, wrap=True), row, 1)
        self._grid.addWidget(Label(there, look, wrap=True), row, 2)
        if differs:
            self._grid.addWidget(Chip(self.tr("Differs"), ChipState.NEUTRAL, "split"), row, 3)
