"""Develop the raw data of a camera with LibRaw.

The development is fixed: no value in it is computed from the picture, so that what is covered later
cannot show in the brightness or colour of the rest.
"""

from __future__ import annotations

import io
from typing import Final

import rawpy
from PIL import Image

from app.imaging.errors import OutOfMemoryError, TruncatedPictureError, UnsupportedPictureError
from app.imaging.file_types import UnadmittedType
from app.imaging.size import check_size

SRGB_GAMMA: Final = (2.4, 12.92)  # IEC 61966-2-1
SIDEWAYS: Final = 4
"""Bit of LibRaw's flip that exchanges width and height."""


def develop(
    data: bytes, *, max_pixels: int, side_px: int | None
) -> tuple[Image.Image, tuple[int, int]]:
    """The picture, turned upright by the library, and its full size.

    Args:
        data: A raw file.
        max_pixels: Width times height that is admitted.
        side_px: When given and at most half the size, pixels are averaged in fours, which is quick.

    Raises:
        TooManyPixelsError: Before anything is decoded.
        TruncatedPictureError: The data end early or make no sense.
        UnsupportedPictureError: A camera or compression that the library does not know.
        OutOfMemoryError: The picture does not fit into the memory given.
    """
    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            sizes = raw.sizes
            check_size((sizes.raw_width, sizes.raw_height), max_pixels)
            full = (sizes.width, sizes.height)
            half = side_px is not None and 2 * side_px <= max(full)
            rows = raw.postprocess(
                half_size=half,
                use_camera_wb=True,
                no_auto_bright=True,
                adjust_maximum_thr=0,
                gamma=SRGB_GAMMA,
                output_color=rawpy.ColorSpace.sRGB,
                output_bps=8,
            )
            return Image.fromarray(rows), full[::-1] if sizes.flip & SIDEWAYS else full
    except (
        rawpy.LibRawFileUnsupportedError,
        rawpy.LibRawNotImplementedError,
        rawpy.NotSupportedError,
    ) as error:
        raise UnsupportedPictureError(format=UnadmittedType.UNKNOWN_RAW) from error
    except (rawpy.LibRawUnsufficientMemoryError, rawpy.LibRawTooBigError) as error:
        raise OutOfMemoryError from error
    except rawpy.LibRawError as error:
        raise TruncatedPictureError from error
