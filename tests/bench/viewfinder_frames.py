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
WARM = 5


@dataclass(frozen=True)
class SampleFrame:
    """What a camera gives."""

    pixels: NDArray[np.uint8]
    sequence: int = 1
    taken_at_s: float = 0.0


def painted_and_scaled_s(frames: int) -> tuple[float, float]:
    """Seconds a frame takes in the viewfinder, and scaled and drawn bare; measured in turns."""
    app = QApplication.instance() or QApplication([])
    pixels = np.random.default_rng(3).integers(0, 255, (1080, 1920, 3), dtype=np.uint8)
    finder = Viewfinder()
    finder.resize(SEEN_AT)
    finder.set_target(True)
    finder.show()
    frame = SampleFrame(pixels)
    image = QImage(pixels.tobytes(), 1920, 1080, 1920 * 3, QImage.Format.Format_RGB888).copy()
    canvas = QImage(SEEN_AT, QImage.Format.Format_ARGB32_Premultiplied)

    def show() -> None:
        finder.show_picture(frame)
        finder.render(canvas)

    def draw() -> None:
        smaller = image.scaled(
            SEEN_AT,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter = QPainter(canvas)
        painter.drawImage(0, 0, smaller)
        painter.end()

    turns = [(taken_s(show), taken_s(draw)) for _ in range(WARM + frames)][WARM:]
    finder.close()
    app.processEvents()
    painted, scaled = (statistics.median(seconds) for seconds in zip(*turns, strict=True))
    return painted, scaled
