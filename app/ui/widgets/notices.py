"""What the window has to say: a notice on the page, and the screen that is still empty."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import KnownError
from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import Radius, Role, Space
from app.ui.widgets.buttons import IconButton, QuietButton, SecondaryButton
from app.ui.widgets.signs import Sign
from app.ui.widgets.text import Label, Look, Paragraph


class Tone(StrEnum):
    """How a notice is meant."""

    INFO = "info"
    GRANTED = "granted"
    WARN = "warn"
    DANGER = "danger"


_LOOKS = {
    Tone.INFO: (Role.ACCENT, Role.ACCENT_TINT, "info"),
    Tone.GRANTED: (Role.GRANTED, Role.GRANTED_TINT, "circle-check"),
    Tone.WARN: (Role.EXPIRING, Role.EXPIRING_TINT, "circle-alert"),
    Tone.DANGER: (Role.DANGER, Role.DANGER_TINT, "triangle-alert"),
}


class Notice(QFrame):
    """A tinted box: what happened, what it means or what to do; with a code and Help for an error.

    Signals:
        help_requested: The user wants the help page. Argument: the error's code.
        closed: The user took it away.
    """

    help_requested = Signal(str)
    closed = Signal()

    def __init__(
        self,
        tone: Tone,
        title: str,
        text: str = "",
        *,
        code: str = "",
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._code = code
        ink, _ground, sign = _LOOKS[tone]
        self._sign = Sign(sign, ink)
        self._title = Label(title, Look.STRONG, Role.INK, wrap=True)
        self._text = Paragraph(text, Look.BODY, Role.INK_2)
        self._help = QuietButton(self.tr("Help"), icon="circle-help", compact=True)
        self._close = IconButton("x", self.tr("Close"), compact=True)
        self._code_label = Label(code, Look.SMALL, Role.INK_2)
        self._build(closable=closable)
        self._help.clicked.connect(self._ask_help)
        self._close.clicked.connect(self._leave)

    @classmethod
    def for_error(
        cls, error: KnownError, *, closable: bool = False, parent: QWidget | None = None
    ) -> Notice:
        """The notice of an error the user can act on: message, advice, code and Help."""
        message = error.message.format(**error.facts)
        advice = error.advice.format(**error.facts)
        return cls(Tone.DANGER, message, advice, code=error.code, closable=closable, parent=parent)

    def set_message(self, title: str, text: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def title(self) -> str:
        """What happened."""
        return self._title.text()

    def text(self) -> str:
        """What it means or what to do."""
        return self._text.plain_text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground, _sign = _LOOKS[self._tone]
        strong = theme().palette.name == "high-contrast"
        painter.setPen(theme().color(ink) if strong else Qt.PenStyle.NoPen)
        painter.setBrush(theme().color(ground))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Radius.CARD, Radius.CARD)

    def _build(self, *, closable: bool) -> None:
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        words.addWidget(self._title)
        words.addWidget(self._text)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self._code_label)
        foot.addWidget(self._help)
        foot.addStretch(1)
        words.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.L, Space.L, Space.M if self._code else Space.L)
        row.setSpacing(Space.S + 2)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._code_label.setVisible(bool(self._code))
        self._help.setVisible(bool(self._code))
        self._close.setVisible(closable)
        self.set_message(self._title.text(), self._text.plain_text())

    def _ask_help(self) -> None:
        self.help_requested.emit(self._code)

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()


class EmptyState(QWidget):
    """Says what will be here, and offers the action that fills it.

    Signals:
        acted: The user took the offer.
    """

    acted = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        action: str = "",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._medal = _Medal(icon)
        self._title = Label(title, Look.EMPHASIS, wrap=True)
        self._text = Paragraph(text, Look.BODY, Role.INK_2)
        self.button = SecondaryButton(action)
        self.button.clicked.connect(self.acted)
        self._build()
        self.button.setVisible(bool(action))  # inside by now; before, it would be a window

    def set_text(self, title: str, text: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.contentsRect().width() - 2 * Space.M, 80)
        for words in (self._title, self._text):
            words.setFixedWidth(min(theme().px(360), room))

    def _build(self) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        self._title.setAlignment(middle)
        self._text.setAlignment(middle)
        self._fit()
        column = QVBoxLayout(self)
        column.setSpacing(Space.S)
        column.addStretch(2)
        column.addWidget(self._medal, 0, middle)
        column.addSpacing(Space.S)
        column.addLayout(_in_the_middle(self._title))
        column.addLayout(_in_the_middle(self._text))
        column.addSpacing(Space.M)
        column.addWidget(self.button, 0, middle)
        column.addStretch(3)


def _in_the_middle(words: Label) -> QHBoxLayout:
    """Alignment in the column would forget that words wrap."""
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(words)
    line.addStretch(1)
    return line


class _Medal(Sign):
    """The empty screen's icon on a round tint."""

    def __init__(self, icon: str) -> None:
        super().__init__(icon, Role.ACCENT, 64)
        self._sign_name = icon

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme().palette.accent_tint))
        painter.drawEllipse(QRectF(self.rect()))
        quarter = self.width() * 0.29
        box = QRectF(self.rect()).adjusted(quarter, quarter, -quarter, -quarter)
        draw_icon(painter, self._sign_name, theme().palette.accent, box)
