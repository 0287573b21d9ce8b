"""Which camera is meant: none, one at this computer, or one on the network."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.ui.camera.stream_source import ForeignCamera


class CameraKind(StrEnum):
    """Where a camera is."""

    NONE = "none"
    LOCAL = "local"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class CameraChoice:
    """A camera, as a settings file can remember it.

    Attributes:
        key: The id of a local camera, the name of a network camera, "" for none.
        name: What stands on the screen.
    """

    kind: CameraKind
    key: str = ""
    name: str = ""


NO_CAMERA = CameraChoice(CameraKind.NONE)


@dataclass(frozen=True, slots=True)
class NetworkCamera:
    """A camera on the network.

    Attributes:
        name: As the clinic calls it; told apart by it.
        address: Whole, with its password: never shown, never logged, kept where secrets are kept.
    """

    name: str
    address: str = field(repr=False)


class StreamDoor(Protocol):
    """The way to network cameras, given from outside."""

    def address(self, text: str, user: str = "", password: str = "") -> str:
        """The whole address from what was typed; raises a KnownError when it is none."""
        ...

    def open(self, address: str) -> ForeignCamera:
        """The camera at a whole address, stopped."""
        ...
