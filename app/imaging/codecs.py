"""What codecs raise, turned into what a user can act on."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from app.imaging.errors import OutOfMemoryError, TruncatedPictureError

CODEC_FAILURES: Final = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError,
    EOFError, RuntimeError, struct.error, zlib.error,
)  # fmt: skip
"""What codecs raise for bytes that make no sense to them; no narrower set is promised."""


@contextmanager
def codec_failures() -> Iterator[None]:
    """Run codecs on untrusted bytes.

    Raises:
        TruncatedPictureError: They gave up.
        OutOfMemoryError: They asked for more memory than there is.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about metadata that this package reads by itself
        try:
            yield
        except MemoryError as error:
            raise OutOfMemoryError from error
        except CODEC_FAILURES as error:
            raise TruncatedPictureError from error
