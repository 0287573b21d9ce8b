"""From bytes of a recognised type to pixels: upright, eight bits, sRGB.

Nothing is allocated for pixels before the size that the file states has been admitted, and a file
that ends early is refused, not filled up.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Final

from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

from app.domain.picture import Oddity
from app.imaging.codecs import codec_failures
from app.imaging.colour import flatten, to_srgb
from app.imaging.development import develop
from app.imaging.errors import UnsupportedPictureError
from app.imaging.file_types import Codec, FileType, UnadmittedType
from app.imaging.heif_file import decode_heif, open_heif
from app.imaging.size import check_size, reduced, reduced_size

ImageFile.LOAD_TRUNCATED_IMAGES = False
PngImagePlugin.MAX_TEXT_CHUNK = 16 << 20  # some programs write XMP of several MB

PLUGINS: Final[dict[Codec, type[ImageFile.ImageFile]]] = {
    Codec.JPEG: JpegImagePlugin.JpegImageFile,
    Codec.PNG: PngImagePlugin.PngImageFile,
    Codec.TIFF: TiffImagePlugin.TiffImageFile,
    Codec.WEBP: WebPImagePlugin.WebPImageFile,
}
"""Called directly, so that no other decoder of Pillow ever sees the bytes."""

TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes each Exif Orientation upright; Exif 3.0, 4.6.5.1.6."""

UNKNOWN_SAMPLES: Final = "unknown pixel mode"
"""How Pillow says that it has no way to read the samples of a sound TIFF."""

FIRST_SIDEWAYS: Final = 5
AS_IT_STANDS: Final = 1


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


@dataclass(slots=True)
class _Loaded:
    """What a codec gave: perhaps reduced, perhaps still to be turned."""

    image: Image.Image
    full_size_px: tuple[int, int]
    orientation: int = AS_IT_STANDS
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
        loaded = _load(data, type_, orientation, max_pixels, side_px)
        flat = flatten(loaded.image)
        image = flat.image if side_px is None else reduced(flat.image, side_px)
        coloured = to_srgb(image, loaded.image.info.get("icc_profile") or b"")
        turn = TURNS.get(loaded.orientation)
        upright = coloured.image if turn is None else coloured.image.transpose(turn)
        upright.info.clear()
        sideways = loaded.orientation >= FIRST_SIDEWAYS
        full = loaded.full_size_px
        oddities = flat.oddities | coloured.oddities
        return Pixels(upright, full[::-1] if sideways else full, oddities, loaded.frames)


def _load(
    data: bytes, type_: FileType, orientation: int, max_pixels: int, side_px: int | None
) -> _Loaded:
    if type_.codec is Codec.RAW:
        return _Loaded(*develop(data, max_pixels=max_pixels, side_px=side_px))
    if type_.codec is Codec.HEIF:
        heif = open_heif(data)
        check_size(heif.size, max_pixels)
        image = decode_heif(heif)
        return _Loaded(image, image.size, frames=len(heif))
    opened = _opened(data, type_.codec)
    full = opened.size
    check_size(full, max_pixels)
    if type_.codec is Codec.JPEG and side_px is not None:
        opened.draft(None, reduced_size(full, side_px))  # the stream is still read to its end
    opened.load()
    if type_.codec is Codec.TIFF:  # Pillow turned it while loading; its pages were counted before
        return _Loaded(opened, opened.size)
    return _Loaded(opened, full, orientation, getattr(opened, "n_frames", 1))


def _opened(data: bytes, codec: Codec) -> ImageFile.ImageFile:
    try:
        return PLUGINS[codec](io.BytesIO(data))
    except SyntaxError as error:
        if codec is Codec.TIFF and UNKNOWN_SAMPLES in str(error):
            raise UnsupportedPictureError(format=UnadmittedType.UNUSUAL) from error
        raise
