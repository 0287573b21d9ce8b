"""Fits a picture into the widget that shows it: where, and with which pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def fitted(width_px: int, height_px: int, room: QRectF) -> QRectF:
    """The largest rectangle of the picture's shape in the middle of a room, on whole px."""
    size = QSizeF(width_px, height_px).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = room.left() + round((room.width() - size.width()) / 2)
    top = room.top() + round((room.height() - size.height()) / 2)
    return QRectF(left, top, max(1, round(size.width())), max(1, round(size.height())))


def scaled(pixels: NDArray[np.uint8], width_px: int, height_px: int) -> QImage:
    """The picture at a size, smooth: halved without loss of any pixel, then interpolated.

    Interpolation alone would make fine texture look sharper than it is; Qt's own smooth scaling
    takes twice as long.

    Args:
        pixels: uint8[H, W, 3], red green blue.
        width_px: Wanted.
        height_px: Wanted.
    """
    height, width = pixels.shape[:2]
    view = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    image = view.convertToFormat(QImage.Format.Format_RGB32)
    while image.width() >= 2 * width_px and image.height() >= 2 * height_px:
        image = _drawn(image, image.width() // 2, image.height() // 2)
    return _drawn(image, width_px, height_px)


def _drawn(image: QImage, width_px: int, height_px: int) -> QImage:
    """Interpolated between the four nearest pixels; at one half, their mean."""
    drawn = QImage(width_px, height_px, QImage.Format.Format_RGB32)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.drawImage(QRect(0, 0, width_px, height_px), image)
    painter.end()
    return drawn
