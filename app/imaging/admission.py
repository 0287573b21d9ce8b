"""Decide by the bytes alone whether a file is a picture that is admitted."""

from __future__ import annotations

from typing import Final

from app.imaging.codecs import codec_failures
from app.imaging.envelope import Envelope
from app.imaging.errors import NotAPictureError, TruncatedPictureError, UnsupportedPictureError
from app.imaging.file_size import check_file_size
from app.imaging.file_types import Codec, FileType, UnadmittedType, recognise
from app.imaging.heif_file import read_heif_file
from app.imaging.jpeg_file import read_jpeg_file
from app.imaging.png_file import read_png_file
from app.imaging.raw_file import read_raw_file
from app.imaging.size import check_size
from app.imaging.tiff_file import read_tiff_file
from app.imaging.webp_file import read_webp_file

READERS: Final = {
    Codec.JPEG: read_jpeg_file,
    Codec.PNG: read_png_file,
    Codec.TIFF: read_tiff_file,
    Codec.WEBP: read_webp_file,
    Codec.HEIF: read_heif_file,
}


def admitted(data: bytes, *, max_pixels: int) -> tuple[FileType, Envelope]:
    """The type of a file that is admitted, and all that it holds beside its pixels.

    Raises:
        EmptyFileError: There are no bytes.
        FileTooBigError: There are too many.
        NotAPictureError: They begin like no picture.
        UnsupportedPictureError: They begin like something that is not admitted.
        TooManyPixelsError: The size that the file states is not admitted.
        TruncatedPictureError: The end that the format prescribes is missing.
    """
    check_file_size(data)
    type_ = recognise(data)
    if type_ is None:
        raise NotAPictureError
    if isinstance(type_, UnadmittedType):
        raise UnsupportedPictureError(format=type_.value)
    with codec_failures():
        envelope = _read(data, type_)
    if envelope.size_px is not None:
        check_size(envelope.size_px, max_pixels)
    if not envelope.complete:
        raise TruncatedPictureError
    return type_, envelope


def _read(data: bytes, type_: FileType) -> Envelope:
    if type_.codec is Codec.RAW:
        return read_raw_file(data, type_)
    return READERS[type_.codec](data)
