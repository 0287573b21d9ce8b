"""The check before the patient sees a picture: covers, crop, findings, who may be recognised."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.audit import Action
from app.domain.clinical_image import FiledImage, ImageState
from app.domain.ids import BlobId, FactId, ImageId, RenditionId
from app.domain.picture import EncodedPicture, MetadataFinding
from app.domain.rendition import (
    Assessment,
    Edits,
    Identifiable,
    Rendition,
    Resolution,
    SettledFinding,
)
from app.domain.staff import Right
from app.errors import KnownError
from app.services.ports import Desk, Pictures, Records, UnitOfWork
from app.services.sight import require_sight


class NoSuchRenditionError(KnownError):
    """An id that no rendition has."""

    code = "SESSION-010"
    message = "There is no such version of a picture in this vault."
    advice = "Go back to the check and choose the picture again."


class PictureGoneError(KnownError):
    """The picture was discarded."""

    code = "SESSION-011"
    message = "This picture was discarded; only the note that it existed is left."
    advice = "Take or import it again if it is needed."


@dataclass(frozen=True, slots=True)
class CheckedPicture:
    """A picture with the rendition in use and what was said of it."""

    filed: FiledImage
    rendition: Rendition | None
    assessment: Assessment | None

    @property
    def checked(self) -> bool:
        """Whether it may be shown to the patient."""
        return self.rendition is not None and self.assessment is not None


def draw(pictures: Pictures, original: bytes, edits: Edits) -> EncodedPicture:
    """Make the encoded rendition; belongs on a work lane.

    Raises:
        KnownError: Area IMAGE: the original cannot be decoded any more.
    """
    return pictures.render(original, edits)


def original_of(records: Records, desk: Desk, image: ImageId) -> bytes:
    """The bytes as they came.

    Raises:
        PictureGoneError: It was discarded, or does not exist.
        ProtectedPictureError: It is protected, and not open to the person at this desk.
    """
    desk.staff.require(Right.READ)
    found = records.images.get(image)
    if found is None or found.state is ImageState.DISCARDED:
        raise PictureGoneError
    require_sight(records, desk, found)
    return records.blobs.read(found.image.original)


def picture_of(records: Records, desk: Desk, rendition: RenditionId) -> bytes:
    """The encoded bytes of a rendition.

    Raises:
        NoSuchRenditionError: There is none.
        PictureGoneError: Its image was discarded.
        ProtectedPictureError: It is protected, and not open to the person at this desk.
    """
    desk.staff.require(Right.READ)
    found = records.images.rendition(rendition)
    if found is None:
        raise NoSuchRenditionError
    filed = records.images.get(found.image)
    if filed is None or filed.state is ImageState.DISCARDED:
        raise PictureGoneError
    require_sight(records, desk, filed)
    return records.blobs.read(found.blob)


def keep_rendition(
    uow: UnitOfWork, desk: Desk, image: ImageId, edits: Edits, drawn: EncodedPicture
) -> Rendition:
    """Store what was drawn; the same edits twice give the rendition that is there already."""
    desk.staff.require(Right.CAPTURE)
    with uow:
        found = uow.images.get(image)
        if found is None or found.state is ImageState.DISCARDED:
            raise PictureGoneError
        require_sight(uow, desk, found)
        made = uow.images.renditions(image)
        if made and made[-1].edits == edits:
            return made[-1]
        blob = BlobId(desk.clock.new_id())
        sha256 = uow.blobs.put(blob, drawn.data)
        rendition = Rendition(
            id=RenditionId(desk.clock.new_id()),
            image=image,
            edits=edits,
            sha256=sha256,
            blob=blob,
            media_type=drawn.media_type,
            width_px=drawn.width_px,
            height_px=drawn.height_px,
            stamp=desk.stamp(),
        )
        uow.images.add_rendition(rendition)
        uow.record(
            desk.event(
                Action.RENDITION_MADE,
                found.patient,
                image=image,
                rendition=rendition.id,
                sha256=sha256,
                covers=len(edits.covers),
            )
        )
        uow.commit()
    return rendition


def assess(
    uow: UnitOfWork,
    desk: Desk,
    rendition: RenditionId,
    identifiable: Identifiable,
    findings: tuple[SettledFinding, ...],
) -> Assessment:
    """Record whether the person may be recognised, and the answer to each finding."""
    desk.staff.require(Right.CAPTURE)
    with uow:
        found = uow.images.rendition(rendition)
        if found is None:
            raise NoSuchRenditionError
        filed = uow.images.get(found.image)
        assessment = Assessment(
            FactId(desk.clock.new_id()), rendition, identifiable, findings, desk.stamp()
        )
        uow.images.add_assessment(assessment)
        uow.record(
            desk.event(
                Action.IMAGE_CHECKED,
                filed.patient if filed else None,
                rendition=rendition,
                identifiable=identifiable.value,
                findings=len(findings),
            )
        )
        uow.commit()
    return assessment


def as_checked(records: Records, filed: FiledImage) -> CheckedPicture:
    """A picture with its rendition in use and the newest assessment of that."""
    made = records.images.renditions(filed.id)
    rendition = made[-1] if made else None
    assessment = records.images.assessment(rendition.id) if rendition else None
    return CheckedPicture(filed, rendition, assessment)


def stripped(findings: tuple[MetadataFinding, ...]) -> tuple[SettledFinding, ...]:
    """Findings in metadata settle themselves: a rendition carries none."""
    return tuple(
        SettledFinding(f"{finding.kind}/{finding.label}", Resolution.STRIPPED)
        for finding in findings
    )
