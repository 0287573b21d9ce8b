"""The pictures of a patient as tiles: small picture, place, view and day, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import Radius, Role, Space, Type
from app.ui.widgets.chips import chip_size, draw_chip
from app.ui.widgets.pictures import rounded
from app.ui.widgets.row_model import ROW_ROLE, Index, Row, RowModel

TILE = QSize(164, 123)  # px at 100 %: 4:3
_FADED = 0.45
_CUT_MOST = 400
_SPARE = 8  # px; Qt begins the next row a little before the last tile would touch the edge


@dataclass(frozen=True)
class PictureTile(Row):
    """One picture.

    Attributes:
        faded: Taken again: still there, no longer counted.
        gone: Discarded: only the note that it existed is left.
        closed: Protected, and not open to who looks.
    """

    faded: bool = False
    gone: bool = False
    closed: bool = False


class _TileDelegate(QStyledItemDelegate):
    """Draws the tiles; keeps the small pictures cut to size."""

    def __init__(self, view: PictureGrid) -> None:
        super().__init__(view)
        self._view = view
        self._cut: dict[tuple[int, int, float], QPixmap] = {}

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The size it wants."""
        return self._view.tile_size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a tile."""
        tile: PictureTile = index.data(ROW_ROLE)
        area = option.rect.adjusted(Space.S, Space.S, -Space.S, -Space.XS)
        box = QRect(area.left(), area.top(), area.width(), area.width() * 3 // 4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if tile.gone or tile.closed:
            self._draw_stone(painter, box, "eye-off" if tile.closed else "image-off")
        else:
            painter.setOpacity(_FADED if tile.faded else 1)
            painter.drawPixmap(box.topLeft(), self._picture(painter, tile, box.size()))
            painter.setOpacity(1)
        self._draw_chip(painter, box, tile)
        self._draw_words(painter, area, box.bottom() + Space.XS, tile)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(theme().palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(-3, -3, 3, 3), Radius.CARD, Radius.CARD)
        painter.restore()

    def _draw_stone(self, painter: QPainter, box: QRect, icon: str) -> None:
        palette = theme().palette
        painter.setPen(QPen(QColor(palette.line), 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(palette.sunken))
        painter.drawRoundedRect(QRectF(box), Radius.CONTROL, Radius.CONTROL)
        side = theme().px(28)
        middle = QRectF(0, 0, side, side)
        middle.moveCenter(QRectF(box).center())
        draw_icon(painter, icon, palette.ink_3, middle)

    def _draw_chip(self, painter: QPainter, box: QRect, tile: PictureTile) -> None:
        if not tile.chips:
            return
        size = chip_size(tile.chips[0], small=True)
        width = min(size.width(), box.width() - 2 * Space.S)
        place = QRect(box.left() + Space.S, box.top() + Space.S, width, size.height())
        shown = QStyle.visualRect(self._view.layoutDirection(), box, place)
        draw_chip(painter, QRectF(shown), tile.chips[0], small=True)

    def _draw_words(self, painter: QPainter, area: QRect, top: int, tile: PictureTile) -> None:
        rtl = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        flags = int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        fonts = (theme().font(Type.SMALL, 600), theme().font(Type.SMALL))
        for text, font, role in zip(
            (tile.title, tile.subtitle), fonts, (Role.INK, Role.INK_3), strict=True
        ):
            metrics = QFontMetrics(font)
            line = QRect(area.left(), top, area.width(), metrics.height())
            painter.setFont(font)
            painter.setPen(theme().color(role))
            elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, flags, elided)
            top = line.bottom() + 2

    def _picture(self, painter: QPainter, tile: PictureTile, size: QSize) -> QPixmap:
        ratio = painter.device().devicePixelRatio()
        picture = tile.picture if tile.picture is not None else QPixmap()
        key = (picture.cacheKey(), size.width(), ratio)
        if key not in self._cut:
            if len(self._cut) > _CUT_MOST:
                self._cut.clear()
            self._cut[key] = rounded(picture, size, Radius.CONTROL, ratio)
        return self._cut[key]


class PictureGrid(QListView):
    """As many tiles beside one another as there is room; a tap or Enter opens one.

    Attributes:
        rows: The model; its rows are `PictureTile`s.

    Signals:
        opened: A picture is wanted. Argument: its key.
    """

    opened = Signal(str)

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_TileDelegate(self))
        self.setAccessibleName(label)
        self.setProperty("bare", "true")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setViewportMargins(Space.S, Space.XS, 0, 0)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open)

    def columns(self) -> int:
        """How many tiles stand beside one another."""
        return max(self._room() // (theme().px(TILE.width()) + 2 * Space.S), 1)

    def tile_size(self) -> QSize:
        """One tile with its words, px."""
        wide = max(self._room() // self.columns(), theme().px(TILE.width()) // 2)
        words = 2 * QFontMetrics(theme().font(Type.SMALL, 600)).height() + 4
        picture = (wide - 2 * Space.S) * 3 // 4
        return QSize(wide, picture + words + Space.S + 2 * Space.XS + Space.XS)

    def whole_height(self, most: int) -> int:
        """Height that shows all tiles, or so many rows of them, px."""
        rows = -(-self.rows.rowCount() // self.columns())
        return self.tile_size().height() * max(min(rows, most), 1) + Space.M

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(theme().px(TILE.width()) * 3, self.tile_size().height())

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with: one tile."""
        return QSize(theme().px(TILE.width()), self.tile_size().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer keys."""
        index = self.currentIndex()
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if index.isValid() and event.key() in keys:
            self._open(index)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows"):
            self._fit()

    def _fit(self) -> None:
        self.setGridSize(self.tile_size())
        self.scheduleDelayedItemsLayout()

    def _room(self) -> int:
        """Width for tiles, with room for a scroll bar whether it is there or not."""
        bar = self.verticalScrollBar().sizeHint().width()
        return max(self.width() - Space.S - bar - _SPARE, 1)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(ROW_ROLE).key)
