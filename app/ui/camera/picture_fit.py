"""Fits a picture into the widget that shows it: where, and with which pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from numpy.typing import NDArray


def fitted(width_px: int, height_px: int, room: QRectF) -> QRectF:
    """The largest rectangle of the picture's shape in the middle of a room, on whole px."""
    size = QSizeF(width_px, height_px).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = room.left() + round((room.width() - size.width()) / 2)
    top = room.top() + round((room.height() - size.height()) / 2)
    return QRectF(left, top, max(1, round(size.width())), max(1, round(size.height())))


def scaled(pixels: NDArray[np.uint8], width_px: int, height_px: int) -> QImage:
    """The picture at a size, smooth: halved without loss of any pixel, then interpolated.

    Qt's own smooth scaling takes three times as long (6.9 ms against 1.7 ms from 1920 × 1080 to
    852 × 479), and interpolation alone would make fine texture look sharper than it is.
    """
    small = pixels
    while small.shape[1] >= 2 * width_px and small.shape[0] >= 2 * height_px:
        half = (small.shape[1] // 2, small.shape[0] // 2)
        small = np.asarray(cv2.resize(small, half, interpolation=cv2.INTER_AREA), np.uint8)
    exact = cv2.resize(small, (width_px, height_px), interpolation=cv2.INTER_LINEAR)
    data = np.ascontiguousarray(exact, np.uint8).tobytes()
    image = QImage(data, width_px, height_px, 3 * width_px, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)  # its own memory, quick to draw
