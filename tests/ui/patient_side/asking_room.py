"""A room with a patient, a visit and checked pictures, ready for the asking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent

from app.domain.audit import Action
from app.domain.clinic import Clinic
from app.domain.clinical_image import ClinicalImage, ImageFact, ImageFactKind, ImageSource
from app.domain.consent_draft import ConsentDraft
from app.domain.consent_form import ConsentForm, FormId
from app.domain.encounter import BeforeCamera, CareRecord, Encounter
from app.domain.ids import BlobId, FactId, ImageId, RenditionId, StaffId, UseId
from app.domain.patient import Demographics
from app.domain.picture import EncodedPicture
from app.domain.rendition import Box, Cover, Edits, Identifiable, Rendition
from app.domain.staff import Role, Staff
from app.services import asking, checking, clinic, encounters, patients
from app.services.form_library import FormLibrary, parse_form
from app.services.ports import Desk, Vault
from app.services.workplace import Workplace
from app.ui.room import Room
from app.ui.tasks import TaskRunner
from tests.builders import before_camera
from tests.fakes import FakeVault, FixedClock

PIN = "4711"
FORM = FormId("clinical-photography")
FORM_FILE = Path(__file__).parents[3] / "forms" / "clinical-photography" / "en.toml"
NAMED = {UseId("publication"): "British Journal of Skin", UseId("research-study"): "EVA-2"}
COLOURS = ((201, 160, 132), (150, 105, 80), (224, 184, 158), (110, 74, 54))


def shipped_form() -> ConsentForm:
    """The form that comes with the program."""
    return parse_form(FORM_FILE.read_bytes(), name="clinical-photography/en.toml")


class PlainPins:
    """The port Pins without its cost."""

    def derive(self, pin: str) -> str:
        return sha256(pin.encode()).hexdigest()

    def matches(self, pin: str, verifier: str) -> bool:
        return self.derive(pin) == verifier


def jpeg(number: int, size: tuple[int, int] = (640, 480)) -> bytes:
    """A small picture of one colour, another for each number."""
    encoded = BytesIO()
    Image.new("RGB", size, COLOURS[number % len(COLOURS)]).save(encoded, "JPEG")
    return encoded.getvalue()


@dataclass
class AskingRoom:
    """A room, and the visit that goes on in it.

    Attributes:
        form: As the clinic approved it.
    """

    room: Room
    encounter: Encounter
    form: ConsentForm
    pictures: tuple[RenditionId, ...]

    def begin(self, named: dict[UseId, str] | None = None) -> ConsentDraft:
        """Begin, or go on with, the asking; as the staff's page does it."""
        draft: ConsentDraft = self.change(asking.begin, self.encounter.id, self.form, named or {})
        return draft

    def change(self, service, *arguments, **named):
        """Run a service on the store lane and wait for it."""
        vault, desk = self.room.workplace.vault, self.room.desk

        def work():
            return service(vault.unit_of_work(), desk, *arguments, **named)

        return self.room.runner.run(work, lambda _: None).result()

    def stored(self) -> ConsentDraft | None:
        """The draft in the vault, once everything under way is stored."""
        self.room.runner.run(lambda: None, lambda _: None).result()
        with self.room.workplace.vault.reading() as records:
            return records.encounters.draft(self.encounter.id)

    def close(self) -> None:
        """End the lanes and forget the vault."""
        self.room.runner.run(self.room.workplace.vault.close, lambda _: None).result()
        self.room.runner.shutdown()
        QCoreApplication.processEvents()
        self.room.deleteLater()
        self.room.runner.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def visit(self) -> Encounter:
        """The visit as it is stored."""
        with self.room.workplace.vault.reading() as records:
            found = records.encounters.get(self.encounter.id)
        assert found is not None
        return found


def asking_room(
    *,
    pictures: int = 2,
    covered: int = 0,
    before: BeforeCamera | None = None,
    approve: bool = True,
    forms: tuple[ConsentForm, ...] = (),
    data: tuple[bytes, ...] = (),
    open_vault: Callable[[], Vault] = FakeVault,
) -> AskingRoom:
    """A room at the step Show; the first `covered` pictures have a cover."""
    pins, form = PlainPins(), shipped_form()
    staff = Staff(StaffId("ada"), "Dr Ada Byrne", Role.ADMINISTRATOR, pins.derive(PIN))
    runner = TaskRunner()
    held = runner.run(open_vault, lambda _: None).result()  # on the lane that writes to it
    desk = Desk(staff, held.workstation, FixedClock())
    library = FormLibrary((form, *forms))
    used = {"vault": held, "desk": desk, "pins": pins, "forms": library}
    rest = dict.fromkeys(field.name for field in fields(Workplace) if field.name not in used)
    workplace = Workplace(**used, **rest)  # type: ignore[arg-type]
    made = AskingRoom(Room(workplace, runner), None, form, ())  # type: ignore[arg-type]
    made.change(clinic.found, Clinic("St Brigid's Hospital", "Dermatology"))
    if approve:
        for each in library.forms:
            made.change(clinic.approve_form, each)
        made.form = form.approved(by=staff.name, on=desk.today())
    patient = made.change(patients.create, Demographics("Okafor", "Amara", None))
    made.encounter = made.change(encounters.begin, patient.id)
    made.encounter = made.change(
        encounters.settle, made.encounter.id, before or before_camera(CareRecord.AGREED)
    )
    made.pictures = tuple(
        _picture(made, data[n] if data else jpeg(n), covered=n < covered) for n in range(pictures)
    )
    return made


def _picture(made: AskingRoom, data: bytes, *, covered: bool) -> RenditionId:
    image = made.change(_admit, made.encounter, data)
    edits = Edits(covers=(Cover(Box(10, 10, 40, 40)),)) if covered else Edits()
    drawn = EncodedPicture(data, "image/jpeg", 640, 480)
    rendition: Rendition = made.change(checking.keep_rendition, image, edits, drawn)
    made.change(checking.assess, rendition.id, Identifiable.NO, ())
    return rendition.id


def _admit(uow, desk: Desk, encounter: Encounter, data: bytes) -> ImageId:
    clock = desk.clock
    image = ImageId(clock.new_id())
    said = {
        ImageFactKind.PATIENT: encounter.patient,
        ImageFactKind.ENCOUNTER: encounter.id,
    }
    with uow:
        original, thumbnail = BlobId(clock.new_id()), BlobId(clock.new_id())
        digest = uow.blobs.put(original, data)
        uow.blobs.put(thumbnail, data)
        facts = [
            ImageFact(FactId(clock.new_id()), image, kind, value, desk.stamp())
            for kind, value in said.items()
        ]
        uow.images.add(
            ClinicalImage(
                id=image,
                sha256=digest,
                byte_count=len(data),
                media_type="image/jpeg",
                extension=".jpg",
                width_px=640,
                height_px=480,
                source=ImageSource.FILE,
                camera_time=None,
                camera_offset_min=None,
                camera_model="",
                received=desk.stamp(),
                original=original,
                thumbnail=thumbnail,
            ),
            facts,
        )
        uow.record(desk.event(Action.IMAGE_ADMITTED, encounter.patient, image=image))
        uow.commit()
    return image


def in_french(form: ConsentForm) -> ConsentForm:
    """The same form in another language, as far as a test needs it."""
    source = form.source.decode().replace('language = "en"', 'language = "fr"')
    source = source.replace('text = "Saying no changes', 'text = "Dire non ne change')
    source = source.replace('heading = "Your photographs', 'heading = "Vos photographies')
    made = parse_form(source.encode(), name="clinical-photography/fr.toml")
    return replace(made, approval=form.approval)
