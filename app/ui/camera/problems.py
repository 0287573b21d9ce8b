"""What can go wrong with a camera at this computer, in the user's words."""

from __future__ import annotations

from app.errors import KnownError


class CameraBusyError(KnownError):
    """The camera is there and admitted, yet it does not start."""

    code = "CAMERA-011"
    message = "The camera does not start: another program probably uses it."
    advice = "Close the program that shows its picture, then press Try again."


class NoPermissionError(KnownError):
    """The system does not let this program use cameras."""

    code = "CAMERA-012"
    message = "This computer does not let Clinigraph use the camera."
    advice = "Allow it in the privacy settings of the system, then press Try again."


class NoCameraFoundError(KnownError):
    """No local camera is connected."""

    code = "CAMERA-013"
    message = "No camera is connected to this computer."
    advice = "Plug one in; it is seen at once. Pictures can also be imported."


class UnpluggedError(KnownError):
    """The chosen camera has gone from the list of devices."""

    code = "CAMERA-014"
    message = "The camera was unplugged."
    advice = "Plug it in again; the picture comes back by itself."


class CameraStoppedError(KnownError):
    """The camera is there, and was live, and sends nothing any more."""

    code = "CAMERA-015"
    message = "The camera has stopped sending pictures."
    advice = "Press Try again; if that does not help, unplug the camera and plug it in."


class StillNotTakenError(KnownError):
    """The shutter was pressed and no picture came of it."""

    code = "CAMERA-016"
    message = "No photograph was taken."
    advice = "Wait until the live picture moves, then take it again."
