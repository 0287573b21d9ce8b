import pytest

from app.domain.audit import Action
from app.domain.clinical_image import ImageFactKind, ImageSource, ImageState, Laterality, View
from app.domain.ids import ImageId
from app.domain.staff import NotPermittedError, Role
from app.errors import KnownError
from app.services import encounters, intake
from app.services.intake import (
    Arrival,
    ChangedInTransitError,
    Filing,
    NoSuchImageError,
    NotCapturingError,
    ReasonMissingError,
    Status,
)
from tests.fake_records import FakeBlobs


def examined(room, data=b"picture 1"):
    return intake.examine(room.pictures, Arrival(data, ImageSource.FILE, ".jpg"))


def admit(room, data, filing):
    return intake.admit(room.uow(), room.desk, examined(room, data), filing)


def test_original_bytes_are_kept_unchanged(room):
    image = room.take(room.visit(), b"picture as it came")

    kept = room.read(lambda records: records.blobs.read(image.image.original))

    assert kept == b"picture as it came"
    assert image.image.byte_count == len(kept)


def test_a_picture_is_filed_with_what_was_said(room):
    visit = room.visit()
    filing = Filing(visit.patient, visit.id, "70559009", "L", "close-up", "ordinary")

    image = admit(room, b"picture 1", filing).image

    assert (image.patient, image.encounter) == (visit.patient, visit.id)
    assert (image.body_site, image.laterality, image.view) == (
        "70559009",
        Laterality.LEFT,
        View.CLOSE_UP,
    )


def test_the_same_bytes_are_stored_once(room):
    visit = room.visit()
    first = room.take(visit)

    second = admit(room, b"picture 1", Filing(visit.patient, visit.id))

    assert (second.status, second.image.id, second.other_patient) == (
        Status.DUPLICATE,
        first.id,
        False,
    )


def test_a_duplicate_under_another_patient_is_said(room):
    room.take(room.visit())
    other = room.visit(room.patient(given="Chidi"))

    again = admit(room, b"picture 1", Filing(other.patient, other.id))

    assert (again.status, again.other_patient) == (Status.DUPLICATE, True)


def test_a_duplicate_from_quarantine_joins_the_visit(room):
    patient = room.patient()
    waiting = admit(room, b"picture 1", Filing(patient)).image
    visit = room.visit(patient)

    again = admit(room, b"picture 1", Filing(patient, visit.id))

    assert waiting.in_quarantine
    assert (again.image.id, again.image.encounter) == (waiting.id, visit.id)


def test_a_discarded_picture_may_come_again(room):
    patient = room.patient()
    visit = room.visit(patient)
    gone = room.take(visit)
    encounters.abandon(room.uow(), room.desk, visit.id, keep_pictures=False)

    again = admit(room, b"picture 1", Filing(patient))

    assert again.status is Status.STORED
    assert again.image.id != gone.id


def test_refused_bytes_leave_only_their_hash_in_the_trail(room):
    arrival = Arrival(b"no such thing", ImageSource.FILE, ".jpg")

    with pytest.raises(KnownError) as refused:
        intake.examine(room.pictures, arrival)
    intake.note_refusal(room.uow(), room.desk, arrival, refused.value)

    assert room.actions()[0] is Action.IMAGE_REFUSED


def test_pictures_need_an_agreed_open_visit_of_their_patient(room):
    visit = room.visit()
    stranger = room.patient(given="Chidi")

    with pytest.raises(NotCapturingError):
        admit(room, b"picture 1", Filing(stranger, visit.id))
    unsettled = encounters.begin(room.uow(), room.desk, stranger)
    with pytest.raises(NotCapturingError):
        admit(room, b"picture 1", Filing(stranger, unsettled.id))


def test_bytes_that_change_on_the_way_in_are_not_kept(room, monkeypatch):
    visit = room.visit()
    monkeypatch.setattr(FakeBlobs, "put", lambda *_: "0" * 64)

    with pytest.raises(ChangedInTransitError):
        admit(room, b"picture 1", Filing(visit.patient, visit.id))

    assert room.read(lambda records: list(records.images.all())) == []


def test_readers_take_no_pictures(room):
    visit = room.visit()

    with pytest.raises(NotPermittedError):
        intake.admit(
            room.uow(),
            room.as_role(Role.READER),
            examined(room),
            Filing(visit.patient, visit.id),
        )


def test_descriptions_are_corrected_with_history(room):
    image = room.take(room.visit())
    said = {ImageFactKind.LATERALITY: "L", ImageFactKind.BODY_SITE: "70559009"}
    intake.describe(room.uow(), room.desk, image.id, said)

    corrected = intake.describe(
        room.uow(), room.desk, image.id, {ImageFactKind.LATERALITY: "R"}, reason="was mirrored"
    )

    assert corrected.laterality is Laterality.RIGHT
    sides = [f.value for f in corrected.facts if f.kind is ImageFactKind.LATERALITY]
    assert sides == ["L", "R"]


def test_saying_the_same_again_records_nothing(room):
    image = room.take(room.visit())
    said = {ImageFactKind.VIEW: "context"}
    intake.describe(room.uow(), room.desk, image.id, said)
    before = room.actions()

    intake.describe(room.uow(), room.desk, image.id, said)

    assert room.actions() == before


def test_an_unknown_picture_is_said(room):
    with pytest.raises(NoSuchImageError):
        intake.describe(room.uow(), room.desk, ImageId("x"), {ImageFactKind.VIEW: "context"})


def test_refiling_moves_a_picture_and_voids_what_was_asked(room):
    image = room.take(room.visit())
    right = room.patient(given="Chidi")

    moved = intake.refile(
        room.uow(), room.desk, image.id, to=right, encounter=None, reason="wrong wristband"
    )

    assert (moved.patient, moved.in_quarantine) == (right, True)
    history = room.read(lambda records: records.consents.history((right,)))
    assert [fact.image for fact in history] == [image.id]


def test_refiling_needs_a_reason_and_the_right(room):
    image = room.take(room.visit())
    to = room.patient(given="Chidi")

    with pytest.raises(ReasonMissingError):
        intake.refile(room.uow(), room.desk, image.id, to=to, encounter=None, reason=" ")
    with pytest.raises(NotPermittedError):
        intake.refile(
            room.uow(),
            room.as_role(Role.PHOTOGRAPHER),
            image.id,
            to=to,
            encounter=None,
            reason="x",
        )


def test_a_waiting_picture_is_assigned_to_a_visit_of_its_patient(room):
    patient = room.patient()
    waiting = admit(room, b"picture 1", Filing(patient)).image
    visit = room.visit(patient)
    other = room.visit(room.patient(given="Chidi"))

    with pytest.raises(NotCapturingError):
        intake.assign(room.uow(), room.desk, waiting.id, encounter=other.id)
    assigned = intake.assign(room.uow(), room.desk, waiting.id, encounter=visit.id)

    assert assigned.encounter == visit.id
    with pytest.raises(NotCapturingError):
        intake.assign(room.uow(), room.desk, waiting.id, encounter=visit.id)


def test_a_retake_supersedes_and_can_be_undone(room):
    image = room.take(room.visit())

    marked = intake.set_state(room.uow(), room.desk, image.id, ImageState.SUPERSEDED)
    undone = intake.set_state(room.uow(), room.desk, image.id, ImageState.KEPT)
    again = intake.set_state(room.uow(), room.desk, image.id, ImageState.KEPT)

    assert (marked.state, undone.state) == (ImageState.SUPERSEDED, ImageState.KEPT)
    assert again == undone
