"""What every camera that is not Qt's gives: the newest picture and one of six states."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from app.errors import KnownError


class CameraState(StrEnum):
    """Where a camera stands; `stopped` is both the first and the last.

    Attributes:
        OPENING: The first attempt is under way.
        LIVE: Pictures come.
        NO_PICTURE: Connected, but no picture for a while.
        LOST: The attempt failed or the connection is gone; the next attempt is waiting its turn.
        RECONNECTING: Another attempt is under way.
        STOPPED: Nobody wants pictures.
    """

    OPENING = "opening"
    LIVE = "live"
    NO_PICTURE = "no-picture"
    LOST = "lost"
    RECONNECTING = "reconnecting"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a live camera, whole and at full resolution.

    Attributes:
        pixels: uint8[H, W, 3], red green blue, row 0 at the top; read-only.
        sequence: Grows by at least one a picture, also across reconnections.
        taken_at_s: `time.monotonic()` before the reading of this picture began. A still is the
            first picture whose time is at or after the press of the shutter: the one that was under
            way when it was pressed is passed over.
    """

    pixels: NDArray[np.uint8]
    sequence: int
    taken_at_s: float

    @property
    def width_px(self) -> int:
        """Columns."""
        width: int = self.pixels.shape[1]
        return width

    @property
    def height_px(self) -> int:
        """Rows."""
        height: int = self.pixels.shape[0]
        return height


@dataclass(frozen=True, slots=True)
class CameraStatus:
    """State and reason, read together.

    Attributes:
        state: Where the camera stands.
        problem: Why it is not live; None while opening for the first time, live or stopped.
    """

    state: CameraState
    problem: KnownError | None = None


class Camera(Protocol):
    """A source of pictures that keeps itself connected until it is stopped.

    All members may be called from any thread; none of them blocks for longer than it takes to end
    a process.
    """

    def start(self) -> None:
        """Begin to connect; nothing happens when it has begun already."""
        ...

    def stop(self) -> None:
        """End the connection and free all resources; may be started again."""
        ...

    def retry_now(self) -> None:
        """Do not wait for the next attempt; nothing happens while pictures come."""
        ...

    def status(self) -> CameraStatus:
        """State and problem at this moment."""
        ...

    def newest(self) -> Frame | None:
        """The newest picture since the start; None before the first and after the stop."""
        ...

    def listen(self, listener: Callable[[], None] | None) -> None:
        """Call this after each picture and each change of status, on a thread of the camera's."""
        ...
