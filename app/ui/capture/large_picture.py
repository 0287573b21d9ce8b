"""Fetches one picture of the vault large enough for the screen, the newest wish only."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.domain.ids import ImageId
from app.domain.picture import EncodedPicture
from app.domain.rendition import Edits
from app.services import checking
from app.services.ports import Pictures
from app.ui.room import Room

SIDE_PX = 1600  # enough for a screen; a whole picture of 100 megapixels would fill the memory


class LargePicture(QObject):
    """Reads the original on the read lane and lets the decoder make a picture of it.

    One original is in memory at a time: while one is on its way, only the last wish waits.

    Signals:
        arrived: Arguments: the image's id, the QImage.
        failed: Arguments: the image's id, the exception.
    """

    arrived = Signal(str, object)
    failed = Signal(str, Exception)

    def __init__(
        self, room: Room, *, side_px: int = SIDE_PX, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._side_px = side_px
        self._wanted = ImageId("")
        self._fetching = ImageId("")

    def fetch(self, image: ImageId) -> None:
        """Want this picture; what was wanted before is not told any more."""
        self._wanted = image
        if not self._fetching:
            self._begin()

    def forget(self) -> None:
        """Want nothing."""
        self._wanted = ImageId("")

    def _begin(self) -> None:
        self._fetching = self._wanted
        image = self._fetching
        self._room.ask(
            partial(checking.original_of, desk=self._room.desk, image=image),
            self._read,
            on_failure=self._fail,
        )

    def _read(self, original: bytes) -> None:
        if self._wanted != self._fetching:
            self._go_on()
            return
        self._room.runner.run(
            partial(_preview, self._room.workplace.pictures, original, self._side_px),
            self._show,
            lane="work",
            on_failure=self._fail,
        )

    def _show(self, picture: EncodedPicture) -> None:
        image = self._fetching
        if self._wanted == image:
            self._wanted = ImageId("")
            self._fetching = ImageId("")
            self.arrived.emit(image, QImage.fromData(picture.data))
        self._go_on()

    def _fail(self, error: Exception) -> None:
        image = self._fetching
        if self._wanted == image:
            self._wanted = ImageId("")
            self.failed.emit(image, error)
        self._go_on()

    def _go_on(self) -> None:
        """Fetch what was wanted meanwhile."""
        self._fetching = ImageId("")
        if self._wanted:
            self._begin()


def _preview(pictures: Pictures, original: bytes, side_px: int) -> EncodedPicture:
    return pictures.render(original, Edits(), max_side_px=side_px)
