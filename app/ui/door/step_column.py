"""The steps of the first start, at the left: done, now and to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space, Type
from app.ui.door.stage import Mark
from app.ui.widgets.text import Label, Look, Paragraph

_WIDTH = 264
_ROW = 44
_DOT = 24


class _Steps(QWidget):
    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def set_at(self, at: int) -> None:
        self._at = at
        told = self.tr("Step {number} of {total}: {name}")
        self.setAccessibleName(
            told.format(number=at + 1, total=len(self._names), name=self._names[at])
        )
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(len(self._names)):
            self._draw(painter, place)

    def _draw(self, painter: QPainter, place: int) -> None:
        palette = theme().palette
        row, dot = theme().px(_ROW), theme().px(_DOT)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - dot - 1 if rtl else 1
        box = QRectF(left, place * row + (row - dot) / 2, dot, dot)
        now, done = place == self._at, place < self._at
        if place:
            painter.setPen(QPen(QColor(palette.line), 1))
            middle = box.center().x()
            painter.drawLine(
                int(middle), int(box.top() - row + dot + 4), int(middle), int(box.top() - 4)
            )
        painter.setPen(Qt.PenStyle.NoPen if now or done else QPen(QColor(palette.outline), 1.2))
        fill = palette.accent if now else palette.granted_tint if done else palette.raised
        painter.setBrush(QColor(fill))
        painter.drawEllipse(box)
        painter.setFont(theme().font(Type.SMALL, 600))
        if done:
            quarter = dot * 0.22
            inner = box.adjusted(quarter, quarter, -quarter, -quarter)
            draw_icon(painter, "check", palette.granted, inner)
        else:
            painter.setPen(QColor(palette.on_accent if now else palette.ink_3))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(place + 1))
        painter.setFont(theme().font(Type.BODY, 600 if now else 400))
        painter.setPen(QColor(palette.ink if now else palette.ink_2))
        gap = dot + Space.M
        words = QRectF(0 if rtl else gap, place * row, self.width() - gap, row)
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        flags = int(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
        painter.drawText(words, flags, self._names[place])

    def _fit(self) -> None:
        self.setFixedHeight(theme().px(_ROW) * len(self._names))


class StepColumn(QWidget):
    """The mark, the steps, and the sentence of the program."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = _Steps(names)
        motto = self.tr("No picture leaves without a yes, and every yes was an informed one.")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.M)
        column.addWidget(Mark(40))
        column.addSpacing(Space.XS)
        column.addWidget(Label(self.tr("First start"), Look.TITLE))
        column.addSpacing(Space.S)
        column.addWidget(self._steps)
        column.addStretch(1)
        column.addWidget(Paragraph(motto, Look.SMALL, Role.INK_3))
        self._fit()

    def set_at(self, at: int) -> None:
        """Show that step `at`, from 0, is on."""
        self._steps.set_at(at)

    def changeEvent(self, event: QEvent) -> None:
        """Follow style and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw its ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color(Role.RAISED))
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        edge = 0 if rtl else self.width() - 1
        painter.fillRect(edge, 0, 1, self.height(), theme().color(Role.LINE))

    def _fit(self) -> None:
        self.setFixedWidth(theme().px(_WIDTH))
