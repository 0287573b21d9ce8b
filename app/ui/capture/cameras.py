"""Which cameras there are and which one is used here; made once a program, given to the page."""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtCore import QObject

from app.domain.clinical_image import ImageSource
from app.ui.camera.camera_choice import (
    NO_CAMERA,
    CameraChoice,
    CameraKind,
    NetworkCamera,
    StreamDoor,
)
from app.ui.camera.frame_source import FrameSource
from app.ui.camera.live_camera import LiveCamera
from app.ui.camera.stream_source import StreamSource
from app.ui.camera.video_inputs import VideoInputs
from app.ui.preferences import Preferences

_BETWEEN = "\t"  # between kind, key and name in one line of the settings


class Cameras(QObject):
    """The cameras at this computer and on the network, and what the settings remember of them.

    Attributes:
        inputs: Cameras at this computer.
        door: The way to network cameras.
    """

    def __init__(
        self,
        inputs: VideoInputs,
        door: StreamDoor,
        preferences: Preferences | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.inputs = inputs
        self.door = door
        self._preferences = preferences
        self._network: list[NetworkCamera] = []
        self._choice: CameraChoice | None = None
        if preferences is not None:
            self._network = [_network_camera(line) for line in preferences.settings.stream_cameras]
            self._choice = _remembered(preferences.settings.camera)

    def network_cameras(self) -> tuple[NetworkCamera, ...]:
        """Those that were added here."""
        return tuple(self._network)

    def choice(self) -> CameraChoice:
        """The camera that was used last; before any was, the computer's favourite."""
        if self._choice is not None:
            return self._choice
        there = self.inputs.listed()
        if not there:
            return NO_CAMERA
        return CameraChoice(CameraKind.LOCAL, there[0].id, there[0].name)

    def choose(self, choice: CameraChoice) -> None:
        """Use this one from now on."""
        self._choice = choice
        if self._preferences is not None:
            words = (choice.kind.value, choice.key, choice.name)
            self._preferences.change(camera=_BETWEEN.join(words))

    def add(self, camera: NetworkCamera) -> None:
        """Remember a network camera; the settings keep its address without name and password."""
        self._network = [one for one in self._network if one.name != camera.name]
        self._network.append(camera)
        if self._preferences is not None:
            lines = tuple(
                f"{one.name}{_BETWEEN}{_without_credentials(one.address)}" for one in self._network
            )
            self._preferences.change(stream_cameras=lines)

    def open(self, parent: QObject) -> FrameSource | None:
        """The chosen camera, stopped; None when none is chosen or it is not known any more.

        Raises:
            KnownError: The address of a network camera is none.
        """
        choice = self.choice()
        if choice.kind is CameraKind.LOCAL:
            return LiveCamera(self.inputs, choice.key, name=choice.name, parent=parent)
        if choice.kind is CameraKind.NETWORK:
            for camera in self._network:
                if camera.name == choice.key:
                    return StreamSource(self.door.open(camera.address), parent)
        return None

    def source(self) -> ImageSource:
        """How pictures of the chosen camera come in."""
        if self.choice().kind is CameraKind.NETWORK:
            return ImageSource.STREAM_CAMERA
        return ImageSource.LIVE_CAMERA


def _without_credentials(address: str) -> str:
    """What may stand in a file that anybody on this computer's account can read."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _network_camera(line: str) -> NetworkCamera:
    name, _between, address = line.partition(_BETWEEN)
    return NetworkCamera(name, address)


def _remembered(line: str) -> CameraChoice | None:
    """The choice in a line of the settings; None for nothing, or for what nobody understands."""
    kind, _, rest = line.partition(_BETWEEN)
    key, _, name = rest.partition(_BETWEEN)
    if kind not in set(CameraKind):
        return None
    return CameraChoice(CameraKind(kind), key, name)
