"""Make renditions: what is shown, agreed to and perhaps released."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image

from app.domain.picture import EncodedPicture
from app.domain.rendition import Edits
from app.imaging.admission import admitted
from app.imaging.covers import burn_in
from app.imaging.limits import MAX_PIXELS
from app.imaging.pixels import decode
from app.imaging.size import reduced


class WrongEditsError(ValueError):
    """The edits do not fit the picture: a mistake of the caller, not of the file."""


RENDITION_QUALITY: Final = 92
"""With full colour resolution; differences to the original are not visible at 1:1."""

QUARTER_TURNS: Final = {
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}


def render(
    data: bytes, edits: Edits, *, max_side_px: int | None = None, max_pixels: int = MAX_PIXELS
) -> EncodedPicture:
    """Make the rendition of a picture: the same bytes for the same bytes and edits.

    Covers are burnt in at full size, before the crop, before any reduction and before encoding.
    What the camera itself mixed is not undone: a JPEG's blocks of 16 px already blur a little
    across the border of a cover, so a cover is drawn a little wider than what it hides.

    Args:
        data: The original file, untrusted.
        edits: In px of the upright original.
        max_side_px: Longest side of the result; None keeps the size.
        max_pixels: Width times height that is admitted.

    Returns:
        A JPEG without any metadata, upright, sRGB.

    Raises:
        WrongEditsError: The crop lies outside the picture.
    """
    return encode_jpeg(_edited(data, edits, max_side_px, max_pixels), RENDITION_QUALITY)


def rgb_pixels(
    data: bytes, *, max_side_px: int, max_pixels: int = MAX_PIXELS
) -> tuple[int, int, bytes]:
    """Width, height and rows of RGB bytes of the unedited picture, reduced for a screen."""
    image = _edited(data, Edits(), max_side_px, max_pixels)
    return image.width, image.height, image.tobytes()


def encode_jpeg(image: Image.Image, quality: int) -> EncodedPicture:
    """A JPEG that holds the pixels and nothing else."""
    assert not image.info, "Pillow would write the original's comment again"
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality, subsampling="4:4:4")
    return EncodedPicture(target.getvalue(), "image/jpeg", image.width, image.height)


def _edited(data: bytes, edits: Edits, max_side_px: int | None, max_pixels: int) -> Image.Image:
    type_, envelope = admitted(data, max_pixels=max_pixels)
    early_side_px = max_side_px if edits.empty else None
    pixels = decode(
        data,
        type_,
        orientation=envelope.facts.orientation,
        max_pixels=max_pixels,
        side_px=early_side_px,
    )
    image = pixels.image
    burn_in(image, edits.covers)
    if edits.crop is not None:
        crop = edits.crop.within(*image.size)
        if crop is None:
            raise WrongEditsError
        image = image.crop((crop.left, crop.top, crop.right, crop.bottom))
    if edits.quarter_turns:
        image = image.transpose(QUARTER_TURNS[edits.quarter_turns])
    return image if max_side_px is None else reduced(image, max_side_px)
