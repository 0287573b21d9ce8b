"""A room with a patient and a visit that takes pictures, with the real decoder."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.clinic import Clinic
from app.domain.clinical_image import FiledImage, ImageSource
from app.domain.encounter import CareRecord, Encounter
from app.domain.ids import PatientId, StaffId
from app.domain.patient import Demographics
from app.domain.staff import Role, Staff
from app.imaging.sample_photograph import photograph
from app.imaging.still import StillFiles
from app.imaging.synthetic_skin import Lesion, LesionKind, SkinScene, synthetic_skin
from app.services import clinic, encounters, intake, patients
from app.services.ports import Desk, Pictures
from app.services.workplace import Workplace
from app.ui.room import Room
from app.ui.session.step_page import Session
from app.ui.tasks import TaskRunner
from tests.builders import before_camera, demographics
from tests.fakes import FakeVault, FixedClock


@dataclass
class CapturingRoom:
    """The room and its visit.

    Attributes:
        failures: What no caller handled.
    """

    room: Room
    session: Session
    patient: PatientId
    failures: list[Exception] = field(default_factory=list)

    @property
    def visit(self) -> Encounter:
        return self.session.visit

    def change(self, service: Any, *arguments: Any, **named: Any) -> Any:
        """Run a service on the store lane and wait for it."""
        vault, desk = self.room.workplace.vault, self.room.desk

        def work() -> Any:
            return service(vault.unit_of_work(), desk, *arguments, **named)

        return self.room.runner.run(work, lambda _: None).result()

    def close(self) -> None:
        """End everything."""
        self.room.runner.shutdown()
        for thread in threading.enumerate():
            if isinstance(thread, threading.Timer):  # the decoder's, cancelled and about to end
                thread.join()
        QCoreApplication.processEvents()
        for part in (self.session, self.room, self.room.runner):
            part.deleteLater()
        QCoreApplication.processEvents()

    def images(self) -> tuple[FiledImage, ...]:
        """Today's pictures as they are stored."""
        with self.room.workplace.vault.reading() as records:
            return records.images.of_encounter(self.visit.id)

    def image(self, place: int = 0) -> FiledImage:
        return self.images()[place]

    def another_patient(self) -> PatientId:
        made = self.change(patients.create, demographics("O'Neill-Featherstonehaugh", "Siobhán"))
        return PatientId(made.id)

    def take(self, data: bytes, filing: intake.Filing | None = None) -> FiledImage:
        """Store a picture as if it had been taken a moment ago."""
        arrival = intake.Arrival(data, ImageSource.FILE, ".jpg")
        examined = intake.examine(self.room.workplace.pictures, arrival)
        where = filing or intake.Filing(self.visit.patient, self.visit.id)
        stored: FiledImage = self.change(intake.admit, examined, where).image
        return stored

    def events(self) -> list[str]:
        """The audit trail's actions, oldest first."""
        with self.room.workplace.vault.reading() as records:
            found = [record.body for record in records.audit.newest(limit=500)]
        return [str(body) for body in reversed(found)]


def a_photograph(seed: int = 1, *, size: tuple[int, int] = (640, 480)) -> bytes:
    """A photograph of nobody, as a camera would write it."""
    scene = SkinScene(
        seed=seed,
        width_px=size[0],
        height_px=size[1],
        lesions=(Lesion(0.5, 0.5, 0.1, LesionKind.IRREGULAR_MOLE),),
    )
    return photograph(synthetic_skin(scene), taken_at=datetime(2026, 11, 23, 11, 0))  # noqa: DTZ001 - a camera knows no zone


def capturing_room(
    pictures: Pictures, *, role: Role = Role.CLINICIAN, born: Demographics | None = None
) -> CapturingRoom:
    """A room whose visit stands before the camera."""
    vault = FakeVault()
    staff = Staff(StaffId("ada"), "Dr Ada Byrne", role)
    desk = Desk(staff, vault.workstation, FixedClock())
    parts: dict[str, Any] = dict.fromkeys(one.name for one in fields(Workplace))
    parts |= {"vault": vault, "desk": desk, "pictures": pictures, "stills": StillFiles()}
    room = Room(Workplace(**parts), TaskRunner())
    session = Session(room)
    made = CapturingRoom(room, session, PatientId(""))
    room.runner.failed.connect(made.failures.append)
    owner = Desk(
        Staff(StaffId("owner"), "Owner", Role.ADMINISTRATOR), vault.workstation, desk.clock
    )

    def found(uow: Any, _desk: Desk) -> None:
        clinic.found(uow, owner, Clinic("St Brigid's Hospital", "Dermatology"))

    made.change(found)
    patient = made.change(patients.create, born or demographics(mrn="0042-771"))
    made.patient = patient.id
    visit = made.change(encounters.begin, patient.id)
    before = before_camera(CareRecord.AGREED)
    session.encounter = made.change(encounters.settle, visit.id, before)
    session.demographics = patient.now
    return made
