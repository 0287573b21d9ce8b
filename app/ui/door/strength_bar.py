"""Shows how strong a new passphrase is: four segments and an honest sentence."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Role
from app.ui.door.strength import LEAST_CHARACTERS, Strength
from app.ui.widgets.text import Label, Look

_GAP = 4
_HEIGHT = 5
_COLOURS = {
    Strength.TOO_SHORT: Role.INK_3,
    Strength.WEAK: Role.DANGER,
    Strength.FAIR: Role.EXPIRING,
    Strength.GOOD: Role.GRANTED,
    Strength.STRONG: Role.GRANTED,
}


def words(strength: Strength) -> str:
    """What a strength means, for whoever chooses the passphrase."""
    tr = QCoreApplication.translate
    said = {
        Strength.TOO_SHORT: tr("Strength", "At least {least} characters. Several words are best."),
        Strength.WEAK: tr("Strength", "Weak: whoever copies the vault could guess it in hours."),
        Strength.FAIR: tr("Strength", "Fair: guessing it would take weeks. Add another word."),
        Strength.GOOD: tr("Strength", "Good: guessing it would take years."),
        Strength.STRONG: tr("Strength", "Strong: guessing it would take more than a lifetime."),
    }
    return said[strength].format(least=LEAST_CHARACTERS)


class _Segments(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.strength = Strength.TOO_SHORT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(120, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        most = int(Strength.STRONG)
        width = (self.width() - _GAP * (most - 1)) / most
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place in range(most):
            full = place < int(self.strength)
            role = _COLOURS[self.strength] if full else Role.LINE
            painter.setBrush(QColor(theme().color(role)))
            column = most - 1 - place if rtl else place
            painter.drawRoundedRect(QRectF(column * (width + _GAP), 0, width, _HEIGHT), 2.5, 2.5)


class StrengthBar(QWidget):
    """The strength of what is typed, in colour and words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments = _Segments()
        self._words = Label("", Look.SMALL, Role.INK_2, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._segments)
        column.addWidget(self._words)
        self.set_strength(Strength.TOO_SHORT)

    def set_strength(self, strength: Strength) -> None:
        """Show this strength."""
        self._segments.strength = strength
        self._segments.update()
        self._words.setText(words(strength))
        self.setAccessibleName(words(strength))

    def text(self) -> str:
        """The sentence that is shown."""
        return self._words.text()
