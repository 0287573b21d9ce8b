"""What the clipboard or a drag brings: files, encoded pictures, or bare pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QImage

from app.domain.clinical_image import ImageSource
from app.services.intake import Arrival
from app.services.ports import Stills
from app.ui.camera.capture_session import image_pixels
from app.ui.capture.offers import Offer

# Encoded pictures go to the decoder as they are: bytes from elsewhere are no work for the window.
_ENCODED = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "image/heic": ".heic",
}
_PIXELS = "application/x-qt-image"


@dataclass(frozen=True, slots=True)
class Brought:
    """What was found.

    Attributes:
        files: Files and folders, to be searched and read later.
        offer: One picture without a file.
    """

    files: tuple[Path, ...] = ()
    offer: Offer | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to take in."""
        return not self.files and self.offer is None


def may_bring(mime: QMimeData) -> bool:
    """Whether it looks as if it brought pictures; nothing is decoded for the answer."""
    if any(url.isLocalFile() for url in mime.urls()):
        return True
    return any(mime.hasFormat(kind) for kind in (*_ENCODED, _PIXELS))


def brought(mime: QMimeData, stills: Stills, source: ImageSource) -> Brought:
    """Files before encoded pictures before pixels: the nearest to what the camera made."""
    files = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if files:
        return Brought(files)
    name = QCoreApplication.translate("Pasting", "Pasted picture")
    for kind, extension in _ENCODED.items():
        data = bytes(mime.data(kind).data()) if mime.hasFormat(kind) else b""
        if data:
            arrival = Arrival(data, source, extension)
            return Brought(offer=Offer(name, partial(_as_it_is, arrival), at_once=True))
    image = mime.imageData() if mime.hasFormat(_PIXELS) else None
    if isinstance(image, QImage) and not image.isNull():
        pixels = image_pixels(image)
        height, width = pixels.shape[:2]
        read = partial(_encoded, stills, pixels.tobytes(), width, height, source)
        return Brought(offer=Offer(name, read, at_once=True))
    return Brought()


def _as_it_is(arrival: Arrival) -> Arrival:
    return arrival


def _encoded(
    stills: Stills, rgb: bytes, width_px: int, height_px: int, source: ImageSource
) -> Arrival:
    return Arrival(stills.from_clipboard(rgb, width_px, height_px), source, ".png")
