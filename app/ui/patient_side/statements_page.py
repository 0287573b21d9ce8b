"""What the patient reads before choosing: the statements, as many on a sheet as fit."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.consent_form import ConsentForm, Statement
from app.ui.design.theme import theme
from app.ui.design.tokens import LINE_HEIGHT, Role, Space
from app.ui.patient_side.places import read_only
from app.ui.patient_side.print_size import COLUMN_GAP, PrintSize
from app.ui.patient_side.record import Texts, shown_statement
from app.ui.patient_side.side_page import SidePage
from app.ui.widgets.text import Label, Look, Paragraph

COLUMNS = 2
ROW_GAP = Space.L
BULLET_PX = 8


class StatementsPage(SidePage):
    """Statements in two columns; what does not fit comes on a next sheet, nothing scrolls.

    Attributes:
        go_on: "Next".
    """

    def __init__(self, form: ConsentForm, size: PrintSize) -> None:
        super().__init__(form.patient, size)
        self._form = form
        self._statements = read_only(form)
        self._rows = [_Row(statement) for statement in self._statements]
        self._sheets: list[tuple[range, range]] = []
        self._at = 0
        self._title = Label(form.patient.statements_title, Look.PATIENT_QUESTION, wrap=True)
        self._columns = [QVBoxLayout() for _ in range(COLUMNS)]
        self._body = QWidget()
        self.go_on = self.large(form.patient.next, "go-on")
        self.go_on.setFixedWidth(308)
        self._build()
        self.go_on.clicked.connect(self._go_on)

    def shown(self) -> tuple[Statement, ...]:
        """The statements on the sheet that is on."""
        return tuple(self._statements[at] for column in self._sheet() for at in column)

    def go_back(self) -> bool:
        """Go back within the page; False when the page before is wanted."""
        if self._at == 0:
            return False
        self._at -= 1
        self._lay_out()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the statements out anew; the first of the sheet stays to be seen."""
        super().resizeEvent(event)
        first = self._sheet()[0].start if self._sheets else 0
        self._share_out()
        starts = [left.start for left, _right in self._sheets]
        self._at = max(place for place, start in enumerate(starts) if start <= first)
        self._lay_out()

    def _build(self) -> None:
        self._title.setObjectName("title")
        columns = QHBoxLayout(self._body)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(COLUMN_GAP)
        for column in self._columns:
            column.setSpacing(ROW_GAP)
            columns.addLayout(column, 1)
        for row in self._rows:
            row.setParent(self._body)
            row.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._title)
        outer.addSpacing(Space.XL)
        outer.addWidget(self._body, 1)
        outer.addSpacing(Space.L)
        foot = QHBoxLayout()
        foot.addLayout(self.ways_out(), 1)
        foot.addSpacing(Space.L)
        foot.addWidget(self.go_on)
        outer.addLayout(foot)

    def _sheet(self) -> tuple[range, range]:
        return self._sheets[self._at]

    def _share_out(self) -> None:
        width = (self.width() - COLUMN_GAP) // COLUMNS
        taken = self._title.heightForWidth(self.width()) + Space.XL + Space.L
        room = self.height() - taken - self.go_on.sizeHint().height()
        heights = [row.height_in(width) for row in self._rows]
        self._sheets = sheets(heights, room)

    def _lay_out(self) -> None:
        for row in self._rows:
            row.hide()
        for column, places in zip(self._columns, self._sheet(), strict=True):
            while column.takeAt(0) is not None:
                pass
            for place in places:
                column.addWidget(self._rows[place])
                self._rows[place].show()
            column.addStretch(1)
        texts: Texts = {
            part: text
            for statement in self.shown()
            for part, text in shown_statement(self._form, statement).items()
        }
        if texts != self.texts:
            self.texts = texts
            self.spoken = (self.says.statements_title, *texts.values())
            self.texts_changed.emit()

    def _go_on(self) -> None:
        if self._at + 1 < len(self._sheets):
            self._at += 1
            self._lay_out()
        else:
            self.next_wanted.emit()


def sheets(heights: Sequence[int], room: int) -> list[tuple[range, range]]:
    """Which rows go into the left and the right column of each sheet.

    Args:
        heights: Of each row, in px.
        room: Of a column, in px; a row that is taller than that has a column to itself.
    """
    filled = _filled(heights, room, len(heights))
    alike = math.ceil(len(heights) / len(filled)) if filled else 0
    even = _filled(heights, room, alike)
    return even if len(even) == len(filled) else filled


def _filled(heights: Sequence[int], room: int, most: int) -> list[tuple[range, range]]:
    """Sheets with as many rows as fit, but no more than `most`."""
    made: list[tuple[range, range]] = []
    start = 0
    while start < len(heights):
        end, last = start + 1, min(start + most, len(heights))
        while end < last and _level(heights, start, end + 1)[1] <= room:
            end += 1
        split = _level(heights, start, end)[0]
        made.append((range(start, split), range(split, end)))
        start = end
    return made


def _level(heights: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Where to break the column so that both are most alike, and the height of the taller."""

    def tall(begin: int, stop: int) -> int:
        return sum(heights[begin:stop]) + ROW_GAP * max(stop - begin - 1, 0)

    splits = [(max(tall(start, at), tall(at, end)), -at, at) for at in range(start + 1, end + 1)]
    height, _, split = min(splits)
    return split, height


class _Row(QWidget):
    """A dot and a statement."""

    def __init__(self, statement: Statement) -> None:
        super().__init__()
        self.words = Paragraph(statement.text, Look.PATIENT_BODY, Role.INK)
        self.words.setObjectName("statement")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addSpacing(BULLET_PX + Space.S)
        row.addWidget(self.words, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dot before the first line."""
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color(Role.ACCENT))
        middle = self.words.fontMetrics().height() * LINE_HEIGHT / 1.21 / 2
        left = self.width() - BULLET_PX / 2 if rtl else BULLET_PX / 2
        painter.drawEllipse(QPointF(left, middle), BULLET_PX / 2, BULLET_PX / 2)

    def height_in(self, width: int) -> int:
        """The height that it needs in a width, in px."""
        layout = self.layout()
        assert layout is not None
        return layout.heightForWidth(width)
