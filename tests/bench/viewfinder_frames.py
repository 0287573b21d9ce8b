"""Frames painted by the real viewfinder, and by nothing but Qt's own smooth scaling."""

from __future__ import annotations

import statistics

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.ui.camera.viewfinder import Viewfinder
from tests.bench.figure import taken_s

SEEN_AT = QSize(852, 500)  # of the capture screen at 1280×800


def _frame() -> QImage:
    pixels = np.random.default_rng(3).integers(0, 255, (1080, 1920, 3), dtype=np.uint8)
    return QImage(pixels.tobytes(), 1920, 1080, 1920 * 3, QImage.Format.Format_RGB888).copy()


def painted_s(frames: int) -> float:
    """Seconds a frame in the viewfinder, from arrival to painted."""
    app = QApplication.instance() or QApplication([])
    finder = Viewfinder()
    finder.resize(SEEN_AT)
    finder.show_target(True)
    finder.show()
    frame, canvas = _frame(), QImage(SEEN_AT, QImage.Format.Format_ARGB32_Premultiplied)

    def show() -> None:
        finder.show_picture(frame)
        finder.render(canvas)

    for _ in range(5):
        show()
    seconds = statistics.median(taken_s(show) for _ in range(frames))
    finder.close()
    app.processEvents()
    return seconds


def scaled_s(frames: int) -> float:
    """Seconds a frame for scaling and drawing it bare."""
    frame, canvas = _frame(), QImage(SEEN_AT, QImage.Format.Format_ARGB32_Premultiplied)

    def show() -> None:
        smaller = frame.scaled(
            SEEN_AT,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter = QPainter(canvas)
        painter.drawImage(0, 0, smaller)
        painter.end()

    for _ in range(5):
        show()
    return statistics.median(taken_s(show) for _ in range(frames))
