"""A clinic in memory: a desk, a vault of fakes, and a decoder that knows a picture."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.clinic import Clinic
from app.domain.clinical_image import ImageSource
from app.domain.consent_form import FormId
from app.domain.ids import EncounterId, PatientId, StaffId
from app.domain.picture import EncodedPicture, Inspection, MetadataFinding, MetadataKind
from app.domain.rendition import Edits, Identifiable
from app.domain.staff import Role, Staff
from app.errors import KnownError
from app.services import activity, asking, checking, clinic, encounters, intake, patients
from app.services.form_library import load_forms
from app.services.ports import Desk
from tests.builders import before_camera, demographics
from tests.fakes import FakeVault, FixedClock

FORMS = Path(__file__).parents[2] / "forms"


class NoPictureError(KnownError):
    """Stands for what a decoder refuses."""

    code = "IMAGE-001"


class FakePictures:
    """A decoder for bytes that begin with "picture"."""

    def inspect(self, data, *, declared_extension=""):
        if not data.startswith(b"picture"):
            raise NoPictureError
        finding = MetadataFinding(MetadataKind.POSITION, "GPSLatitude", "53.3")
        return Inspection(
            "image/jpeg", ".jpg", 1200, 900, None, None, b"thumb" + data, findings=(finding,)
        )

    def render(self, data, edits, *, max_side_px=None):
        drawn = hashlib.sha256(data + repr((edits, max_side_px)).encode()).digest()
        return EncodedPicture(b"\xff\xd8\xff" + drawn, "image/jpeg", 600, 450)


class FakePins:
    """PINs in the clear, for tests only."""

    def derive(self, pin):
        return f"pin:{pin}"

    def matches(self, pin, verifier):
        return verifier == f"pin:{pin}"


class Room:
    """What a test works with.

    Attributes:
        desk: An administrator's.
        form: The shipped form, approved by the clinic.
    """

    def __init__(self) -> None:
        self.clock = FixedClock()
        self.vault = FakeVault()
        staff = Staff(StaffId("staff-1"), "Dr Ada Byrne", Role.ADMINISTRATOR, "pin:2468")
        self.desk = Desk(staff, self.vault.workstation, self.clock)
        self.pictures, self.pins = FakePictures(), FakePins()
        files = [(p.name, p.read_bytes()) for p in FORMS.glob("*/*.toml")]
        self.forms = load_forms(files).library
        self.form = self.forms.versions(FormId("clinical-photography"), "en")[-1]

    def as_role(self, role):
        return replace(self.desk, staff=replace(self.desk.staff, role=role))

    def uow(self):
        return self.vault.unit_of_work()

    def read(self, question):
        with self.vault.reading() as records:
            return question(records)

    def patient(self, **values) -> PatientId:
        return patients.create(self.uow(), self.desk, demographics(**values)).id

    def visit(self, patient=None, before=None):
        opened = encounters.begin(self.uow(), self.desk, patient or self.patient())
        return encounters.settle(self.uow(), self.desk, opened.id, before or before_camera())

    def take(self, visit, data=b"picture 1"):
        examined = intake.examine(self.pictures, intake.Arrival(data, ImageSource.FILE, ".jpg"))
        filing = intake.Filing(visit.patient, visit.id)
        return intake.admit(self.uow(), self.desk, examined, filing).image

    def check(self, image, edits=None, identifiable=Identifiable.NO):
        edits = edits or Edits()
        original = self.read(lambda records: checking.original_of(records, self.desk, image.id))
        drawn = checking.draw(self.pictures, original, edits)
        rendition = checking.keep_rendition(self.uow(), self.desk, image.id, edits, drawn)
        checking.assess(self.uow(), self.desk, rendition.id, identifiable, ())
        return rendition

    def ask(self, visit, named=None):
        return asking.begin(self.uow(), self.desk, visit.id, self.form, named or {})

    def save(self, visit, draft):
        asking.save(self.uow(), self.desk, visit.id, draft)

    def shown(self, draft):
        """The draft once everything was on screen and understood."""
        now = self.clock.now()
        for picture in draft.pictures:
            draft = draft.show_picture(picture.rendition, now)
        return draft.understand_refusal(now)

    def actions(self):
        entries = self.read(lambda records: activity.newest(records, self.desk))
        return [entry.action for entry in entries]

    def reachable(self, visit_id: EncounterId):
        return self.read(
            lambda records: encounters.reachable(records, records.encounters.get(visit_id))
        )


@pytest.fixture
def room():
    made = Room()
    about = Clinic("St Brigid's", "Dermatology", contact="Tel 01 555 0142")
    clinic.found(made.uow(), made.desk, about)
    clinic.approve_form(made.uow(), made.desk, made.form)
    return made
