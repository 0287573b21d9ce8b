"""Draws one record of a `RowList`."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import TARGET, Radius, Role, Space, Type
from app.ui.widgets.buttons import Kind, paint_for
from app.ui.widgets.chips import chip_size, draw_chip
from app.ui.widgets.pictures import rounded
from app.ui.widgets.row_model import ROW_ROLE, Index, Row, RowModel

HEIGHT = 75
COMPACT_HEIGHT = 48
_PICTURE = QSize(72, 54)
_SMALL_PICTURE = QSize(44, 33)
_PICTURE_GROWTH = 1.4  # large print is for reading; pictures would take the words' room
_NARROW = 340  # px at 100 %; with less, chips go below the words
_CUT_MOST = 256
_ROUNDED = 2  # px that measured words may lack of those that are drawn


@dataclass(frozen=True, slots=True)
class _Column:
    """What the rows with chips need, so that all chips of a list begin at one place; px."""

    words: int = 0
    rest: int = 0


class RowDelegate(QStyledItemDelegate):
    """Draws rows; everything is laid out from left to right and mirrored where text is.

    Attributes:
        hovered: The key of the row whose action is under the pointer, or "".
    """

    def __init__(self, parent: QWidget, *, compact: bool) -> None:
        super().__init__(parent)
        self._compact = compact
        self.hovered = ""
        self._cut: dict[tuple[int, int, float], QPixmap] = {}
        self._column: _Column | None = None

    def forget_widths(self) -> None:
        """The rows or the size of the print are others now."""
        self._column = None

    def row_height(self) -> int:
        """The height of a row in px."""
        return theme().px(COMPACT_HEIGHT if self._compact else HEIGHT)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The size it wants."""
        return QSize(theme().px(200), self.row_height())

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Tell the whole row where something of it may be shortened."""
        row: Row | None = index.data(ROW_ROLE) if index.isValid() else None
        if row is None:
            return super().helpEvent(event, view, option, index)
        chips = sum(chip_size(chip).width() + Space.S for chip in row.chips)
        wanted = self._words_width(row) + chips + self._end_width(row) + theme().px(120)
        QToolTip.showText(event.globalPos(), row.spoken() if wanted > option.rect.width() else "")
        return True

    def action_rect(self, area: QRect, row: Row) -> QRect:
        """Where the action can be hit: 44 px high; empty without one."""
        return self._mirrored(area, self._action_box(area, row))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row: Row = index.data(ROW_ROLE)
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self._direction())
        self._draw_ground(painter, area, index, option.state)
        room = self._draw_lead(painter, area, row)
        start = self._chips_start(area, room, index) if row.chips else room.right() + Space.M + 1
        room = self._draw_end(painter, area, room, row)
        if row.chips and not self._compact and not self._fits_beside(room, start, row):
            self._draw_stacked(painter, area, room, row)
        else:
            if row.chips:
                lane = QRect(start, room.top(), room.right() - start + 1, room.height())
                self._draw_chip_lane(painter, area, lane, row)
                room.setRight(start - Space.M - 1)
            self._draw_words(painter, area, room, row)
        painter.restore()

    def _direction(self) -> Qt.LayoutDirection:
        view = self.parent()
        assert isinstance(view, QWidget)
        return view.layoutDirection()

    def _mirrored(self, area: QRect, box: QRect) -> QRect:
        return QStyle.visualRect(self._direction(), area, box)

    def _action_box(self, area: QRect, row: Row) -> QRect:
        if not row.action:
            return QRect()
        metrics = QFontMetrics(theme().font(Type.SMALL, 600))
        width = metrics.horizontalAdvance(row.action) + 2 * Space.M
        height = min(theme().px(TARGET), area.height())
        left = area.right() - Space.M - width
        return QRect(left, area.center().y() - height // 2 + 1, width, height)

    def _draw_ground(
        self, painter: QPainter, area: QRect, index: Index, state: QStyle.StateFlag
    ) -> None:
        palette = theme().palette
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(area, QColor(palette.accent_tint))
        if not self._ends_list(area, index):
            line = QRect(area.left(), area.bottom(), area.width(), 1)
            painter.fillRect(line, QColor(palette.line))
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(2, 2, -2, -3), 6, 6)

    def _ends_list(self, area: QRect, index: Index) -> bool:
        """Whether the edge of what holds the list is the line below this row."""
        view = self.parent()
        assert isinstance(view, QAbstractItemView)
        last = index.row() == index.model().rowCount() - 1
        return last and area.bottom() >= view.viewport().height() - 3

    def _draw_lead(self, painter: QPainter, area: QRect, row: Row) -> QRect:
        room = area.adjusted(Space.M, 0, -Space.M, 0)
        if row.picture is None and not row.icon:
            return room.adjusted(Space.XS, 0, -Space.XS, 0)
        wanted = _SMALL_PICTURE if self._compact else _PICTURE
        growth = min(theme().scale, _PICTURE_GROWTH)
        size = QSize(round(wanted.width() * growth), round(wanted.height() * growth))
        if row.picture is None:
            size = QSize(theme().px(24), theme().px(24))
        box = QRect(room.left(), room.center().y() - size.height() // 2, *size.toTuple())
        shown = self._mirrored(area, box)
        if row.picture is None:
            inner = QRectF(shown).adjusted(2, 2, -2, -2)
            draw_icon(painter, row.icon, theme().palette.ink_2, inner)
        else:
            painter.drawPixmap(shown.topLeft(), self._picture(painter, row.picture, size))
        return room.adjusted(size.width() + Space.M + 2, 0, 0, 0)

    def _picture(self, painter: QPainter, picture: QPixmap, size: QSize) -> QPixmap:
        ratio = painter.device().devicePixelRatio()
        key = (picture.cacheKey(), size.width(), ratio)
        if key not in self._cut:
            if len(self._cut) > _CUT_MOST:
                self._cut.clear()
            self._cut[key] = rounded(picture, size, 6, ratio)
        return self._cut[key]

    def _draw_end(self, painter: QPainter, area: QRect, room: QRect, row: Row) -> QRect:
        if row.action:
            box = self._action_box(area, row)
            self._draw_action(painter, self._mirrored(area, box), row)
            room = room.adjusted(0, 0, -box.width() - Space.M, 0)
        if row.trailing:
            font = theme().font(Type.SMALL)
            wide = QFontMetrics(font).horizontalAdvance(row.trailing) + 1
            box = QRect(room.right() - wide, room.top(), wide, room.height())
            self._draw_line(painter, self._mirrored(area, box), row.trailing, font, Role.INK_3)
            room = room.adjusted(0, 0, -wide - Space.M, 0)
        return room

    def _draw_action(self, painter: QPainter, box: QRect, row: Row) -> None:
        over = self.hovered == row.key
        colours = paint_for(Kind.SECONDARY, theme().palette, enabled=True, hover=over, down=False)
        spare = (box.height() - theme().px(32)) / 2
        drawn = QRectF(box).adjusted(0.5, spare + 0.5, -0.5, -spare - 0.5)
        painter.setPen(QColor(colours.edge))
        painter.setBrush(QColor(colours.fill))
        painter.drawRoundedRect(drawn, Radius.CONTROL, Radius.CONTROL)
        painter.setPen(QColor(colours.text))
        painter.setFont(theme().font(Type.SMALL, 600))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.drawText(drawn, int(Qt.AlignmentFlag.AlignCenter), row.action)
        painter.setLayoutDirection(self._direction())

    def _chips_start(self, area: QRect, room: QRect, index: Index) -> int:
        """Chips begin in the middle, or where the longest words end, alike in all rows."""
        if self._column is None:
            self._column = self._measured(index.model())
        rest = min(self._column.rest, room.width() * 2 // 3)
        latest = room.right() + 1 - rest
        return min(max(area.center().x(), room.left() + self._column.words + Space.M), latest)

    def _measured(self, model: QAbstractItemModel) -> _Column:
        words, rest = 0, 0
        assert isinstance(model, RowModel)
        for row in model.rows_with_chips():
            words = max(words, self._words_width(row))
            widths = [chip_size(chip).width() for chip in row.chips]
            chips = sum(widths) + Space.S * (len(widths) - 1)
            rest = max(rest, chips + self._end_width(row))
        return _Column(words, rest)

    def _words_width(self, row: Row) -> int:
        title = QFontMetrics(theme().font(Type.BODY, 600)).horizontalAdvance(row.title)
        small = QFontMetrics(theme().font(Type.SMALL)).horizontalAdvance(row.subtitle)
        if self._compact:
            return title + (Space.M + small if small else 0) + _ROUNDED
        return max(title, small) + _ROUNDED

    def _end_width(self, row: Row) -> int:
        metrics = QFontMetrics(theme().font(Type.SMALL))
        trailing = metrics.horizontalAdvance(row.trailing) + 1 + Space.M if row.trailing else 0
        action = self._action_box(QRect(0, 0, 1000, self.row_height()), row).width()
        return trailing + (action + Space.M if action else 0)

    def _fits_beside(self, room: QRect, start: int, row: Row) -> bool:
        """Whether nothing of the words has to give way to the chips beside them."""
        if room.width() < theme().px(_NARROW):
            return False
        return self._words_width(row) <= start - Space.M - room.left()

    def _draw_chip_lane(self, painter: QPainter, area: QRect, lane: QRect, row: Row) -> None:
        left = lane.left()
        for chip in row.chips:
            size = chip_size(chip)
            width = min(size.width(), lane.right() - left + 1)
            if width < theme().px(40):
                break
            box = QRect(left, lane.center().y() - size.height() // 2 + 1, width, size.height())
            draw_chip(painter, QRectF(self._mirrored(area, box)), chip)
            left += width + Space.S

    def _draw_words(self, painter: QPainter, area: QRect, room: QRect, row: Row) -> None:
        title, small = theme().font(Type.BODY, 600), theme().font(Type.SMALL)
        high, low = QFontMetrics(title).height(), QFontMetrics(small).height()
        two = bool(row.subtitle) and not self._compact
        top = room.center().y() - (high + low + 2 if two else high) // 2 + 1
        line = QRect(room.left(), top, room.width(), high)
        self._draw_line(painter, self._mirrored(area, line), row.title, title, Role.INK)
        below = QRect(room.left(), top + high + 2, room.width(), low)
        if not two:
            taken = QFontMetrics(title).horizontalAdvance(row.title) + Space.M
            below = line.adjusted(min(taken, line.width()), 0, 0, 0)
        self._draw_line(painter, self._mirrored(area, below), row.subtitle, small, Role.INK_3)

    def _draw_stacked(self, painter: QPainter, area: QRect, room: QRect, row: Row) -> None:
        """Words above, chips below them: for narrow lists and large print."""
        chip = chip_size(row.chips[0]).height()
        spare = max(area.height() - chip - theme().px(36), 0) // 3
        words = QRect(room.left(), area.top() + spare, room.width(), theme().px(36))
        self._draw_words(painter, area, words, row)
        lane = QRect(room.left(), words.bottom() + spare, room.width(), chip)
        self._draw_chip_lane(painter, area, lane, row)

    def _draw_line(
        self, painter: QPainter, line: QRect, text: str, font: QFont, role: Role
    ) -> None:
        rtl = self._direction() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(theme().color(role))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, int(flags), elided)
        painter.setLayoutDirection(self._direction())
