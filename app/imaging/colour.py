"""Bring any decoded picture to eight bits of sRGB, each pixel by itself.

No pixel's result depends on another pixel, so what is covered later cannot show in what is not.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
from PIL import Image, ImageCms

from app.domain.picture import Oddity
from app.imaging.errors import UnsupportedPictureError
from app.imaging.file_types import UnadmittedType

WHITE: Final = (255, 255, 255)
PROFILE_SPACES: Final = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab "}
SIXTEEN_BIT_MODES: Final = {"I;16", "I;16L", "I;16B", "I;16N"}


@dataclass(slots=True)
class Coloured:
    """A picture in sRGB and what had to be said about the way there."""

    image: Image.Image
    oddities: set[Oddity] = field(default_factory=set)


def flatten(image: Image.Image) -> Coloured:
    """Without palette, transparency or deep samples: RGB, L, CMYK or LAB.

    Transparent parts are laid on white. Sixteen bits are cut to the upper eight.

    Raises:
        UnsupportedPictureError: The samples are floating-point or 32-bit numbers.
    """
    if image.mode in PROFILE_SPACES and "transparency" not in image.info:
        return Coloured(image)
    if image.mode in SIXTEEN_BIT_MODES:
        upper = (np.asarray(image, dtype=np.uint16) >> 8).astype(np.uint8)
        return Coloured(Image.fromarray(upper), {Oddity.REDUCED_DEPTH})
    if image.mode in {"I", "F"}:
        raise UnsupportedPictureError(format=UnadmittedType.UNUSUAL)
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        ground = Image.new("RGB", image.size, WHITE)
        ground.paste(layered, mask=layered.getchannel("A"))
        return Coloured(ground)
    return Coloured(image.convert("L" if image.mode == "1" else "RGB"))


def to_srgb(image: Image.Image, profile: bytes) -> Coloured:
    """The flattened picture in sRGB, through its own profile where that is sound.

    Args:
        image: As `flatten` gives it.
        profile: The embedded ICC profile, or nothing.
    """
    oddities = {Oddity.CONVERTED_COLOUR} if image.mode in {"CMYK", "LAB"} else set()
    if profile:
        try:
            return Coloured(_through_profile(image, profile), oddities)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            oddities.add(Oddity.BROKEN_PROFILE)
    if image.mode == "LAB":
        lab = ImageCms.buildTransform(ImageCms.createProfile("LAB"), _srgb(), "LAB", "RGB")
        return Coloured(_applied(image, lab), oddities)
    return Coloured(image if image.mode == "RGB" else image.convert("RGB"), oddities)


def _through_profile(image: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    if source.profile.xcolor_space != PROFILE_SPACES[image.mode]:
        msg = "the profile describes another colour space"
        raise ValueError(msg)
    if image.mode == "RGB" and ImageCms.getProfileDescription(source).startswith("sRGB"):
        return image
    transform = ImageCms.buildTransform(source, _srgb(), image.mode, "RGB")
    return _applied(image, transform)


def _applied(image: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    converted = ImageCms.applyTransform(image, transform)
    assert converted is not None
    return converted


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
