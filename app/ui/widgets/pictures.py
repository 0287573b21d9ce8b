"""A photograph on neutral grey, fitted or filling, with things drawn and placed over it."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import Radius, Space, Type


class Fit(StrEnum):
    """How the picture meets its frame: the whole of it, or the frame filled."""

    WHOLE = "whole"
    FILL = "fill"


class Corner(StrEnum):
    """Where something is placed over the picture."""

    TOP_LEADING = "top-leading"
    TOP_TRAILING = "top-trailing"
    BOTTOM_LEADING = "bottom-leading"
    BOTTOM_TRAILING = "bottom-trailing"


class PictureOverlay(Protocol):
    """Draws something over the picture: thirds, findings, covers, a ghost."""

    def paint_over(self, painter: QPainter, picture: QRectF) -> None:
        """Draw; `picture` is where the picture stands, in px of the widget."""


class PictureView(QWidget):
    """Shows one picture; the ground is #777 so that skin is judged fairly.

    Left and right are never mirrored, whatever the direction of the text.
    """

    def __init__(
        self,
        label: str,
        *,
        fit: Fit = Fit.WHOLE,
        radius: int = Radius.CARD,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fit = fit
        self._radius = radius
        self._picture = QPixmap()
        self._scaled = QPixmap()
        self._words = ""
        self._overlays: list[PictureOverlay] = []
        self._corners: dict[Corner, QHBoxLayout] = {}
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._build()

    def set_picture(self, picture: QPixmap | QImage | None) -> None:
        """Show a picture; None empties the frame."""
        if isinstance(picture, QImage):
            picture = QPixmap.fromImage(picture)
        self._picture = picture or QPixmap()
        self._scaled = QPixmap()
        self.update()

    def set_words(self, words: str) -> None:
        """Say something where no picture is, for instance why."""
        self._words = words
        self.update()

    def set_fit(self, fit: Fit) -> None:
        """Show the whole picture, or fill the frame with it."""
        self._fit = fit
        self._scaled = QPixmap()
        self.update()

    def has_picture(self) -> bool:
        """Whether there is a picture."""
        return not self._picture.isNull()

    def picture_size(self) -> QSize:
        """Width and height of the picture in its own px; empty without one."""
        return self._picture.size()

    def add_overlay(self, overlay: PictureOverlay) -> None:
        """Draw this over the picture from now on; later ones lie above earlier ones."""
        self._overlays.append(overlay)
        self.update()

    def remove_overlay(self, overlay: PictureOverlay) -> None:
        """Draw this no longer."""
        self._overlays.remove(overlay)
        self.update()

    def place(self, widget: QWidget, corner: Corner) -> None:
        """Put a widget, such as a chip, in a corner, after those that are there."""
        self._corners[corner].addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def picture_rect(self) -> QRectF:
        """Where the picture stands, in px of the widget; beyond its edge when it fills it."""
        if self._picture.isNull():
            return QRectF()
        size = self._picture.deviceIndependentSize()
        wide, high = self.width() / size.width(), self.height() / size.height()
        factor = min(wide, high) if self._fit is Fit.WHOLE else max(wide, high)
        box = QRectF(0, 0, size.width() * factor, size.height() * factor)
        box.moveCenter(QRectF(self.rect()).center())
        return box

    def to_picture(self, point: QPointF) -> QPointF:
        """A point of the widget as a share (0 to 1) of the picture's width and height."""
        box = self.picture_rect()
        if box.isEmpty():
            return QPointF()
        return QPointF((point.x() - box.x()) / box.width(), (point.y() - box.y()) / box.height())

    def from_picture(self, share: QPointF) -> QPointF:
        """The point of the widget for a share (0 to 1) of the picture's width and height."""
        box = self.picture_rect()
        return QPointF(box.x() + share.x() * box.width(), box.y() + share.y() * box.height())

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(480, 360)

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return QSize(96, 72)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._scaled = QPixmap()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), self._radius, self._radius)
        painter.fillPath(frame, QColor(theme().palette.picture))
        if self._picture.isNull():
            self._draw_words(painter)
            return
        painter.setClipPath(frame)
        box = self.picture_rect()
        painter.drawPixmap(box.topLeft(), self._fitted(box))
        for overlay in self._overlays:
            painter.save()
            overlay.paint_over(painter, box)
            painter.restore()

    def _fitted(self, box: QRectF) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._scaled.isNull() or self._scaled.devicePixelRatio() != ratio:
            size = QSize(round(box.width() * ratio), round(box.height() * ratio))
            self._scaled = self._picture.scaled(
                size,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._scaled.setDevicePixelRatio(ratio)
        return self._scaled

    def _draw_words(self, painter: QPainter) -> None:
        white = "#FFFFFF"
        side = theme().px(28)
        sign = QRectF(0, 0, side, side)
        sign.moveCenter(QRectF(self.rect()).center() - QPointF(0, 16 if self._words else 0))
        draw_icon(painter, "image", white, sign)
        painter.setPen(QColor(white))
        painter.setFont(theme().font(Type.BODY, 500))
        below = QRectF(self.rect()).adjusted(Space.L, 0, -Space.L, 0)
        below.setTop(sign.bottom() + Space.S)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, int(flags | Qt.TextFlag.TextWordWrap), self._words)

    def _build(self) -> None:
        for corner in Corner:
            self._corners[corner] = QHBoxLayout()
            self._corners[corner].setSpacing(Space.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.addLayout(self._line(Corner.TOP_LEADING, Corner.TOP_TRAILING))
        column.addStretch(1)
        column.addLayout(self._line(Corner.BOTTOM_LEADING, Corner.BOTTOM_TRAILING))

    def _line(self, leading: Corner, trailing: Corner) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addLayout(self._corners[leading])
        line.addStretch(1)
        line.addLayout(self._corners[trailing])
        return line


def rounded(picture: QPixmap, size: QSize, radius: float, ratio: float) -> QPixmap:
    """A picture cut to fill a size (px) with round corners, for a device pixel ratio."""
    made = QPixmap(QSize(round(size.width() * ratio), round(size.height() * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    made.setDevicePixelRatio(ratio)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    frame = QPainterPath()
    frame.addRoundedRect(QRectF(0, 0, size.width(), size.height()), radius, radius)
    painter.setClipPath(frame)
    painter.fillPath(frame, QColor(theme().palette.picture))
    if not picture.isNull():
        filled = picture.scaled(
            made.size(),
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
        filled.setDevicePixelRatio(ratio)
        wide = filled.width() / ratio
        high = filled.height() / ratio
        painter.drawPixmap(QPointF((size.width() - wide) / 2, (size.height() - high) / 2), filled)
    painter.end()
    return made
