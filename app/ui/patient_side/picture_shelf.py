"""The pictures that the patient is shown, read from the vault one by one and kept at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from app.domain.ids import RenditionId
from app.services.checking import picture_of
from app.services.ports import Desk, Records
from app.ui.room import Room

LONGEST_PX = 2048  # more than any screen shows in half its width


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A rendition, ready to be shown.

    Attributes:
        covered: Whether something of the original is hidden.
    """

    pixmap: QPixmap
    covered: bool


@dataclass(frozen=True, slots=True)
class _Read:
    rendition: RenditionId
    image: QImage
    covered: bool


class UnreadablePictureError(Exception):
    """Our own encoder made bytes that are no picture: a bug, or a damaged vault."""


class PictureShelf(QObject):
    """Reads each rendition once; decoding happens on the read lane.

    Signals:
        arrived: A picture can be shown. Argument: its rendition.
        failed: A picture cannot be read. Arguments: its rendition, the exception.
    """

    arrived = Signal(str)
    failed = Signal(str, Exception)

    def __init__(self, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._pictures: dict[RenditionId, ShownPicture] = {}
        self._asked: set[RenditionId] = set()
        self._lost: set[RenditionId] = set()

    def fetch(self, renditions: Iterable[RenditionId]) -> None:
        """Read these, in this order, unless they are here or on their way."""
        for rendition in renditions:
            if rendition not in self._asked:
                self._asked.add(rendition)
                self._room.ask(
                    partial(_read, desk=self._room.desk, rendition=rendition),
                    self._take,
                    on_failure=partial(self._lose, rendition),
                )

    def picture(self, rendition: RenditionId) -> ShownPicture | None:
        """The picture; None while it is not here."""
        return self._pictures.get(rendition)

    def lost(self, rendition: RenditionId) -> bool:
        """Whether it cannot be read."""
        return rendition in self._lost

    def _take(self, read: _Read) -> None:
        pixmap = QPixmap.fromImage(read.image)
        self._pictures[read.rendition] = ShownPicture(pixmap, read.covered)
        self.arrived.emit(read.rendition)

    def _lose(self, rendition: RenditionId, error: Exception) -> None:
        self._lost.add(rendition)
        self.failed.emit(rendition, error)


def _read(records: Records, desk: Desk, rendition: RenditionId) -> _Read:
    data = picture_of(records, desk, rendition)
    found = records.images.rendition(rendition)
    return _Read(rendition, _decoded(data), found is not None and found.covered)


def _decoded(data: bytes) -> QImage:
    """Our own JPEG, no larger than a screen needs it."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if max(size.width(), size.height()) > LONGEST_PX:
        limit = QSize(LONGEST_PX, LONGEST_PX)
        reader.setScaledSize(size.scaled(limit, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise UnreadablePictureError
    return image
