"""What can go wrong with a camera that is read through OpenCV, in the user's words."""

from __future__ import annotations

from app.errors import KnownError


class CannotOpenError(KnownError):
    """Nothing answers at the address, or what answers is no camera."""

    code = "CAMERA-001"
    message = "The camera cannot be opened."
    advice = (
        "Check that it is switched on, on the same network, and not in use by another program; "
        "Clinigraph keeps trying."
    )


class ConnectionLostError(KnownError):
    """Pictures came, and the connection ended."""

    code = "CAMERA-002"
    message = "The connection to the camera was lost."
    advice = "Check its plug and its network; the picture comes back by itself."


class BadAddressError(KnownError):
    """The text is no address that a camera can have."""

    code = "CAMERA-003"
    message = "This is not a camera address."
    advice = (
        "An address begins with rtsp://, rtsps://, http://, https:// or file:/// and names a host "
        "or a file."
    )


class NoPictureInTimeError(KnownError):
    """Nobody refused, but no picture comes."""

    code = "CAMERA-004"
    message = "No picture has come from the camera for {seconds} seconds."
    advice = "Switch the camera off and on, or check in its own settings that the stream is on."


class UnreadablePictureError(KnownError):
    """The reader gave up: a picture of absurd size, or a crash while decoding."""

    code = "CAMERA-005"
    message = "The camera sends pictures that cannot be read."
    advice = (
        "Choose MJPEG, H.264 or H.265 in the camera's own settings, no larger than 8192 × 6144 "
        "pixels."
    )
