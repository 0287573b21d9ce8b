"""Cards: a titled group of things on a raised ground, and the list of facts that stands in them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.design.tokens import Role, Space
from app.ui.widgets.text import ElidedLabel, Label, Look


class Rule(QFrame):
    """A hairline."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", "vertical" if vertical else "horizontal")


class Card(QFrame):
    """A raised frame with an optional title and something at the title's end.

    `flush` lets a list reach from edge to edge under a line below the title.

    Attributes:
        body: The layout for the content.
        heading: The title's label, hidden without a title.
        trailing: The label at the title's end when a text was given.
    """

    def __init__(
        self,
        title: str = "",
        trailing: str | QWidget = "",
        *,
        padding: int = Space.L,
        flush: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self.heading = Label(title, Look.STRONG, parent=self)
        self.trailing = Label("", Look.SMALL, Role.INK_3, parent=self)
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.M)
        outer = QVBoxLayout(self)
        if flush:
            self._build_flush(outer, trailing)
        else:
            outer.setContentsMargins(padding, padding, padding, padding)
            outer.setSpacing(Space.M)
            outer.addLayout(self._head(trailing))
            outer.addLayout(self.body, 1)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Name the card, also for screen readers."""
        self.heading.setText(title)
        self.heading.setVisible(bool(title))
        self.setAccessibleName(title)

    def set_trailing(self, text: str) -> None:
        """Change the text at the title's end."""
        self.trailing.setText(text)
        self.trailing.setVisible(bool(text))

    def _build_flush(self, outer: QVBoxLayout, trailing: str | QWidget) -> None:
        head = self._head(trailing)
        above, below = (0, 0) if isinstance(trailing, QWidget) else (13, 14)  # 44 px in all
        head.setContentsMargins(Space.L + 1, above, Space.L, below)
        self.body.setContentsMargins(1, 0, 1, 1)
        self.body.setSpacing(0)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(Rule())
        outer.addLayout(self.body, 1)

    def _head(self, trailing: str | QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.heading, 1)
        if isinstance(trailing, QWidget):
            row.addWidget(trailing, 0, Qt.AlignmentFlag.AlignVCenter)
            self.trailing.hide()
        else:
            row.addWidget(self.trailing, 0, Qt.AlignmentFlag.AlignVCenter)
            self.set_trailing(trailing)
        return row


class Facts(QWidget):
    """Names and values in two columns; values elide and are then whole in their tool tips."""

    def __init__(
        self, facts: Iterable[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self.set_facts(facts)

    def set_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        """Show these pairs (name, value) instead of the present ones."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, value) in enumerate(facts):
            told = ElidedLabel(value, Look.STRONG)
            told.setAccessibleName(f"{name}: {value}")
            told.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(Label(name, Look.BODY, Role.INK_2), row, 0)
            self._grid.addWidget(told, row, 1)
