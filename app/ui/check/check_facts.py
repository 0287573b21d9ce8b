"""What the check reads from the vault at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.clinical_image import FiledImage, kept
from app.domain.encounter import Encounter
from app.domain.ids import ImageId
from app.services import checking, sight
from app.services.checking import CheckedPicture
from app.services.ports import Desk, Records
from app.ui.check.geometry import Whole


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """Today's kept pictures.

    Attributes:
        pictures: In the order of arrival, each with the rendition in use.
        thumbnails: Small JPEGs of our own, of those that are open to who checks.
    """

    pictures: tuple[CheckedPicture, ...]
    thumbnails: Mapping[ImageId, bytes]


def gather(records: Records, desk: Desk, visit: Encounter) -> CheckFacts:
    """Everything that is to be checked in a visit."""
    images = kept(records.images.of_encounter(visit.id))
    return CheckFacts(
        tuple(checking.as_checked(records, filed) for filed in images),
        dict(sight.thumbnails(records, desk, [filed.id for filed in images])),
    )


def whole_of(filed: FiledImage) -> Whole:
    """The size of the upright original."""
    return Whole(filed.image.width_px, filed.image.height_px)
