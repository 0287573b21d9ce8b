"""The tint on which a statement stands, and the card that keeps it beside the questions."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Radius, Role, Space
from app.ui.widgets.signs import Sign
from app.ui.widgets.text import Look, Paragraph


class Tint(QWidget):
    """A quiet ground in a tint of the accent."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = theme().palette.name == "high-contrast"
        painter.setPen(theme().color(Role.ACCENT) if strong else Qt.PenStyle.NoPen)
        painter.setBrush(theme().color(Role.ACCENT_TINT))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, Radius.CARD, Radius.CARD)


class RefusalCard(Tint):
    """The statement that a no changes nothing about care, with a sign.

    Attributes:
        words: The statement.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words = Paragraph(text, Look.PATIENT_BODY, Role.INK)
        self.words.setObjectName("refusal")
        row = QHBoxLayout(self)
        row.setContentsMargins(22, Space.L, Space.XL, Space.L)
        row.setSpacing(Space.L)
        row.addWidget(Sign("heart-handshake", Role.ACCENT, 32), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
