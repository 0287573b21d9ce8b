"""The cameras that are plugged into this computer, as they come and go."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal
from PySide6.QtMultimedia import QCameraDevice, QCameraFormat, QMediaDevices

SMOOTH_FPS = 15.0  # below this a moving hand cannot be followed


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """One size that a camera offers.

    Attributes:
        fps: The most it gives at this size.
    """

    width_px: int
    height_px: int
    fps: float


@dataclass(frozen=True, slots=True)
class VideoInput:
    """One camera at this computer.

    Attributes:
        id: Stable for the camera in its socket; for a settings file.
        name: As the maker calls it.
        formats: Largest first, each size once.
        device: Qt's handle; None in tests.
    """

    id: str
    name: str
    formats: tuple[PictureFormat, ...] = ()
    device: QCameraDevice | None = field(default=None, compare=False, repr=False)


class VideoInputs(QObject):
    """The list of cameras, the system's favourite first.

    Signals:
        changed: A camera was plugged in or pulled out.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self.changed)

    def listed(self) -> tuple[VideoInput, ...]:
        """The cameras that are there now."""
        favourite = QMediaDevices.defaultVideoInput().id()
        devices = sorted(QMediaDevices.videoInputs(), key=lambda device: device.id() != favourite)
        return tuple(_video_input(device) for device in devices)

    def find(self, wanted: str, name: str = "") -> VideoInput | None:
        """The camera with this id; or, in another socket, the only one of this name."""
        listed = self.listed()
        same_name = [one for one in listed if one.name == name]
        by_id = [one for one in listed if one.id == wanted]
        if by_id:
            return by_id[0]
        return same_name[0] if len(same_name) == 1 else None


def best_format(formats: tuple[PictureFormat, ...]) -> PictureFormat | None:
    """The largest size that still moves smoothly; without such a one, the largest."""
    smooth = [one for one in formats if one.fps >= SMOOTH_FPS]
    return next(iter(smooth or formats), None)


def qt_format(device: QCameraDevice, wanted: PictureFormat) -> QCameraFormat | None:
    """Qt's format for a size, the quickest of several."""
    fitting = [
        one
        for one in device.videoFormats()
        if (one.resolution().width(), one.resolution().height())
        == (wanted.width_px, wanted.height_px)
    ]
    return max(fitting, key=lambda one: one.maxFrameRate(), default=None)


def sizes(formats: list[QCameraFormat]) -> tuple[PictureFormat, ...]:
    """Each size once with the most pictures a second, largest first."""
    fastest: dict[tuple[int, int], float] = {}
    for one in formats:
        size = (one.resolution().width(), one.resolution().height())
        fastest[size] = max(one.maxFrameRate(), fastest.get(size, 0.0))
    ordered = sorted(fastest, key=lambda size: size[0] * size[1], reverse=True)
    return tuple(PictureFormat(*size, fastest[size]) for size in ordered)


def _video_input(device: QCameraDevice) -> VideoInput:
    name = bytes(device.id().data()).decode("utf-8", "backslashreplace")
    return VideoInput(name, device.description(), sizes(device.videoFormats()), device)
