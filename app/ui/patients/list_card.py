"""A card with a list, and a line that says what will be here while it is empty."""

from __future__ import annotations

from PySide6.QtWidgets import QListView, QWidget

from app.ui.design.tokens import Role, Space
from app.ui.widgets.cards import Card
from app.ui.widgets.text import Label, Look


class ListCard(Card):
    """Shows the list, or what is said of an empty one."""

    def __init__(
        self, title: str, rows: QListView, nothing: str, trailing: str | QWidget = ""
    ) -> None:
        super().__init__(title, trailing, flush=True)
        self._rows = rows
        self.nothing = Label(nothing, Look.BODY, Role.INK_3, wrap=True)
        self.nothing.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        rows.setProperty("bare", "true")
        self.body.addWidget(rows, 1)
        self.body.addWidget(self.nothing, 0)
        self.body.addStretch(0)
        self.look()

    def look(self) -> None:
        """Look again whether there is anything in the list."""
        empty = self._rows.model().rowCount() == 0
        self._rows.setVisible(not empty)
        self.nothing.setVisible(empty)
