"""From bytes of a recognised type to pixels: upright, eight bits, sRGB.

Nothing is allocated for pixels before the size that the file states has been admitted, and a file
that ends early is refused, not filled up.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

from app.domain.picture import Oddity
from app.imaging.colour import flatten, to_srgb
from app.imaging.errors import OutOfMemoryError, TooManyPixelsError, TruncatedPictureError
from app.imaging.file_types import Codec, FileType

ImageFile.LOAD_TRUNCATED_IMAGES = False

CODEC_FAILURES: Final = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError,
    EOFError, RuntimeError, struct.error, zlib.error,
)  # fmt: skip
"""What codecs raise for bytes that make no sense to them; no narrower set is promised."""

TURNS: Final = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}
"""What makes each Exif Orientation upright; Exif 3.0, 4.6.5.1.6."""

FIRST_SIDEWAYS: Final = 5
MEGA: Final = 1_000_000


@dataclass(slots=True)
class Pixels:
    """A decoded picture.

    Attributes:
        image: RGB, upright, sRGB, without any info; perhaps smaller than the file's own size.
        full_size_px: Width and height of the whole picture, upright.
        oddities: What the way to the pixels changed.
        frames: How many pictures the file holds.
    """

    image: Image.Image
    full_size_px: tuple[int, int]
    oddities: set[Oddity] = field(default_factory=set)
    frames: int = 1


def decode(
    data: bytes, type_: FileType, *, orientation: int, max_pixels: int, side_px: int | None = None
) -> Pixels:
    """Decode the whole stream; give all its pixels or a reduction.

    Args:
        data: The file.
        type_: What it was recognised as.
        orientation: From Exif; used where the codec does not turn by itself.
        max_pixels: Width times height that is admitted.
        side_px: When given, the longest side is at most this, reduced as early as is sound.

    Raises:
        TooManyPixelsError: Before anything is decoded.
        TruncatedPictureError: The stream ends early or makes no sense.
        UnsupportedPictureError: The samples are of a kind that is not admitted.
        OutOfMemoryError: The picture does not fit into the memory given.
    """
    with codec_failures():
        image = open_image(data, type_)
        check_size(image.size, max_pixels)
        full = image.size
        if type_.codec is Codec.JPEG and side_px is not None:
            image.draft(None, reduced_size(full, side_px))  # the stream is still read to its end
        image.load()
        if type_.codec is not Codec.JPEG:
            full = image.size  # TIFF turns itself upright while loading
        turns_itself = type_.codec in {Codec.TIFF, Codec.HEIF}
        flat = flatten(image)
        if side_px is not None:
            flat.image = reduced(flat.image, side_px)
        profile = image.info.get("icc_profile") or b""
        coloured = to_srgb(flat.image, profile)
        turn = 1 if turns_itself else orientation
        image_upright = upright(coloured.image, turn)
        image_upright.info.clear()
        return Pixels(
            image_upright,
            full[::-1] if turn >= FIRST_SIDEWAYS else full,
            flat.oddities | coloured.oddities,
            getattr(image, "n_frames", 1),
        )


@contextmanager
def codec_failures() -> Iterator[None]:
    """Turn what codecs raise into what a user can act on."""
    try:
        yield
    except MemoryError as error:
        raise OutOfMemoryError from error
    except CODEC_FAILURES as error:
        raise TruncatedPictureError from error


def open_image(data: bytes, type_: FileType) -> ImageFile.ImageFile:
    """The picture with its size, before its pixels are decoded.

    The plug-in is called by name, so that no other one ever sees the bytes.
    """
    source = io.BytesIO(data)
    match type_.codec:
        case Codec.JPEG:
            return JpegImagePlugin.JpegImageFile(source)
        case Codec.PNG:
            return PngImagePlugin.PngImageFile(source)
        case Codec.TIFF:
            return TiffImagePlugin.TiffImageFile(source)
        case Codec.WEBP:
            return WebPImagePlugin.WebPImageFile(source)
        case _:
            raise NotImplementedError


def check_size(size_px: tuple[int, int], max_pixels: int) -> None:
    """Refuse a picture that is larger than is admitted.

    Raises:
        TooManyPixelsError: It is.
    """
    width, height = size_px
    if width * height > max_pixels:
        limit = max_pixels // MEGA
        raise TooManyPixelsError(width=width, height=height, limit_megapixels=limit)


def reduced_size(size_px: tuple[int, int], side_px: int) -> tuple[int, int]:
    """The size with the longest side cut to `side_px`, never enlarged, never 0."""
    width, height = size_px
    longest = max(width, height)
    if longest <= side_px:
        return size_px
    return max(1, round(width * side_px / longest)), max(1, round(height * side_px / longest))


def reduced(image: Image.Image, side_px: int) -> Image.Image:
    """The picture with the longest side cut to `side_px`."""
    size = reduced_size(image.size, side_px)
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """The picture turned as Exif Orientation asks."""
    for turn in TURNS.get(orientation, ()):
        image = image.transpose(turn)
    return image
