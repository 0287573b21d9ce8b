"""A card above the picture that says something and offers one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.design.tokens import Role, Space
from app.ui.widgets.buttons import IconButton, SecondaryButton
from app.ui.widgets.signs import Sign
from app.ui.widgets.text import Label, Look


class OfferCard(QFrame):
    """One line with a sign, an action and a cross; hidden until it has something to say.

    Signals:
        taken: The offer is taken.
        closed: The user took the card away.
    """

    taken = Signal()
    closed = Signal()

    def __init__(self, icon: str, tone: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self._words = Label("", Look.BODY, Role.INK, wrap=True)
        self._action = SecondaryButton("", compact=True)
        self._cross = IconButton("x", self.tr("Close"), compact=True)
        for button in (self._action, self._cross):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.S, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(Sign(icon, tone))
        row.addWidget(self._words, 1)
        row.addWidget(self._action)
        row.addWidget(self._cross)
        self._action.clicked.connect(self.taken)
        self._cross.clicked.connect(self._leave)
        self.hide()

    def say(self, words: str, action: str) -> None:
        """Say this and offer that; an empty action offers nothing, empty words hide the card."""
        self._words.setText(words)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def take(self) -> None:
        """Take the offer."""
        self._action.click()

    def set_waiting(self, *, waiting: bool) -> None:
        """Whether the offer is being carried out."""
        self._action.setEnabled(not waiting)

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()
