"""Protected pictures: no pixel for those who are not named, whichever way they ask."""

from dataclasses import replace

import pytest

from app.domain.audit import Action
from app.domain.clinical_image import ImageFact, ImageFactKind, ImageSource
from app.domain.consent import Decision
from app.domain.ids import FactId, ImageId, StaffId
from app.domain.protection import GlassReason
from app.domain.rendition import Edits
from app.domain.staff import NotPermittedError, Role, Staff
from app.services import checking, consents, extracts, intake, papers, patients, sight
from app.services.sight import (
    NamesThemselvesError,
    NobodyToNameError,
    ProtectedPictureError,
    ReasonTooShortError,
)
from tests.builders import an_attestation

WHY = "on call, the patient bleeds"


@pytest.fixture
def desk_of(room):
    """Give another person's desk, recorded as staff: desk_of("ben", Role.CLINICIAN)."""

    def made(name, role):
        staff = Staff(StaffId(name), f"Dr {name.title()}", role)
        with room.uow() as uow:
            uow.people.set_staff(staff, room.desk.stamp())
            uow.record(room.desk.event(Action.STAFF_ADDED))
            uow.commit()
        return replace(room.desk, staff=staff)

    return made


@pytest.fixture
def ben(desk_of):
    return desk_of("ben", Role.CLINICIAN)


@pytest.fixture
def officer(desk_of):
    return desk_of("olga", Role.PRIVACY_OFFICER)


@pytest.fixture
def visit(room):
    return room.visit()


@pytest.fixture
def image(room, visit):
    """An intimate picture that the administrator took."""
    taken = room.take(visit)
    said = {ImageFactKind.SENSITIVITY: "intimate", ImageFactKind.BODY_SITE: "33564002"}
    return intake.describe(room.uow(), room.desk, taken.id, said)


def sees(room, desk, image):
    return room.read(lambda r: sight.may_see(r, desk, r.images.get(image.id)))


def break_glass(room, desk, image):
    return sight.break_glass(room.uow(), desk, image.patient, GlassReason.EMERGENCY, WHY)


def test_ordinary_pictures_are_open_to_everybody_who_may_read(room, visit, ben, officer):
    image = room.take(visit)

    assert sees(room, ben, image)
    assert sees(room, officer, image)
    assert not sees(room, replace(ben, staff=replace(ben.staff, active=False)), image)


def test_a_protected_picture_is_open_to_who_made_it_and_counted_by_others(room, image, ben):
    assert sees(room, room.desk, image)
    assert not sees(room, ben, image)

    shown, closed = room.read(lambda r: sight.shown(r, ben, r.images.of_patients([image.patient])))

    assert closed == {image.id}
    assert [one.body_site for one in shown] == [""]
    assert len(shown) == 1


def test_who_led_the_visit_sees_what_another_photographed_in_it(room, visit, ben):
    examined = intake.examine(
        room.pictures, intake.Arrival(b"picture by ben", ImageSource.FILE, ".jpg")
    )
    filing = intake.Filing(visit.patient, visit.id, sensitivity="forensic")
    taken = intake.admit(room.uow(), ben, examined, filing).image

    assert sees(room, room.desk, taken)
    assert sees(room, ben, taken)


def test_every_way_to_pixels_is_closed(room, visit, image, ben):
    rendition = room.check(image)
    draft = room.shown(room.ask(visit))
    for use in draft.uses:
        draft = draft.answer(use, Decision.GRANTED)
    room.save(visit, draft)
    consent = consents.sign(room.uow(), room.desk, visit.id, room.form, an_attestation())
    paper = papers.keep_consent_copy(room.uow(), room.desk, consent.id, b"%PDF")
    administrator = replace(ben, staff=replace(ben.staff, role=Role.ADMINISTRATOR))
    other = room.patient(family="Byrne")
    drawn = checking.draw(room.pictures, b"picture 1", Edits(quarter_turns=1))
    ways = (
        lambda: room.read(lambda r: checking.original_of(r, ben, image.id)),
        lambda: room.read(lambda r: checking.picture_of(r, ben, rendition.id)),
        lambda: room.read(lambda r: papers.read(r, ben, paper.id)),
        lambda: room.read(
            lambda r: papers.consent_copy(r, ben, room.pictures, consent.id, room.form)
        ),
        lambda: papers.hand_over(room.uow(), ben, paper.id, papers.HandOver.SAVED),
        lambda: extracts.extract(
            room.uow(), administrator, image.id, reason="second opinion", recipient="Dr Z"
        ),
        lambda: checking.keep_rendition(room.uow(), ben, image.id, Edits(quarter_turns=1), drawn),
        lambda: intake.describe(room.uow(), ben, image.id, {ImageFactKind.SENSITIVITY: ""}),
        lambda: intake.refile(
            room.uow(), ben, image.id, to=other, encounter=None, reason="wrong patient"
        ),
    )

    for way in ways:
        with pytest.raises(ProtectedPictureError):
            way()
    assert room.read(lambda r: sight.thumbnails(r, ben, [image.id, ImageId("none")])) == ()
    own = room.read(lambda r: sight.thumbnails(r, room.desk, [image.id]))
    assert own == ((image.id, b"thumbpicture 1"),)


def test_a_waiting_protected_picture_is_not_taken_into_somebody_elses_visit(room, visit, ben):
    examined = intake.examine(
        room.pictures, intake.Arrival(b"picture waits", ImageSource.FILE, ".jpg")
    )
    filing = intake.Filing(visit.patient, sensitivity="intimate")
    waiting = intake.admit(room.uow(), room.desk, examined, filing).image

    with pytest.raises(ProtectedPictureError):
        intake.assign(room.uow(), ben, waiting.id, encounter=visit.id)
    assert intake.assign(room.uow(), room.desk, waiting.id, encounter=visit.id).encounter


def test_the_officer_names_and_removes_people(room, image, ben, officer):
    sight.name_viewer(room.uow(), officer, [image.id], ben.staff.id, reason="treats the patient")
    assert sees(room, ben, image)
    assert not sees(room, officer, image)

    sight.remove_viewer(room.uow(), officer, [image.id], room.desk.staff.id, reason="left the team")
    assert not sees(room, room.desk, image)

    found = room.read(lambda r: sight.who_may_see(r, officer, image.id))
    assert [staff.name for staff in found.named] == ["Dr Ben"]
    assert [staff.name for staff in found.removed] == ["Dr Ada Byrne"]
    assert found.makers == ()
    assert room.actions()[:2] == [Action.VIEWER_REMOVED, Action.VIEWER_NAMED]


def test_naming_asks_for_somebody_else_who_is_there_and_for_a_reason(room, image, ben, officer):
    def name(who, reason="treats the patient", images=(image.id,)):
        sight.name_viewer(room.uow(), officer, images, who, reason=reason)

    with pytest.raises(NamesThemselvesError):
        name(officer.staff.id)
    with pytest.raises(NobodyToNameError):
        name(StaffId("none"))
    with pytest.raises(ReasonTooShortError):
        name(ben.staff.id, " x ")
    with pytest.raises(ProtectedPictureError):
        name(ben.staff.id, images=(ImageId("none"),))
    assert not sees(room, ben, image)


def test_glass_opens_one_patient_to_one_person_for_half_an_hour(room, visit, image, ben, desk_of):
    joy = desk_of("joy", Role.PHOTOGRAPHER)
    other = room.visit(room.patient(family="Byrne"))
    elsewhere = room.take(other, b"picture 2")
    protect = {ImageFactKind.SENSITIVITY: "safeguarding"}
    intake.describe(room.uow(), room.desk, elsewhere.id, protect)

    broken = break_glass(room, ben, image)

    assert sees(room, ben, image)
    assert not sees(room, ben, elsewhere)
    assert not sees(room, joy, image)
    assert room.read(lambda r: checking.original_of(r, ben, image.id)) == b"picture 1"
    room.clock.at = broken.until
    assert not sees(room, ben, image)


def test_glass_opens_records_that_were_merged_too(room, image, ben):
    survivor = room.patient(family="Byrne")
    break_glass(room, ben, image)
    patients.merge(room.uow(), room.desk, image.patient, into=survivor, reason="same person")

    assert sees(room, ben, image)


def test_the_reason_is_kept_in_the_vault_and_its_class_in_the_trail(room, image, ben, officer):
    since = room.clock.now()
    broken = break_glass(room, ben, image)

    assert room.read(lambda r: sight.broken_since(r, officer, since)) == (broken,)
    assert broken.text == WHY
    (newest, *_) = room.read(lambda r: r.audit.newest())
    assert '"reason":"emergency"' in newest.body
    assert "bleeds" not in newest.body


def test_a_reason_is_asked_for(room, image, ben):
    with pytest.raises(ReasonTooShortError):
        sight.break_glass(room.uow(), ben, image.patient, GlassReason.OTHER, "  a   b  ")


def test_glass_is_not_for_the_officer_and_ends_no_protection(room, image, ben, officer):
    with pytest.raises(NotPermittedError):
        break_glass(room, officer, image)
    break_glass(room, ben, image)

    with pytest.raises(ProtectedPictureError):
        intake.describe(room.uow(), ben, image.id, {ImageFactKind.SENSITIVITY: ""})
    said = {ImageFactKind.BODY_SITE: "70559009"}
    assert intake.describe(room.uow(), ben, image.id, said).body_site == "70559009"


def test_a_picture_of_nobody_is_opened_by_no_glass(room, image, ben):
    break_glass(room, ben, image)
    nobody = ImageFact(FactId("f"), image.id, ImageFactKind.PATIENT, "", room.desk.stamp())
    with room.uow() as uow:
        uow.images.add_fact(nobody)
        uow.record(room.desk.event(Action.IMAGE_REFILED))
        uow.commit()

    assert not sees(room, ben, image)
