"""For the privacy officer: protected pictures that were opened with a reason, and the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.ids import PatientId
from app.domain.protection import GlassBroken
from app.domain.staff import Right
from app.services import patients, sight
from app.services.ports import Desk, Records
from app.ui.design.theme import theme
from app.ui.patients.protected_sheets import reason_words
from app.ui.people.person_words import DOT, clock_word, day_word, name_of
from app.ui.room import Room
from app.ui.widgets.cards import Card
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList

DAYS = 30
MOST_ROWS, ROW_HEIGHT = 3, 75


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """One opening, with the names that the ids stand for."""

    glass: GlassBroken
    staff: str
    patient: str


class GlassCard(Card):
    """The openings of the last days, newest first; hidden from everybody else, and when none."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(flush=True, parent=parent)
        self.setObjectName("glass-card")
        self.set_title(self.tr("Opened with a reason in the last {days} days").format(days=DAYS))
        self._room = room
        self.list = RowList(self.tr("Protected pictures opened with a reason"))
        self.list.setObjectName("glass-rows")
        self.list.setProperty("bare", "true")
        self.body.addWidget(self.list)
        self.hide()

    def refresh(self) -> None:
        """Read them again."""
        desk = self._room.desk
        if desk.staff.may(Right.NAME_VIEWERS):
            self._room.ask(partial(broken_lines, desk=desk), self._show)

    def _show(self, lines: tuple[BrokenLine, ...]) -> None:
        self.set_trailing(str(len(lines) or ""))
        self.list.rows.set_rows([self._row(line) for line in lines])
        rows = min(len(lines), MOST_ROWS)
        self.list.setFixedHeight(theme().px(ROW_HEIGHT) * rows + 2)
        self.setVisible(bool(lines))

    def _row(self, line: BrokenLine) -> Row:
        desk = self._room.desk
        at = line.glass.stamp.at.astimezone(desk.zone)
        return Row(
            line.glass.id,
            DOT.join(part for part in (line.staff, line.patient) if part),
            f"{reason_words(line.glass.reason)}: {line.glass.text}",
            icon="shield-alert",
            trailing=f"{day_word(at.date())}, {clock_word(at, desk)}",
        )


def broken_lines(records: Records, desk: Desk) -> tuple[BrokenLine, ...]:
    """What was opened in the last days."""
    found = sight.broken_since(records, desk, desk.clock.now() - timedelta(days=DAYS))
    staff = {each.id: each.name for each in records.people.all_staff()}
    return tuple(
        BrokenLine(glass, staff.get(glass.stamp.by, ""), _patient_name(records, glass.patient))
        for glass in found
    )


def _patient_name(records: Records, patient: PatientId) -> str:
    return name_of(patients.known(records, patient).now)
