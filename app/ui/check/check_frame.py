"""Where the parts of the check stand: beside one another, or scrolling where print is large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.check.tool_bar import CheckTools
from app.ui.design.theme import theme
from app.ui.design.tokens import Space
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import SideColumn

LARGE = 1.3  # of the usual size of text; the tools then need more than the width of a page


class CheckFrame(QWidget):
    """Tools, picture and strip at the left, cards at the right, the question always in sight."""

    def __init__(
        self, tools: CheckTools, below: Sequence[QWidget], cards: Sequence[Card], question: Card
    ) -> None:
        super().__init__()
        self._tools = tools
        self._question = question
        self._column = SideColumn()
        self._right = QVBoxLayout()
        left = QVBoxLayout()
        left.setSpacing(Space.M)
        left.addWidget(tools)
        for part in below:
            left.addWidget(part)
        for card in cards:
            self._column.body.addWidget(card)
        self._right.setSpacing(Space.M)
        self._right.addWidget(self._column, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        row.setSpacing(Space.L)
        row.addLayout(left, 1)
        row.addLayout(self._right)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """With large print, all that is not the picture scrolls in the column of cards."""
        short = theme().scale > LARGE
        self._tools.set_short(short=short)
        if short:
            self._column.body.insertWidget(0, self._tools.extras)
            self._column.body.addWidget(self._question)
        else:
            self._tools.take_extras()
            self._right.addWidget(self._question)
