from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize

from app.ui.camera.video_inputs import PictureFormat, best_format, qt_format, sizes
from tests.ui.camera.fakes import HD, LARGE


class Offer:
    """What Qt tells of one format; only a driver can make a real one."""

    def __init__(self, width: int, height: int, fps: float) -> None:
        self._size, self._fps = QSize(width, height), fps

    def resolution(self) -> QSize:
        return self._size

    def maxFrameRate(self) -> float:  # noqa: N802 - Qt's name
        return self._fps


class Device:
    def __init__(self, *offers: Offer) -> None:
        self._offers = list(offers)

    def videoFormats(self) -> list[Any]:  # noqa: N802 - Qt's name
        return self._offers


def test_each_size_is_offered_once_largest_first() -> None:
    offers: list[Any] = [Offer(640, 480, 30), Offer(1920, 1080, 5), Offer(1920, 1080, 30)]

    assert sizes(offers) == (PictureFormat(1920, 1080, 30), PictureFormat(640, 480, 30))


def test_smooth_beats_large_and_large_beats_nothing() -> None:
    assert best_format((LARGE, HD)) == HD
    assert best_format((LARGE,)) == LARGE
    assert best_format(()) is None


def test_size_becomes_the_quickest_format_that_has_it() -> None:
    slow, quick = Offer(1920, 1080, 5), Offer(1920, 1080, 30)
    device: Any = Device(Offer(640, 480, 60), slow, quick)

    fitting: list[Any] = [qt_format(device, HD), qt_format(device, LARGE)]

    assert fitting == [quick, None]
