"""A picture that was filed under the wrong person goes to the right one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.clinical_image import FiledImage
from app.domain.ids import PatientId
from app.services import intake
from app.services.ports import Desk, UnitOfWork
from app.ui.patients.other_patient_sheet import OtherPatientSheet
from app.ui.room import Room


class RefileSheet(OtherPatientSheet):
    """Says what becomes of the consents before anything is moved."""

    def __init__(self, room: Room, host: QWidget, filed: FiledImage) -> None:
        self._image = filed.id
        super().__init__(
            room,
            host,
            QCoreApplication.translate("RefileSheet", "Whose picture is it?"),
            QCoreApplication.translate("RefileSheet", "Move the picture"),
            self._move,
            text=QCoreApplication.translate(
                "RefileSheet",
                "Every consent that was given for this picture becomes void: it was given by "
                "somebody else. The picture waits at the right patient for a session, where it "
                "is asked about anew.",
            ),
            but=frozenset({filed.patient} if filed.patient else ()),
        )

    def _move(self, uow: UnitOfWork, desk: Desk, other: PatientId, reason: str) -> FiledImage:
        return intake.refile(uow, desk, self._image, to=other, encounter=None, reason=reason)
