"""Taking pictures in, describing them, and putting right where they were filed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from app.domain.audit import Action
from app.domain.clinical_image import (
    ClinicalImage,
    FiledImage,
    ImageFact,
    ImageFactKind,
    ImageSource,
    ImageState,
)
from app.domain.consent import Refiling
from app.domain.encounter import CareRecord
from app.domain.fingerprint import fingerprint
from app.domain.ids import BlobId, EncounterId, FactId, ImageId, PatientId, Sha256
from app.domain.picture import Inspection
from app.domain.protection import is_protected
from app.domain.staff import Right
from app.errors import KnownError
from app.services.ports import Desk, Pictures, Records, UnitOfWork
from app.services.sight import ProtectedPictureError, is_named, require_sight


class NoSuchImageError(KnownError):
    """An id that no picture has."""

    code = "SESSION-006"
    message = "There is no such picture in this vault."
    advice = "Refresh the page; check the id with “clinigraph list images”."


class NotCapturingError(KnownError):
    """The session does not take pictures now."""

    code = "SESSION-007"
    message = "This session does not take pictures."
    advice = (
        "Pictures are taken once the patient has agreed to the care record, before it is closed."
    )


class ChangedInTransitError(KnownError):
    """The stored bytes are not the bytes that came."""

    code = "SESSION-008"
    message = "The stored copy of a picture differs from what came in; nothing was kept of it."
    advice = "Import it again. If it happens twice, have the computer's memory and disk checked."


class ReasonMissingError(KnownError):
    """A correction without a reason."""

    code = "SESSION-009"
    message = "A correction needs a reason."
    advice = "Say in a few words what was wrong."


@dataclass(frozen=True, slots=True)
class Arrival:
    """Bytes that came from somewhere.

    Attributes:
        data: Untrusted.
        source: How they came.
        declared_extension: Of the file's name, with dot; the name itself is not kept.
    """

    data: bytes
    source: ImageSource
    declared_extension: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """An arrival that the decoder has looked at."""

    arrival: Arrival
    sha256: Sha256
    inspection: Inspection


@dataclass(frozen=True, slots=True)
class Filing:
    """Where a picture goes: to a visit, or to the quarantine of a patient.

    Attributes:
        encounter: None for the quarantine tray.
        body_site: Code; empty when not said.
    """

    patient: PatientId
    encounter: EncounterId | None = None
    body_site: str = ""
    laterality: str = ""
    view: str = ""
    sensitivity: str = ""


class Status(StrEnum):
    """What became of an arrival that was not refused."""

    STORED = "stored"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Admission:
    """The outcome of one arrival.

    Attributes:
        image: The picture, also when it was there before.
        other_patient: Whether the picture that was there before is filed under somebody else.
    """

    status: Status
    image: FiledImage
    other_patient: bool = False


def examine(pictures: Pictures, arrival: Arrival) -> Examined:
    """Let the decoder look at an arrival; belongs on a work lane.

    Raises:
        KnownError: Area IMAGE: the bytes are refused.
    """
    sha256 = Sha256(hashlib.sha256(arrival.data).hexdigest())
    inspection = pictures.inspect(arrival.data, declared_extension=arrival.declared_extension)
    return Examined(arrival, sha256, inspection)


def admit(uow: UnitOfWork, desk: Desk, examined: Examined, filing: Filing) -> Admission:
    """Store a picture, or recognise it as one that is there already.

    Raises:
        NotCapturingError: The visit takes no pictures.
        ChangedInTransitError: What was stored is not what came.
    """
    desk.staff.require(Right.CAPTURE)
    with uow:
        _check_filing(uow, filing)
        there = _there_already(uow, examined.sha256)
        if there is not None:
            return _recognise(uow, desk, there, filing)
        image = _store(uow, desk, examined)
        facts = _first_facts(desk, image.id, filing)
        uow.images.add(image, facts)
        uow.record(
            desk.event(
                Action.IMAGE_ADMITTED,
                filing.patient,
                image=image.id,
                sha256=image.sha256,
                bytes=image.byte_count,
                source=image.source.value,
                quarantine=filing.encounter is None,
            )
        )
        uow.commit()
    return Admission(Status.STORED, FiledImage(image, facts))


def note_refusal(uow: UnitOfWork, desk: Desk, arrival: Arrival, error: KnownError) -> None:
    """Record that an arrival was refused; nothing of it is kept but its hash and size."""
    desk.staff.require(Right.CAPTURE)
    with uow:
        uow.record(
            desk.failure(
                Action.IMAGE_REFUSED,
                code=error.code,
                sha256=hashlib.sha256(arrival.data).hexdigest(),
                bytes=len(arrival.data),
                source=arrival.source.value,
            )
        )
        uow.commit()


def describe(
    uow: UnitOfWork,
    desk: Desk,
    image: ImageId,
    said: dict[ImageFactKind, str],
    *,
    reason: str = "",
) -> FiledImage:
    """Say or correct body site, laterality, view or sensitivity; earlier words stay in history.

    Raises:
        ProtectedPictureError: It is protected and not open to the person at this desk; that it is
            protected is taken back by people who are named only, not by a broken glass.
    """
    desk.staff.require(Right.CAPTURE)
    allowed = {
        ImageFactKind.BODY_SITE,
        ImageFactKind.LATERALITY,
        ImageFactKind.VIEW,
        ImageFactKind.SENSITIVITY,
    }
    assert said.keys() <= allowed
    with uow:
        found = known(uow, image)
        require_sight(uow, desk, found)
        changed = {kind: value for kind, value in said.items() if found.latest(kind) != value}
        if not changed:
            return found
        if ImageFactKind.SENSITIVITY in changed:
            _require_own(uow, desk, found)
        for kind, value in changed.items():
            uow.images.add_fact(_fact(desk, image, kind, value, reason))
        uow.record(
            desk.event(
                Action.IMAGE_DESCRIBED,
                found.patient,
                image=image,
                said=",".join(sorted(changed)),
            )
        )
        uow.commit()
        return known(uow, image)


def refile(
    uow: UnitOfWork,
    desk: Desk,
    image: ImageId,
    *,
    to: PatientId,
    encounter: EncounterId | None,
    reason: str,
) -> FiledImage:
    """Move a picture to the right patient; every consent given for it until now is void.

    Args:
        encounter: The visit of the right patient; None leaves it in that patient's quarantine.

    Raises:
        ProtectedPictureError: It is protected and not open to the person at this desk.
    """
    desk.staff.require(Right.CORRECT_FILING)
    if not reason.strip():
        raise ReasonMissingError
    with uow:
        found = known(uow, image)
        require_sight(uow, desk, found)
        _check_filing(uow, Filing(to, encounter))
        was = found.patient
        refiling = Refiling(FactId(desk.clock.new_id()), image, was, to, desk.stamp(), reason)
        uow.images.add_fact(_fact(desk, image, ImageFactKind.PATIENT, to, reason))
        uow.images.add_fact(_fact(desk, image, ImageFactKind.ENCOUNTER, encounter or "", reason))
        uow.consents.add(refiling)
        uow.record(
            desk.event(
                Action.IMAGE_REFILED,
                to,
                image=image,
                refiling=refiling.id,
                record=fingerprint(refiling),
            )
        )
        if was is not None:
            uow.record(desk.event(Action.IMAGE_REFILED, was, image=image, away=True))
        uow.commit()
        return known(uow, image)


def assign(uow: UnitOfWork, desk: Desk, image: ImageId, *, encounter: EncounterId) -> FiledImage:
    """Take a picture out of the quarantine into a visit of its patient.

    Raises:
        NotCapturingError: The visit is another patient's, or takes no pictures.
        ProtectedPictureError: It is protected and not open to the person at this desk.
    """
    desk.staff.require(Right.CAPTURE)
    with uow:
        found = known(uow, image)
        if found.patient is None or not found.in_quarantine:
            raise NotCapturingError
        require_sight(uow, desk, found)
        _check_filing(uow, Filing(found.patient, encounter))
        uow.images.add_fact(_fact(desk, image, ImageFactKind.ENCOUNTER, encounter))
        uow.record(
            desk.event(Action.IMAGE_ASSIGNED, found.patient, image=image, encounter=encounter)
        )
        uow.commit()
        return known(uow, image)


def set_state(uow: UnitOfWork, desk: Desk, image: ImageId, state: ImageState) -> FiledImage:
    """Mark a picture as superseded by a retake, or take that back; nothing is deleted."""
    desk.staff.require(Right.CAPTURE)
    assert state is not ImageState.DISCARDED, "discarding belongs to the end of a visit"
    with uow:
        found = known(uow, image)
        if found.state in {state, ImageState.DISCARDED}:
            return found
        uow.images.add_fact(_fact(desk, image, ImageFactKind.STATE, state))
        uow.record(
            desk.event(Action.IMAGE_STATE_CHANGED, found.patient, image=image, state=state.value)
        )
        uow.commit()
        return known(uow, image)


def known(records: Records, image: ImageId) -> FiledImage:
    """The picture.

    Raises:
        NoSuchImageError: There is no such picture.
    """
    found = records.images.get(image)
    if found is None:
        raise NoSuchImageError
    return found


def _require_own(records: Records, desk: Desk, filed: FiledImage) -> None:
    if is_protected(filed) and not is_named(records, desk, filed):
        raise ProtectedPictureError


def _check_filing(records: Records, filing: Filing) -> None:
    if filing.encounter is None:
        return
    encounter = records.encounters.get(filing.encounter)
    links = records.patients.links()
    if (
        encounter is None
        or not encounter.open
        or encounter.before is None
        or encounter.before.care_record is not CareRecord.AGREED
        or not links.same(encounter.patient, filing.patient)
    ):
        raise NotCapturingError


def _there_already(records: Records, sha256: Sha256) -> FiledImage | None:
    same = records.images.with_sha256(sha256)
    return next((image for image in same if image.state is not ImageState.DISCARDED), None)


def _recognise(uow: UnitOfWork, desk: Desk, there: FiledImage, filing: Filing) -> Admission:
    links = uow.patients.links()
    other = there.patient is None or not links.same(there.patient, filing.patient)
    if not other and there.in_quarantine and filing.encounter is not None:
        uow.images.add_fact(_fact(desk, there.id, ImageFactKind.ENCOUNTER, filing.encounter))
    uow.record(
        desk.event(Action.IMAGE_DUPLICATE, filing.patient, image=there.id, other_patient=other)
    )
    uow.commit()
    return Admission(Status.DUPLICATE, known(uow, there.id), other)


def _store(uow: UnitOfWork, desk: Desk, examined: Examined) -> ClinicalImage:
    seen, arrival = examined.inspection, examined.arrival
    original, thumbnail = BlobId(desk.clock.new_id()), BlobId(desk.clock.new_id())
    if uow.blobs.put(original, arrival.data) != examined.sha256:
        raise ChangedInTransitError
    uow.blobs.put(thumbnail, seen.thumbnail)
    return ClinicalImage(
        id=ImageId(desk.clock.new_id()),
        sha256=examined.sha256,
        byte_count=len(arrival.data),
        media_type=seen.media_type,
        extension=seen.extension,
        width_px=seen.width_px,
        height_px=seen.height_px,
        source=arrival.source,
        camera_time=seen.camera_time,
        camera_offset_min=seen.camera_offset_min,
        camera_model=seen.camera_model,
        received=desk.stamp(),
        original=original,
        thumbnail=thumbnail,
        findings=seen.findings,
        warnings=seen.warnings,
    )


def _first_facts(desk: Desk, image: ImageId, filing: Filing) -> tuple[ImageFact, ...]:
    said = {
        ImageFactKind.PATIENT: filing.patient,
        ImageFactKind.ENCOUNTER: filing.encounter or "",
        ImageFactKind.BODY_SITE: filing.body_site,
        ImageFactKind.LATERALITY: filing.laterality,
        ImageFactKind.VIEW: filing.view,
        ImageFactKind.SENSITIVITY: filing.sensitivity,
    }
    return tuple(_fact(desk, image, kind, value) for kind, value in said.items() if value)


def _fact(
    desk: Desk, image: ImageId, kind: ImageFactKind, value: str, reason: str = ""
) -> ImageFact:
    return ImageFact(FactId(desk.clock.new_id()), image, kind, str(value), desk.stamp(), reason)
