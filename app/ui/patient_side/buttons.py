"""Buttons of the patient's side: 48 px and more, and the pair of No and Yes, drawn alike."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.domain.consent import Decision
from app.ui.design.fonts import face
from app.ui.design.tokens import ICON, Radius
from app.ui.patient_side.print_size import ANSWER_HEIGHT, HIT
from app.ui.widgets.buttons import Button, Kind

GAP = 10  # px between icon and text
ANSWER_GAP = 20  # px between No and Yes
SMALLEST_ANSWER = 17  # px
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SideButton(Button):
    """A button in px that no font scale changes; Enter presses it only while it has the focus.

    Arrow keys go on to the page, where they turn the pictures over.
    """

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.QUIET,
        *,
        size_px: int,
        height_px: int = HIT,
        padding_px: int = 0,
        icon: str = "",
        trailing: str = "",
    ) -> None:
        super().__init__(text.replace("&", "&&"), kind, icon=icon, trailing=trailing)
        self._size_px = size_px
        self._height_px = height_px
        self._padding_px = padding_px or (12 if kind is Kind.QUIET else 20)
        if height_px >= ANSWER_HEIGHT:
            self._shape = replace(self._shape, radius=Radius.ANSWER)
            self.setProperty("focusRadius", Radius.ANSWER + 2)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        metrics = QFontMetrics(self._font())
        text = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width() if self.text() else 0
        icons = [name for name in (self._icon, self._trailing) if name]
        gaps = max(len(icons) + bool(text) - 1, 0) * GAP
        width = text + len(icons) * self._icon_px() + gaps + 2 * self._padding_px
        return QSize(max(width, HIT), self._height_px)

    def set_words(self, text: str) -> None:
        """Say something else."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer keys."""
        if event.key() in _ARROWS:
            event.ignore()
        elif event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def _font(self) -> QFont:
        return face(self._size_px, 600)

    def _icon_px(self) -> int:
        return max(ICON, round(self._size_px * 1.15))


class AnswerButton(SideButton):
    """No or Yes: Enter does nothing, nor does the second half of a double tap.

    A tap that was meant for the page before is no answer to this one.
    """

    def __init__(self, text: str, size_px: int) -> None:
        super().__init__(text, Kind.ANSWER, size_px=size_px, height_px=ANSWER_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_size(self, size_px: int) -> None:
        """Write it in another size."""
        self._size_px = size_px
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer keys."""
        if event.key() in _ENTER:
            event.accept()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take no answer from a double tap."""
        event.accept()


class AnswerPair(QWidget):
    """Two buttons of one size and one look; the earlier answer, when there is one, has a tick.

    Attributes:
        no: The first.
        yes: The second.

    Signals:
        answered: One was pressed. Argument: the `Decision`.
    """

    answered = Signal(object)

    def __init__(self, no: str, yes: str, size_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size_px = size_px
        self.no = AnswerButton(no, size_px)
        self.yes = AnswerButton(yes, size_px)
        self.no.setObjectName("answer-no")
        self.yes.setObjectName("answer-yes")
        self.no.clicked.connect(self._refuse)
        self.yes.clicked.connect(self._grant)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(ANSWER_GAP)
        row.addWidget(self.no, 1)
        row.addWidget(self.yes, 1)
        self.setFixedHeight(ANSWER_HEIGHT)

    def show_given(self, decision: Decision | None) -> None:
        """Mark the answer that was given before; None marks neither."""
        self.no.set_icon("check" if decision is Decision.REFUSED else "")
        self.yes.set_icon("check" if decision is Decision.GRANTED else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write both in the largest size that fits both."""
        super().resizeEvent(event)
        size = self._size_px
        room = (self.width() - ANSWER_GAP) // 2
        while size > SMALLEST_ANSWER and not self._fits(size, room):
            size -= 1
        for button in (self.no, self.yes):
            button.set_size(size)

    def _fits(self, size: int, room: int) -> bool:
        for button in (self.no, self.yes):
            button.set_size(size)
        return max(self.no.sizeHint().width(), self.yes.sizeHint().width()) <= room

    def _refuse(self) -> None:
        self.answered.emit(Decision.REFUSED)

    def _grant(self) -> None:
        self.answered.emit(Decision.GRANTED)
