"""Two columns beside one another, or under one another where large print leaves no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Space

LEAST_MAIN = 560  # px at 100 %; below it the main column folds


class ScrollColumn(QScrollArea):
    """Scrolls by itself, upwards and downwards only.

    Attributes:
        body: The layout for what scrolls.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        self.body = QVBoxLayout(holder)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.L)
        self.setWidget(holder)


class FoldingRow(QWidget):
    """A main column that takes the room there is, and a side column of its own width.

    Signals:
        folded_changed: The columns went under, or beside, one another. Argument: are they folded.
    """

    folded_changed = Signal(bool)

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        side_width: int,
        *,
        side_first: bool = False,
        least_main: int = LEAST_MAIN,
        parent: QWidget | None = None,
    ) -> None:
        """Place the two.

        Args:
            main: Grows.
            side: Keeps its width while they are beside one another.
            side_width: In px at 100 %.
            side_first: Whether the side column stands before the main one; it is below when folded.
            least_main: The least width of the main column, in px at 100 %.
        """
        super().__init__(parent)
        self._side = side
        self._side_width = side_width
        self._least_main = least_main
        self._folded = False
        self._main_column, self._side_column = ScrollColumn(), ScrollColumn()
        self._main_column.body.addWidget(main, 1)
        self._side_column.body.addWidget(side, 1)
        self._side_column.setFixedWidth(theme().px(side_width))
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._side_column.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        row.setSpacing(Space.L)
        columns = [self._main_column, self._side_column]
        for column in reversed(columns) if side_first else columns:
            row.addWidget(column, 1 if column is self._main_column else 0)

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
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        side = theme().px(self._side_width)
        needed = side + theme().px(self._least_main) + Space.L + 2 * Space.XL
        folded = self.width() < needed
        self._side_column.setFixedWidth(side)
        if folded == self._folded:
            return
        self._folded = folded
        target = self._main_column if folded else self._side_column
        target.body.addWidget(self._side, 0 if folded else 1)
        self._side_column.setVisible(not folded)
        self.folded_changed.emit(self.is_folded())
