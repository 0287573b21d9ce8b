"""Somebody alike is in the vault already: who, and the way to their record."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import PatientId
from app.services.patients import PossibleDuplicate
from app.services.ports import Desk
from app.ui.design.tokens import Space
from app.ui.people.person_words import name_of, person_line
from app.ui.widgets.notices import Notice, Tone
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList
from app.ui.widgets.two_columns import fit_rows

MOST = 3


class Duplicates(QWidget):
    """A warning that is no obstacle, and the records that it is about.

    Signals:
        opened: That record is wanted instead. Argument: the `PatientId`.
    """

    opened = Signal(object)

    def __init__(
        self, found: tuple[PossibleDuplicate, ...], desk: Desk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        notice = Notice(
            Tone.WARN,
            self.tr("Somebody alike is here already"),
            self.tr("Is it the same person? Then open that record, and nothing is asked twice."),
        )
        self.rows = RowList(self.tr("People alike"))
        self.rows.setObjectName("duplicates")
        self.rows.rows.set_rows([self._row(each, desk) for each in found[:MOST]])
        fit_rows(self.rows, whole=True, most=MOST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(notice)
        column.addWidget(self.rows)
        self.rows.opened.connect(self._open)
        self.rows.action_requested.connect(self._open)

    def _row(self, found: PossibleDuplicate, desk: Desk) -> Row:
        person = found.patient.now
        return Row(
            found.patient.id,
            name_of(person),
            person_line(person, desk.today()),
            icon="user",
            action=self.tr("Open that record"),
        )

    def _open(self, key: str) -> None:
        self.opened.emit(PatientId(key))
