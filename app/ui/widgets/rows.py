"""Lists of records: small picture, title, second line, state, and one action a row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainterPath, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Radius
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_model import ROW_ROLE, Index, Row, RowModel


class RowList(QListView):
    """Rows 75 px high, or 48 compact; Enter opens, Space or a click on it does the row's action.

    Attributes:
        rows: The model.

    Signals:
        opened: A row was double-clicked, or Enter pressed on it. Argument: its key.
        action_requested: The row's action is wanted. Argument: its key.
        picked: Another row is current. Argument: its key.
    """

    opened = Signal(str)
    action_requested = Signal(str)
    picked = Signal(str)

    def __init__(self, label: str, *, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel(self)
        self._delegate = RowDelegate(self, compact=compact)
        self._pressed_key = ""
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(label)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._tell_current)
        self.doubleClicked.connect(self._open)
        self.rows.modelReset.connect(self._delegate.forget_widths)
        self.rows.dataChanged.connect(self._delegate.forget_widths)

    def current_key(self) -> str | None:
        """The key of the current row."""
        index = self.currentIndex()
        return index.data(ROW_ROLE).key if index.isValid() else None

    def pick(self, key: str) -> None:
        """Make a row the current one.

        Raises:
            KeyError: No row has that key.
        """
        self.setCurrentIndex(self.rows.index(self.rows.place_of(key)))

    def action_rect(self, index: Index) -> QRect:
        """Where the row's action is drawn, in px of the viewport; empty without one."""
        return self._delegate.action_rect(self.visualRect(index), index.data(ROW_ROLE))

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(theme().px(480), self._delegate.row_height() * 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._round_corners()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_delegate"):
            self._delegate.forget_widths()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer keys."""
        index = self.currentIndex()
        row: Row | None = index.data(ROW_ROLE) if index.isValid() else None
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row.key)
        elif row is not None and row.action and event.key() == Qt.Key.Key_Space:
            self.action_requested.emit(row.key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Answer a press."""
        self._pressed_key = self._action_at(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Answer a release."""
        super().mouseReleaseEvent(event)
        key = self._action_at(event.position().toPoint())
        if key and key == self._pressed_key:
            self.action_requested.emit(key)
        self._pressed_key = ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Answer the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self._action_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left."""
        super().leaveEvent(event)
        self._hover("")

    def _round_corners(self) -> None:
        """No row reaches out of round corners: all four, or the lower ones where a card has it."""
        view = self.viewport()
        box = QRectF(self.rect()).translated(-view.x(), -view.y())
        inner = box.adjusted(1, 1, -1, -1)
        if self.property("bare"):
            inner = box.adjusted(0, -2 * Radius.CARD, 0, 0)
        shape = QPainterPath()
        shape.addRoundedRect(inner, Radius.CARD - 1, Radius.CARD - 1)
        view.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    def _hover(self, key: str) -> None:
        if key != self._delegate.hovered:
            self._delegate.hovered = key
            shape = Qt.CursorShape.PointingHandCursor if key else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    def _action_at(self, point: QPoint) -> str:
        index = self.indexAt(point)
        if index.isValid() and self.action_rect(index).contains(point):
            key: str = index.data(ROW_ROLE).key
            return key
        return ""

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(ROW_ROLE).key)

    def _tell_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.picked.emit(current.data(ROW_ROLE).key)
