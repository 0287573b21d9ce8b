"""The footer: Back bottom left, what was saved in the middle, the primary action bottom right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.text import ElidedLabel, Look

HEIGHT = 64


class FooterBar(QWidget):
    """The foot of a page.

    Attributes:
        primary: The one primary action; hidden while it has no text.
        back: Back or Cancel; hidden while it has no text.
        extras: Layout for quiet actions left of the primary one.

    Signals:
        primary_requested: The primary action is wanted.
        back_requested: Back is wanted.
    """

    primary_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.back = QuietButton("", icon="chevron-left")
        self.primary = PrimaryButton("", trailing="chevron-right")
        self.back.setObjectName("footer-back")
        self.primary.setObjectName("footer-primary")
        self._note = ElidedLabel("", Look.SMALL, Role.INK_3)
        self.extras = QHBoxLayout()
        self._build()
        self.back.clicked.connect(self.back_requested)
        self.primary.clicked.connect(self.primary_requested)
        self.set_back("")
        self.set_primary("")

    def set_primary(
        self, text: str, *, icon: str = "", trailing: str = "chevron-right", enabled: bool = True
    ) -> None:
        """Name the primary action; "" hides it. An `icon` before the text takes the arrow away."""
        self.primary.setText(text)
        self.primary.set_icon(icon, trailing="" if icon else trailing)
        self.primary.setEnabled(enabled)
        self.primary.setVisible(bool(text))

    def set_back(self, text: str, *, icon: str = "chevron-left") -> None:
        """Name the way back; "" hides it."""
        self.back.setText(text)
        self.back.set_icon(icon)
        self.back.setVisible(bool(text))

    def set_note(self, text: str) -> None:
        """Say in the middle what was saved and when."""
        self._note.setText(text)

    def press_primary(self) -> None:
        """Do the primary action if it can be done, as Enter does."""
        if self.primary.isVisible() and self.primary.isEnabled():
            self.primary.click()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(theme().px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color(Role.RAISED))
        painter.fillRect(0, 0, self.width(), 1, theme().color(Role.LINE))

    def _build(self) -> None:
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.extras.setSpacing(Space.S)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, 1, Space.XL, 0)
        row.setSpacing(Space.L)
        row.addWidget(self.back)
        row.addWidget(self._note, 1)
        row.addLayout(self.extras)
        row.addWidget(self.primary)
        self.setFixedHeight(theme().px(HEIGHT))
