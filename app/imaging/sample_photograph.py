"""Encode pixels as a camera would: a JPEG with the Exif data that cameras write."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

MINUTES_AN_HOUR: Final = 60
SECOND_PARTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class SampleCamera:
    """The camera that a sample says it was taken with; none of these exists."""

    make: str = "Clinigraph"
    model: str = "Sample 24"
    body_serial: str = "CG-000001"
    lens_serial: str = "CGL-0042"
    owner: str = ""


DEFAULT_CAMERA: Final = SampleCamera()


def photograph(
    pixels: NDArray[np.uint8],
    *,
    taken_at: datetime,
    camera: SampleCamera = DEFAULT_CAMERA,
    position: tuple[float, float] | None = None,
    orientation: int = 1,
    quality: int = 92,
) -> bytes:
    """A JPEG file with Exif.

    Args:
        pixels: uint8[height, width, 3], RGB, as the sensor lies; `orientation` makes them upright.
        taken_at: The camera's clock; when aware, its offset is written as well.
        camera: Make, model, serial numbers and owner.
        position: Latitude and longitude in degrees, north and east positive.
        orientation: Exif Orientation, 1 to 8.
        quality: Of the encoder, 1 to 95.
    """
    encoded = io.BytesIO()
    exif = _exif(taken_at, camera, position, orientation)
    Image.fromarray(pixels).save(encoded, "JPEG", quality=quality, exif=exif)
    return encoded.getvalue()


def _exif(
    taken_at: datetime,
    camera: SampleCamera,
    position: tuple[float, float] | None,
    orientation: int,
) -> Image.Exif:
    base = ExifTags.Base
    time = f"{taken_at:%Y:%m:%d %H:%M:%S}"
    exif = Image.Exif()
    exif[base.Make], exif[base.Model] = camera.make, camera.model
    exif[base.Orientation], exif[base.DateTime] = orientation, time
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[base.DateTimeOriginal] = inner[base.DateTimeDigitized] = time
    inner[base.BodySerialNumber] = camera.body_serial
    inner[base.LensSerialNumber] = camera.lens_serial
    if camera.owner:
        inner[base.CameraOwnerName] = exif[base.Artist] = camera.owner
    offset = taken_at.strftime("%z")
    if offset:
        inner[base.OffsetTimeOriginal] = f"{offset[:3]}:{offset[3:5]}"
    if position is not None:
        _write_position(exif, *position)
    return exif


def _write_position(exif: Image.Exif, latitude: float, longitude: float) -> None:
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    tags = ExifTags.GPS
    gps[tags.GPSLatitudeRef] = "N" if latitude >= 0 else "S"
    gps[tags.GPSLatitude] = _parts(latitude)
    gps[tags.GPSLongitudeRef] = "E" if longitude >= 0 else "W"
    gps[tags.GPSLongitude] = _parts(longitude)


def _parts(degrees: float) -> tuple[float, float, float]:
    """Whole degrees, whole minutes, seconds."""
    seconds = round(abs(degrees) * MINUTES_AN_HOUR**2 * SECOND_PARTS) / SECOND_PARTS
    minutes, seconds = divmod(seconds, MINUTES_AN_HOUR)
    whole, minutes = divmod(minutes, MINUTES_AN_HOUR)
    return whole, minutes, round(seconds, 4)
