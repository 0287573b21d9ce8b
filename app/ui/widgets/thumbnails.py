"""The strip of small pictures under the large one: a list view, a model and a delegate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.design.theme import theme
from app.ui.design.tokens import Radius, Space
from app.ui.widgets.chips import ChipText, chip_size, draw_chip
from app.ui.widgets.pictures import rounded

Index = QModelIndex | QPersistentModelIndex
THUMBNAIL_ROLE = Qt.ItemDataRole.UserRole
SIZE = QSize(96, 72)


@dataclass(frozen=True)
class Thumbnail:
    """One small picture.

    Attributes:
        key: What `ThumbnailStrip.picked` tells; an id as text.
        label: Read by screen readers and shown as tip.
        badge: What is wrong or well with it, None for nothing.
        faded: Superseded: still there, no longer counted.
    """

    key: str
    label: str
    picture: QPixmap = field(default_factory=QPixmap, compare=False)
    badge: ChipText | None = None
    faded: bool = False


class ThumbnailModel(QAbstractListModel):
    """The pictures of a strip, in order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[Thumbnail] = []

    def set_items(self, items: Sequence[Thumbnail]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._items = list(items)
        self.endResetModel()

    def append(self, item: Thumbnail) -> None:
        """Add one at the end."""
        self.beginInsertRows(QModelIndex(), len(self._items), len(self._items))
        self._items.append(item)
        self.endInsertRows()

    def replace(self, item: Thumbnail) -> None:
        """Show the item in place of the one with its key.

        Raises:
            KeyError: No item has that key.
        """
        row = self.row_of(item.key)
        self._items[row] = item
        self.dataChanged.emit(self.index(row), self.index(row))

    def set_picture(self, key: str, picture: QPixmap) -> None:
        """Give an item its picture, once it has been read."""
        self.replace(replace(self._items[self.row_of(key)], picture=picture))

    def row_of(self, key: str) -> int:
        """The row of a key.

        Raises:
            KeyError: No item has that key.
        """
        for row, item in enumerate(self._items):
            if item.key == key:
                return row
        raise KeyError(key)

    def item(self, index: Index) -> Thumbnail:
        """The item of an index."""
        return self._items[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """How many rows there are."""
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == THUMBNAIL_ROLE:
            return item
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{item.label} · {item.badge.text}" if item.badge else item.label
        return None


class _ThumbnailDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The size it wants."""
        return QSize(theme().px(SIZE.width()) + Space.M, theme().px(SIZE.height()) + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        item = index.data(THUMBNAIL_ROLE)
        area = QRectF(option.rect)
        box = QRectF(area.x() + 2, area.y() + 2, theme().px(96) - 4, theme().px(72) - 4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.45 if item.faded else 1.0)
        ratio = painter.device().devicePixelRatio()
        cut = rounded(item.picture, box.size().toSize(), Radius.CONTROL - 1, ratio)
        painter.drawPixmap(box.topLeft(), cut)
        if item.badge is not None:
            size = chip_size(item.badge, small=True)
            width = min(size.width(), box.width() - 12)
            chip = QRectF(box.x() + 4, box.bottom() - size.height() - 4, width, size.height())
            draw_chip(painter, chip, item.badge, small=True)
        painter.setOpacity(1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(theme().palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = box.adjusted(-1, -1, 1, 1)
            painter.drawRoundedRect(ring, Radius.CONTROL, Radius.CONTROL)
        painter.restore()


class ThumbnailStrip(QListView):
    """Small pictures side by side; arrow keys walk, the one that is on has a ring.

    Attributes:
        items: The model.

    Signals:
        picked: The user went to a picture. Argument: its key.
    """

    picked = Signal(str)

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items = ThumbnailModel(self)
        self.setModel(self.items)
        self.setItemDelegate(_ThumbnailDelegate(self))
        self.setAccessibleName(label)
        self.setProperty("bare", "true")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.selectionModel().currentChanged.connect(self._tell)

    def pick(self, key: str) -> None:
        """Go to a picture.

        Raises:
            KeyError: No item has that key.
        """
        self.setCurrentIndex(self.items.index(self.items.row_of(key)))

    def current_key(self) -> str | None:
        """The key of the picture that is on, None when there is none."""
        index = self.currentIndex()
        return self.items.item(index).key if index.isValid() else None

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(theme().px(SIZE.width()) * 4, theme().px(SIZE.height()) + 6)

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return QSize(theme().px(SIZE.width()) + Space.M, theme().px(SIZE.height()) + 6)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Answer the wheel."""
        bar = self.horizontalScrollBar()
        turned = event.angleDelta().y() or event.angleDelta().x()
        bar.setValue(bar.value() - turned)
        event.accept()

    def _tell(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.picked.emit(self.items.item(current).key)
