"""The figure as a widget: shows where a picture was taken, and lets a place be tapped."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.body_site import body_site
from app.domain.clinical_image import Laterality
from app.ui.body_map.figure import (
    EXTENT,
    FigureView,
    Region,
    outline,
    region_at,
    region_of,
    regions,
)
from app.ui.body_map.site_names import side_name, site_words
from app.ui.design.theme import theme
from app.ui.design.tokens import Type, mix

_FINGER_PX = 14.0  # a finger that misses a small region by so much still means it
_DOT_PX = 4.5
_RING_PX = 8.5
_LETTERS_PX = 24


class BodyFigure(QWidget):
    """One view of the figure with the chosen place; left and right are never mirrored.

    A `detailed` figure shows its regions, names them under the pointer and says which side of it
    is the patient's left.

    Signals:
        tapped: A region was tapped. Arguments: its code, the `Laterality` or None.
        pressed: The figure as a whole was pressed; only where it is not detailed.
    """

    tapped = Signal(str, object)
    pressed = Signal()

    def __init__(self, *, detailed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detailed = detailed
        self._view = FigureView.FRONT
        self._code = ""
        self._laterality: Laterality | None = None
        self._under: Region | None = None
        self.setObjectName("body-figure")
        self.setAccessibleName(self.tr("Body map"))
        self.setMouseTracking(detailed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        room = QSizePolicy.Policy.Expanding if detailed else QSizePolicy.Policy.Fixed
        self.setSizePolicy(room, room)
        theme().changed.connect(self._redraw)

    def view(self) -> FigureView:
        """From where it is seen."""
        return self._view

    def set_view(self, view: FigureView) -> None:
        """See it from there."""
        self._view = view
        self._under = None
        self.update()

    def set_site(self, code: str, laterality: Laterality | None) -> None:
        """Mark this place; an empty code marks none."""
        self._code, self._laterality = code, laterality
        self.setAccessibleDescription(site_words(code, laterality))
        self.update()

    def marked(self) -> list[Region]:
        """The regions that are marked on this view: two for a place on both sides.

        Two also while nobody said which side: the figure says none by itself.
        """
        if not self._code:
            return []
        sides: list[Laterality | None] = [self._laterality]
        if self._laterality is Laterality.BOTH or self._side_is_open():
            sides = [Laterality.LEFT, Laterality.RIGHT]
        found = [region_of(self._view, self._code, side) for side in sides]
        return [region for region in found if region is not None]

    def _side_is_open(self) -> bool:
        site = body_site(self._code)
        return site is not None and site.paired and self._laterality is None

    def region_under(self, point: QPointF) -> Region | None:
        """The region at a point of the widget."""
        transform = self._transform()
        back, _ = transform.inverted()
        return region_at(self._view, back.map(point), reach=_FINGER_PX / transform.m11())

    def place_of(self, region: Region) -> QPointF:
        """The point of the widget at the middle of a region."""
        return self._transform().map(region.middle)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(320, 480) if self._detailed else QSize(theme().px(76), theme().px(156))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Answer the pointer."""
        under = self.region_under(event.position())
        if under is not self._under:
            self._under = under
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left."""
        super().leaveEvent(event)
        self._under = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Answer a tap."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if not self._detailed:
            self.pressed.emit()
        elif (region := self.region_under(event.position())) is not None:
            self.tapped.emit(region.code, region.laterality)

    def event(self, event: QEvent) -> bool:
        """Name the region under the pointer."""
        if self._detailed and isinstance(event, QHelpEvent):
            region = self.region_under(QPointF(event.pos()))
            words = site_words(region.code, region.laterality) if region is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        transform = self._transform()
        edge = QPen(QColor(palette.outline), 1.25)
        painter.setPen(edge)
        painter.setBrush(QColor(palette.sunken))
        painter.drawPath(transform.map(outline(self._view)))
        if self._detailed:
            self._draw_regions(painter, transform)
            self._draw_letters(painter)
            painter.setPen(edge)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(transform.map(outline(self._view)))
        for region in self.marked():
            self._draw_mark(painter, transform.map(region.path), self.place_of(region))

    def _draw_regions(self, painter: QPainter, transform: QTransform) -> None:
        palette = theme().palette
        painter.setPen(QPen(QColor(mix(palette.sunken, palette.outline, 0.35)), 1))
        for region in regions(self._view):
            over = self._under is region
            painter.setBrush(QColor(palette.accent_tint if over else palette.sunken))
            painter.drawPath(transform.map(region.path))

    def _draw_mark(self, painter: QPainter, path: QPainterPath, middle: QPointF) -> None:
        palette = theme().palette
        if self._detailed:
            painter.setPen(QPen(QColor(palette.accent), 1.5))
            painter.setBrush(QColor(palette.accent_tint))
            painter.drawPath(path)
        if self._side_is_open():
            return  # no point: it would say a side
        painter.setPen(QPen(QColor(palette.accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, _RING_PX, _RING_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent))
        painter.drawEllipse(middle, _DOT_PX, _DOT_PX)

    def _draw_letters(self, painter: QPainter) -> None:
        """Say whose left and right it is: mixing them up is the error to be feared here."""
        on_right = self._view.laterality_on_right
        on_left = Laterality.LEFT if on_right is Laterality.RIGHT else Laterality.RIGHT
        painter.setFont(theme().font(Type.SMALL, 500))
        painter.setPen(QColor(theme().palette.ink_3))
        line = QRectF(0, self.height() - _LETTERS_PX, self.width(), _LETTERS_PX)
        # absolute: a window that reads from right to left does not turn the patient round
        across = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | across), side_name(on_left))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | across), side_name(on_right))

    def _transform(self) -> QTransform:
        extent = EXTENT[self._view]
        foot = _LETTERS_PX if self._detailed else 0
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1 - foot)
        factor = min(room.width() / extent.width(), room.height() / extent.height())
        made = QTransform.fromTranslate(room.center().x(), room.center().y())
        made.scale(factor, factor)
        return made.translate(-extent.center().x(), -extent.center().y())

    def _redraw(self) -> None:
        self.updateGeometry()
        self.update()
