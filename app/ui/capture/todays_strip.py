"""Keeps the strip in step with today's pictures and with those that are on their way."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, Signal

from app.domain.ids import ImageId
from app.ui.capture.outcomes import Ending, Outcome
from app.ui.capture.strip_items import placeholder, thumbnail
from app.ui.capture.todays_pictures import TodaysPictures
from app.ui.widgets.thumbnails import Thumbnail, ThumbnailStrip


class TodaysStrip(QObject):
    """Placeholders at the end become pictures where they stand.

    Signals:
        picked: The user went to a picture. Argument: its id.
    """

    picked = Signal(str)

    def __init__(
        self, strip: ThumbnailStrip, pictures: TodaysPictures, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._strip = strip
        self._pictures = pictures
        self._coming: dict[str, str] = {}  # key of the offer to its name
        self._keys: dict[str, str] = {}  # id of a picture to its key in the strip
        strip.picked.connect(self._tell)
        pictures.loaded.connect(self.list_all)
        pictures.changed.connect(self._refresh)

    def begin(self, key: str, name: str) -> None:
        """Something is on its way."""
        self._coming[key] = name
        self._strip.items.append(placeholder(key, name))
        self._strip.scrollToBottom()
        self._strip.horizontalScrollBar().setValue(self._strip.horizontalScrollBar().maximum())

    def settle(self, outcome: Outcome) -> None:
        """It has come, or not; called before the picture is put among today's."""
        self._coming.pop(outcome.key, None)
        if outcome.ending is Ending.STORED and outcome.image is not None:
            self._keys[outcome.image.id] = outcome.key  # it takes the placeholder's place
        else:
            self.list_all()

    def drop(self, key: str) -> None:
        """It does not come any more."""
        self._coming.pop(key, None)
        self.list_all()

    def list_all(self) -> None:
        """Show what there is anew; the picked one stays picked."""
        current = self._current()
        items = [self._item(place) for place in range(len(self._pictures.all()))]
        items += [placeholder(key, name) for key, name in self._coming.items()]
        self._strip.items.set_items(items)
        self.pick(current)

    def pick(self, image: str) -> None:
        """Put the ring on a picture without telling; "" or a picture that is gone takes it off."""
        before = self._strip.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        if image and self._pictures.get(image) is not None:
            self._strip.pick(self._keys.get(image, image))
        else:
            self._strip.setCurrentIndex(QModelIndex())
            self._strip.clearSelection()
        self._strip.blockSignals(before)

    def forget(self) -> None:
        """Another visit: nothing of this one stays."""
        self._coming.clear()
        self._keys.clear()
        self._strip.items.set_items([])

    def _current(self) -> str:
        key = self._strip.current_key() or ""
        return self._image(key)

    def _image(self, key: str) -> str:
        return next((image for image, own in self._keys.items() if own == key), key)

    def _tell(self, key: str) -> None:
        image = self._image(key)
        if self._pictures.get(image) is not None:
            self.picked.emit(image)

    def _refresh(self, image: str) -> None:
        """One picture stands differently."""
        ids = [one.id for one in self._pictures.all()]
        try:
            self._strip.items.replace(self._item(ids.index(ImageId(image))))
        except (ValueError, KeyError):  # it has gone, or has no place yet
            self.list_all()

    def _item(self, place: int) -> Thumbnail:
        filed = self._pictures.all()[place]
        return thumbnail(
            filed,
            place + 1,
            self._pictures.thumbnail(filed.id),
            self._pictures.judgement(filed.id),
            key=self._keys.get(filed.id, ""),
        )
