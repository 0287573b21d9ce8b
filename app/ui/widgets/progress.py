"""Work that takes longer than a second: what is done, how far it is, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.text import ElidedLabel, Label, Look


class ProgressStrip(QFrame):
    """A card with what is being done, "3 of 40", a bar, and Cancel; hidden until work begins.

    Signals:
        cancel_requested: The user pressed Cancel.
    """

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self._what = ElidedLabel("", Look.STRONG)
        self._count = Label("", Look.SMALL, Role.INK_3)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = SecondaryButton(self.tr("Cancel"), compact=True)
        self._cancel.setObjectName("progress-cancel")
        self._cancel.clicked.connect(self._ask_cancel)
        self._build()
        self.hide()

    def begin(self, what: str, *, cancellable: bool = True) -> None:
        """Show it: work has begun and nobody knows yet how much it is."""
        self._cancel.setVisible(cancellable)
        self._cancel.setEnabled(True)
        self.report(0, 0, what)
        self.show()

    def report(self, done: int, total: int, what: str = "") -> None:
        """Show how far it is; `total` 0 means unknown. An empty `what` keeps the words."""
        if what:
            self._what.setText(what)
            self._bar.setAccessibleName(what)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        told = self.tr("{done} of {total}").format(done=done, total=total) if total else ""
        self._count.setText(told)

    def finish(self) -> None:
        """Hide it: the work is over."""
        self.hide()

    def _build(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self._what, 1)
        line.addWidget(self._count)
        words = QVBoxLayout()
        words.setSpacing(Space.S)
        words.addStretch(1)
        words.addLayout(line)
        words.addWidget(self._bar)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.setSpacing(Space.L)
        row.addLayout(words, 1)
        row.addWidget(self._cancel)

    def _ask_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self.cancel_requested.emit()


class Dots(QWidget):
    """How many questions there are and which have been answered (the patient's side)."""

    def __init__(self, total: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = total
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_position(0, total)

    def set_position(self, at: int, total: int) -> None:
        """Show that question `at` (from 0) of `total` is on."""
        self._at = at
        self._total = total
        told = self.tr("Question {number} of {total}").format(number=at + 1, total=total)
        self.setAccessibleName(told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(self._total * theme().px(22), theme().px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, side = theme().px(22), theme().px(11)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place in range(self._total):
            column = self._total - 1 - place if rtl else place
            middle = QRectF(column * step, 0, step, self.height()).center()
            reached = place <= self._at
            painter.setPen(QPen(QColor(palette.accent if reached else palette.outline), 2))
            painter.setBrush(QColor(palette.accent) if place < self._at else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, side / 2, side / 2)
