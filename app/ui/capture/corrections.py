"""Changes to pictures of today: described otherwise, taken again, taken in, moved here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.clinical_image import FiledImage, ImageFactKind, ImageState
from app.domain.encounter import Encounter
from app.domain.ids import ImageId
from app.services import intake
from app.services.ports import Desk, UnitOfWork
from app.ui.room import Room


class Corrections(QObject):
    """One service call for each change.

    Signals:
        stored: A picture stands differently. Argument: the FiledImage.
        retaken: A picture was marked as taken again. Argument: the FiledImage.
        failed: Argument: the exception.
    """

    stored = Signal(object)
    retaken = Signal(object)
    failed = Signal(Exception)

    def __init__(self, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room

    def describe(self, images: Iterable[ImageId], said: dict[ImageFactKind, str]) -> None:
        """Say something about pictures; the earlier words stay in their history."""
        for image in images if said else ():
            self._room.change(
                partial(_describe, image, dict(said)), self._tell, on_failure=self.failed.emit
            )

    def retake(self, image: ImageId) -> None:
        """Mark as taken again; nothing is deleted."""
        self._room.change(
            partial(_set_state, image, ImageState.SUPERSEDED),
            self._tell_retaken,
            on_failure=self.failed.emit,
        )

    def keep(self, image: ImageId) -> None:
        """Take a retake back."""
        self._room.change(
            partial(_set_state, image, ImageState.KEPT), self._tell, on_failure=self.failed.emit
        )

    def take_in(self, images: Iterable[ImageId], visit: Encounter) -> None:
        """Take pictures out of this patient's quarantine into the visit."""
        for image in images:
            self._room.change(
                partial(_assign, image, visit), self._tell, on_failure=self.failed.emit
            )

    def move_here(self, image: ImageId, visit: Encounter, reason: str) -> None:
        """Move a picture that was filed under somebody else to this patient."""
        self._room.change(
            partial(_refile, image, visit, reason), self._tell, on_failure=self.failed.emit
        )

    def _tell(self, filed: FiledImage) -> None:
        self.stored.emit(filed)

    def _tell_retaken(self, filed: FiledImage) -> None:
        self.stored.emit(filed)
        self.retaken.emit(filed)


def _describe(
    image: ImageId, said: dict[ImageFactKind, str], uow: UnitOfWork, desk: Desk
) -> FiledImage:
    return intake.describe(uow, desk, image, said)


def _set_state(image: ImageId, state: ImageState, uow: UnitOfWork, desk: Desk) -> FiledImage:
    return intake.set_state(uow, desk, image, state)


def _assign(image: ImageId, visit: Encounter, uow: UnitOfWork, desk: Desk) -> FiledImage:
    return intake.assign(uow, desk, image, encounter=visit.id)


def _refile(
    image: ImageId, visit: Encounter, reason: str, uow: UnitOfWork, desk: Desk
) -> FiledImage:
    return intake.refile(uow, desk, image, to=visit.patient, encounter=visit.id, reason=reason)
