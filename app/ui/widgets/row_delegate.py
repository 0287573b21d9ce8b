"""Draws one record of a `RowList`."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import TARGET, Radius, Role, Space, Type
from app.ui.widgets.buttons import Kind, paint_for
from app.ui.widgets.chips import chip_size, draw_chip
from app.ui.widgets.pictures import rounded
from app.ui.widgets.row_model import ROW_ROLE, Index, Row

HEIGHT = 75
COMPACT_HEIGHT = 48
_PICTURE = QSize(72, 54)
_SMALL_PICTURE = QSize(44, 33)
_CUT_MOST = 256


class RowDelegate(QStyledItemDelegate):
    """Draws rows.

    Attributes:
        hovered: The key of the row whose action is under the pointer, or "".
    """

    def __init__(self, parent: QWidget, *, compact: bool) -> None:
        super().__init__(parent)
        self._compact = compact
        self.hovered = ""
        self._cut: dict[tuple[int, int, float], QPixmap] = {}

    def row_height(self) -> int:
        """The height of a row in px."""
        return theme().px(COMPACT_HEIGHT if self._compact else HEIGHT)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The size it wants."""
        return QSize(theme().px(200), self.row_height())

    def action_rect(self, area: QRect, row: Row) -> QRect:
        """Where the action can be hit: 44 px high."""
        if not row.action:
            return QRect()
        metrics = QFontMetrics(theme().font(Type.SMALL, 600))
        width = metrics.horizontalAdvance(row.action) + 2 * Space.M
        height = min(theme().px(TARGET), area.height())
        rtl = self._rtl()
        left = area.left() + Space.M if rtl else area.right() - Space.M - width
        return QRect(left, area.center().y() - height // 2 + 1, width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row: Row = index.data(ROW_ROLE)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if self._rtl() else Qt.LayoutDirection.LeftToRight
        )
        self._draw_ground(painter, area, state)
        room = self._draw_lead(painter, area.adjusted(Space.M, 0, -Space.M, 0), row)
        room = self._draw_end(painter, area, room, row)
        self._draw_words(painter, self._draw_chips(painter, area, room, row), row)
        painter.restore()

    def _rtl(self) -> bool:
        view = self.parent()
        assert isinstance(view, QWidget)
        return view.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _draw_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        palette = theme().palette
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(area, QColor(palette.accent_tint))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), QColor(palette.line))
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(2, 2, -2, -3), 6, 6)

    def _draw_lead(self, painter: QPainter, room: QRect, row: Row) -> QRect:
        if row.picture is None and not row.icon:
            return room.adjusted(Space.XS, 0, -Space.XS, 0)
        wanted = _SMALL_PICTURE if self._compact else _PICTURE
        if row.picture is None:
            wanted = QSize(24, 24)
        size = QSize(theme().px(wanted.width()), theme().px(wanted.height()))
        box = QRect(0, 0, size.width(), size.height())
        box.moveCenter(room.center())
        box.moveLeft(room.right() - size.width() if self._rtl() else room.left())
        if row.picture is None:
            draw_icon(painter, row.icon, theme().palette.ink_2, QRectF(box).adjusted(2, 2, -2, -2))
        else:
            painter.drawPixmap(box.topLeft(), self._picture(painter, row.picture, size))
        taken = size.width() + Space.M + 2
        return room.adjusted(0, 0, -taken, 0) if self._rtl() else room.adjusted(taken, 0, 0, 0)

    def _picture(self, painter: QPainter, picture: QPixmap, size: QSize) -> QPixmap:
        ratio = painter.device().devicePixelRatio()
        key = (picture.cacheKey(), size.width(), ratio)
        if key not in self._cut:
            if len(self._cut) > _CUT_MOST:
                self._cut.clear()
            self._cut[key] = rounded(picture, size, 6, ratio)
        return self._cut[key]

    def _draw_end(self, painter: QPainter, area: QRect, room: QRect, row: Row) -> QRect:
        width = 0
        if row.action:
            box = self.action_rect(area, row)
            self._draw_action(painter, box, row)
            width = box.width() + Space.M
        if row.trailing:
            metrics = QFontMetrics(theme().font(Type.SMALL))
            wide = metrics.horizontalAdvance(row.trailing)
            text = room.adjusted(width, 0, 0, 0) if self._rtl() else room.adjusted(0, 0, -width, 0)
            painter.setFont(theme().font(Type.SMALL))
            painter.setPen(theme().color(Role.INK_3))
            painter.drawText(text, _flags(rtl=self._rtl(), end=True), row.trailing)
            width += wide + Space.M
        return room.adjusted(width, 0, 0, 0) if self._rtl() else room.adjusted(0, 0, -width, 0)

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
        painter.drawText(drawn, int(Qt.AlignmentFlag.AlignCenter), row.action)

    def _draw_chips(self, painter: QPainter, area: QRect, room: QRect, row: Row) -> QRect:
        """Chips begin in the middle of the row, so that they stand in a column."""
        if not row.chips:
            return room
        widths = [chip_size(chip).width() for chip in row.chips]
        total = min(sum(widths) + Space.S * (len(widths) - 1), room.width() * 2 // 3)
        rtl = self._rtl()
        before = area.right() - room.right() if rtl else room.left() - area.left()
        start = min(area.width() // 2 - before, max(room.width() - total, 0))
        left = start
        for chip, wide in zip(row.chips, widths, strict=True):
            width = min(wide, room.width() - left)
            if width < theme().px(40):
                break
            height = chip_size(chip).height()
            x = room.right() - left - width if rtl else room.left() + left
            box = QRectF(x, room.center().y() - height / 2 + 1, width, height)
            draw_chip(painter, box, chip)
            left += width + Space.S
        words = max(start - Space.M, 0)
        if rtl:
            return QRect(room.right() - words, room.top(), words, room.height())
        return QRect(room.left(), room.top(), words, room.height())

    def _draw_words(self, painter: QPainter, room: QRect, row: Row) -> None:
        title, small = theme().font(Type.BODY, 600), theme().font(Type.SMALL)
        high, low = QFontMetrics(title).height(), QFontMetrics(small).height()
        two = bool(row.subtitle) and not self._compact
        top = room.center().y() - (high + low + 2 if two else high) // 2 + 1
        line = QRect(room.left(), top, room.width(), high)
        width = _draw_line(painter, line, row.title, title, Role.INK, rtl=self._rtl())
        if two:
            below = QRect(room.left(), top + high + 2, room.width(), low)
            _draw_line(painter, below, row.subtitle, small, Role.INK_3, rtl=self._rtl())
        elif row.subtitle:
            taken = width + Space.M
            rest = line.adjusted(0, 0, -taken, 0) if self._rtl() else line.adjusted(taken, 0, 0, 0)
            _draw_line(painter, rest, row.subtitle, small, Role.INK_3, rtl=self._rtl())


def _flags(*, rtl: bool, end: bool = False) -> int:
    right = rtl != end
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


def _draw_line(
    painter: QPainter, line: QRect, text: str, font: QFont, role: Role, *, rtl: bool
) -> int:
    painter.setFont(font)
    painter.setPen(theme().color(role))
    metrics = QFontMetrics(font)
    painter.drawText(
        line, _flags(rtl=rtl), metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
    )
    return min(metrics.horizontalAdvance(text), line.width())
