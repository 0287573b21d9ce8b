"""Today's pictures and what waits for this patient, as the vault has them."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from app.domain.clinical_image import FiledImage, ImageState, kept
from app.domain.encounter import Encounter
from app.domain.ids import ImageId
from app.services import patients, sight
from app.services.ports import Desk, Records
from app.ui.camera.capture_session import image_pixels
from app.ui.capture.judgement import Judgement, judge
from app.ui.room import Room


@dataclass(frozen=True, slots=True)
class Gathered:
    """One look into the vault.

    Attributes:
        today: Of this visit, discarded ones left out.
        earlier: Kept ones of other visits of this person, oldest first; open ones only.
        waiting: Of this person's quarantine; open ones only.
        thumbnails: Small JPEGs of our own, of those that were asked for.
    """

    today: tuple[FiledImage, ...]
    earlier: tuple[FiledImage, ...]
    waiting: tuple[FiledImage, ...]
    thumbnails: dict[ImageId, bytes] = field(default_factory=dict)


class TodaysPictures(QObject):
    """Keeps today's pictures and their thumbnails; asks the vault on the read lane.

    Only JPEGs of our own decoder are loaded here, never bytes that came from outside.

    Signals:
        loaded: Everything was read anew.
        changed: A picture came or stands differently. Argument: its id.
        failed: The vault could not be read. Argument: the exception.
    """

    loaded = Signal()
    changed = Signal(str)
    failed = Signal(Exception)

    def __init__(self, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._visit: Encounter | None = None
        self._today: dict[ImageId, FiledImage] = {}
        self._earlier: tuple[FiledImage, ...] = ()
        self._waiting: tuple[FiledImage, ...] = ()
        self._thumbnails: dict[ImageId, QPixmap] = {}
        self._judged: dict[ImageId, Judgement | None] = {}

    def load(self, visit: Encounter) -> None:
        """Read everything of a visit anew."""
        if self._visit is None or self._visit.id != visit.id:
            self._today, self._thumbnails = {}, {}
            self._earlier, self._waiting = (), ()
        self._visit = visit
        there, desk = frozenset(self._thumbnails), self._room.desk
        self._room.ask(
            lambda records: _gather(records, desk, visit, there),
            self._take,
            on_failure=self.failed.emit,
        )

    def forget(self) -> None:
        """Hold no picture any more."""
        self._visit = None
        self._today, self._thumbnails = {}, {}
        self._earlier, self._waiting = (), ()

    def put(self, filed: FiledImage, thumbnail: bytes = b"") -> None:
        """A picture as a service has just given it back."""
        if self._visit is None:
            return
        self._waiting = tuple(one for one in self._waiting if one.id != filed.id)
        if filed.encounter != self._visit.id or filed.state is ImageState.DISCARDED:
            self._today.pop(filed.id, None)
        else:
            self._today[filed.id] = filed
        if thumbnail:
            self._keep_thumbnail(filed.id, thumbnail)
        self.changed.emit(filed.id)

    def all(self) -> tuple[FiledImage, ...]:
        """Today's, in the order of arrival, with those that were taken again."""
        return tuple(self._today.values())

    def kept(self) -> tuple[FiledImage, ...]:
        """Today's that count."""
        return kept(self._today.values())

    def earlier(self) -> tuple[FiledImage, ...]:
        """Kept pictures of this person's other visits, oldest first."""
        return self._earlier

    def waiting(self) -> tuple[FiledImage, ...]:
        """Pictures of this person that wait for a visit."""
        return self._waiting

    def get(self, image: str) -> FiledImage | None:
        """One of today's."""
        return self._today.get(ImageId(image))

    def thumbnail(self, image: str) -> QPixmap:
        """Its small picture; null while it is not there."""
        return self._thumbnails.get(ImageId(image), QPixmap())

    def judgement(self, image: str) -> Judgement | None:
        """What is probably wrong with it."""
        return self._judged.get(ImageId(image))

    def _keep_thumbnail(self, image: ImageId, data: bytes) -> None:
        picture = QImage.fromData(data)
        self._thumbnails[image] = QPixmap.fromImage(picture)
        self._judged[image] = judge(image_pixels(picture)) if not picture.isNull() else None

    def _take(self, gathered: Gathered) -> None:
        if self._visit is None:
            return
        self._today = {one.id: one for one in gathered.today}
        self._earlier, self._waiting = gathered.earlier, gathered.waiting
        for image, data in gathered.thumbnails.items():
            self._keep_thumbnail(image, data)
        self.loaded.emit()


def _gather(records: Records, desk: Desk, visit: Encounter, there: frozenset[ImageId]) -> Gathered:
    person = patients.everyone(records, visit.patient)
    filed = records.images.of_patients(person)
    closed = sight.closed(records, desk, filed)
    every = tuple(one for one in filed if one.id not in closed)
    today = tuple(
        one
        for one in records.images.of_encounter(visit.id)
        if one.state is not ImageState.DISCARDED
    )
    earlier = tuple(
        one for one in kept(every) if one.encounter is not None and one.encounter != visit.id
    )
    waiting = tuple(one for one in kept(every) if one.in_quarantine)
    missing = [one.id for one in today if one.id not in there]
    return Gathered(today, earlier, waiting, dict(sight.thumbnails(records, desk, missing)))
