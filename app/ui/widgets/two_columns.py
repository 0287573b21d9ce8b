"""Two halves beside one another; where large print leaves no room, one long column that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Space
from app.ui.widgets.rows import RowList

LEAST = 860  # px at 100 %
_NO_LIMIT = 16_777_215  # Qt's QWIDGETSIZE_MAX


class TwoColumns(QScrollArea):
    """Beside one another lists scroll by themselves; under one another everything does.

    Attributes:
        first: The layout of the left, or upper, half.
        second: The layout of the right, or lower, half.

    Signals:
        folded_changed: Argument: whether they are under one another.
    """

    folded_changed = Signal(bool)

    def __init__(
        self,
        least: int = LEAST,
        *,
        gap: int = Space.L,
        margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        parent: QWidget | None = None,
    ) -> None:
        """Place them.

        Args:
            least: The width in px at 100 % under which they fold.
            gap: Between the halves.
            margins: Left, top, right and below; the focus ring needs `Space.XS` around inputs.
            parent: What holds it.
        """
        super().__init__(parent)
        self._least = least
        self._folded = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        self._halves.setContentsMargins(*margins)
        self._halves.setSpacing(gap)
        self.first, self.second = QVBoxLayout(), QVBoxLayout()
        for half in (self.first, self.second):
            half.setSpacing(Space.M)
            self._halves.addLayout(half, 1)
        self.setWidget(holder)

    def is_folded(self) -> bool:
        """Whether they are under one another."""
        return self._folded

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_halves"):
            self._fit()

    def _fit(self) -> None:
        folded = self.width() < theme().px(self._least)
        if folded != self._folded:
            self._folded = folded
            across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._halves.setDirection(down if folded else across)
            self.folded_changed.emit(folded)


def fit_rows(rows: RowList, *, whole: bool, most: int) -> None:
    """As high as its rows, up to some of them; not `whole`, as high as there is room."""
    row = max(rows.sizeHintForRow(0), 1)
    wanted = row * max(min(rows.rows.rowCount(), most), 1) + 2
    rows.setMinimumHeight(wanted if whole else min(wanted, row + 2))
    rows.setMaximumHeight(wanted if whole else _NO_LIMIT)
