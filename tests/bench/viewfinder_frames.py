"""Frames painted by the real viewfinder, and by nothing but Qt's own smooth scaling."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.ui.camera.viewfinder import Viewfinder
from tests.bench.figure import taken_s

SEEN_AT = QSize(852, 500)  # of the capture screen at 1280×800


@dataclass(frozen=True)
class SampleFrame:
    """What a camera gives."""

    pixels: NDArray[np.uint8]
    sequence: int = 1
    taken_at_s: float = 0.0


def _pixels() -> NDArray[np.uint8]:
    return np.random.default_rng(3).integers(0, 255, (1080, 1920, 3), dtype=np.uint8)


def painted_s(frames: int) -> float:
    """Seconds a frame in the viewfinder, from arrival to painted."""
    app = QApplication.instance() or QApplication([])
    finder = Viewfinder()
    finder.resize(SEEN_AT)
    finder.set_target(True)
    finder.show()
    frame = SampleFrame(_pixels())
    canvas = QImage(SEEN_AT, QImage.Format.Format_ARGB32_Premultiplied)

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
    frame = QImage(_pixels().tobytes(), 1920, 1080, 1920 * 3, QImage.Format.Format_RGB888).copy()
    canvas = QImage(SEEN_AT, QImage.Format.Format_ARGB32_Premultiplied)

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
