"""The process that decodes: reads jobs from its input, writes values or a code to its output.

Started as `python -m app.imaging.child`, or by the frozen program with `CHILD_FLAG`. It never
starts Qt, opens no file and ends when its input ends.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from PIL import Image

from app.errors import KnownError
from app.imaging.confinement import confine
from app.imaging.development import develop
from app.imaging.errors import OutOfMemoryError, TruncatedPictureError, UnsupportedPictureError
from app.imaging.frames import Source, Target, send
from app.imaging.inspection import inspect
from app.imaging.rendering import WrongEditsError, render, rgb_pixels
from app.imaging.wire import (
    Job,
    Request,
    Result,
    pack_inspection,
    pack_picture,
    pack_pixels,
    pack_refusal,
    receive_request,
)


def main() -> None:
    """Serve the program on standard input and output until it hangs up."""
    source = os.fdopen(os.dup(0), "rb")
    target = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # a codec that prints must not speak to the program
    warm()
    layers = confine()
    send(target, Result.READY, " ".join(layers).encode("ascii"))
    serve(source, target)


def warm() -> None:
    """Use every codec once, so that nothing is imported or opened later."""
    small = Image.new("RGB", (8, 8))
    for name in ("JPEG", "PNG", "TIFF", "WEBP"):
        encoded = io.BytesIO()
        small.save(encoded, name)
        inspect(encoded.getvalue())
    with suppress(TruncatedPictureError, UnsupportedPictureError):  # for what it imports on its way
        develop(b"no raw file", max_pixels=1, side_px=None)


def serve(source: Source, target: Target) -> None:
    """Answer requests until the source ends."""
    while True:
        try:
            request = receive_request(source)
        except EOFError:
            return
        code, answer = answered(request)
        del request  # its file is not kept until the next one comes
        send(target, code, answer)


def answered(request: Request) -> tuple[int, bytes]:
    """Result code and body for one request."""
    try:
        return Result.DONE, WORK[request.job](request)
    except WrongEditsError:
        return Result.WRONG_EDITS, b""
    except MemoryError:
        return pack_refusal(OutOfMemoryError())
    except KnownError as refusal:
        return pack_refusal(refusal)


def _inspect(request: Request) -> bytes:
    extension = request.declared_extension
    inspection = inspect(request.data, declared_extension=extension, max_pixels=request.max_pixels)
    return pack_inspection(inspection)


def _render(request: Request) -> bytes:
    picture = render(
        request.data,
        request.edits,
        max_side_px=request.max_side_px,
        max_pixels=request.max_pixels,
    )
    return pack_picture(picture)


def _pixels(request: Request) -> bytes:
    side_px = request.max_side_px
    assert side_px is not None
    return pack_pixels(
        *rgb_pixels(request.data, max_side_px=side_px, max_pixels=request.max_pixels)
    )


WORK: Final[dict[Job, Callable[[Request], bytes]]] = {
    Job.INSPECT: _inspect,
    Job.RENDER: _render,
    Job.PIXELS: _pixels,
}

if __name__ == "__main__":
    main()
