"""The original of a photograph for a named recipient; administrators only."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.audit import Action
from app.domain.clinical_image import FiledImage, ImageState
from app.domain.disclosure import OriginalExtract, extract_original
from app.domain.ids import ImageId
from app.domain.staff import Right
from app.errors import KnownError
from app.services.ports import Desk, UnitOfWork
from app.services.sight import require_sight


class NothingToExtractError(KnownError):
    """The picture does not exist or was discarded."""

    code = "SESSION-021"
    message = "There is no such picture, or it was discarded."
    advice = "Check the id with “clinigraph list images”."


class ExtractNotJustifiedError(KnownError):
    """No reason or no recipient."""

    code = "SESSION-022"
    message = "An extract of an original needs a reason and a recipient."
    advice = "Give both; they are kept in the vault."


@dataclass(frozen=True, slots=True)
class Extract:
    """Bytes that may leave, with what lets them."""

    disclosure: OriginalExtract
    image: FiledImage
    data: bytes


def extract(uow: UnitOfWork, desk: Desk, image: ImageId, *, reason: str, recipient: str) -> Extract:
    """The bytes of a photograph as they came; the record is written before they are given out.

    Raises:
        NotPermittedError: The role does not include extracts.
        NothingToExtractError: There is no such picture.
        ProtectedPictureError: It is protected, and not open to the person at this desk.
        ExtractNotJustifiedError: No reason or no recipient.
    """
    desk.staff.require(Right.EXTRACT_ORIGINAL)
    if not reason.strip() or not recipient.strip():
        raise ExtractNotJustifiedError
    disclosure = extract_original(
        desk.staff, image, reason=reason, recipient=recipient, stamp=desk.stamp()
    )
    with uow:
        found = uow.images.get(image)
        if found is None or found.state is ImageState.DISCARDED:
            raise NothingToExtractError
        require_sight(uow, desk, found)
        data = uow.blobs.read(found.image.original)
        uow.disclosures.add(disclosure)
        uow.record(
            desk.event(
                Action.ORIGINAL_EXTRACTED,
                found.patient,
                image=image,
                sha256=found.image.sha256,
            )
        )
        uow.commit()
    return Extract(disclosure, found, data)
