"""Who may see a protected picture: every service that hands out pixels asks here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.audit import Action
from app.domain.clinical_image import FiledImage, ImageFact, ImageFactKind, ImageState
from app.domain.document import StoredDocument
from app.domain.encounter import Encounter
from app.domain.ids import FactId, ImageId, PatientId, StaffId
from app.domain.protection import (
    GLASS_OPEN,
    LEAST_REASON,
    GlassBroken,
    GlassReason,
    is_protected,
    made_in,
    makers,
    still_open,
    veiled,
    viewers,
)
from app.domain.staff import Right, Staff
from app.errors import KnownError
from app.services.ports import Desk, Records, UnitOfWork


class ProtectedPictureError(KnownError):
    """A protected picture, and somebody who is not named for it."""

    code = "SIGHT-001"
    message = "This picture is protected, and you are not named for it."
    advice = "Ask the privacy officer to name you, or open it with a reason on the patient's page."


class ReasonTooShortError(KnownError):
    """Nobody could understand the reason later."""

    code = "SIGHT-002"
    message = "The reason has to be told in a few words: at least {letters} letters."
    advice = "Say what you need to see and what for; the privacy officer reads it."


class NamesThemselvesError(KnownError):
    """The person who names others wanted to be named."""

    code = "SIGHT-003"
    message = "Nobody names themselves for a protected picture."
    advice = "Ask another privacy officer."


class NobodyToNameError(KnownError):
    """The person is not there, or was disabled."""

    code = "SIGHT-004"
    message = "This person cannot be named: they are not an active member of staff."
    advice = "Choose somebody from the list; an administrator adds people in Settings."


@dataclass(frozen=True, slots=True)
class Viewers:
    """Who may see one protected picture.

    Attributes:
        makers: Who may because they took it or led the visit.
        named: Who may because they were named.
        removed: Makers to whom it was closed.
    """

    makers: tuple[Staff, ...]
    named: tuple[Staff, ...]
    removed: tuple[Staff, ...]


def may_see(records: Records, desk: Desk, filed: FiledImage) -> bool:
    """Whether the picture is open to the person at this desk now."""
    if not desk.staff.may(Right.READ):
        return False
    if not is_protected(filed) or is_named(records, desk, filed):
        return True
    return filed.patient is not None and glass(records, desk, filed.patient) is not None


def is_named(records: Records, desk: Desk, filed: FiledImage) -> bool:
    """Whether a protected picture is open to the person for good, without breaking glass."""
    return desk.staff.active and desk.staff.id in viewers(filed, _visit(records, filed))


def require_sight(records: Records, desk: Desk, filed: FiledImage) -> None:
    """Stop everybody to whom the picture is not open.

    Raises:
        NotPermittedError: The role sees no pictures.
        ProtectedPictureError: It is protected.
    """
    desk.staff.require(Right.READ)
    if not may_see(records, desk, filed):
        raise ProtectedPictureError


def require_sight_of_paper(records: Records, desk: Desk, document: StoredDocument) -> None:
    """Stop everybody to whom one of the pictures on a paper is not open.

    Raises:
        NotPermittedError: The role sees no papers.
        ProtectedPictureError: A patient's copy shows the pictures that it speaks of.
    """
    desk.staff.require(Right.READ)
    consent = records.consents.get(document.consent) if document.consent else None
    on_it = (records.images.get(answer.image) for answer in (consent.answers if consent else ()))
    for filed in filter(None, on_it):
        require_sight(records, desk, filed)


def glass(records: Records, desk: Desk, patient: PatientId) -> GlassBroken | None:
    """What this person broke for this patient and is open still."""
    if not desk.staff.may(Right.BREAK_GLASS):
        return None
    now, links = desk.clock.now(), records.patients.links()
    broken = records.people.broken(now - GLASS_OPEN)
    return still_open((g for g in broken if links.same(g.patient, patient)), desk.staff.id, now)


def closed(records: Records, desk: Desk, images: Iterable[FiledImage]) -> frozenset[ImageId]:
    """Those of the pictures that are not open to this person: they may only be counted."""
    return frozenset(filed.id for filed in images if not may_see(records, desk, filed))


def shown(
    records: Records, desk: Desk, images: Iterable[FiledImage]
) -> tuple[tuple[FiledImage, ...], frozenset[ImageId]]:
    """The pictures as this person may know of them, and the ids of those that are closed."""
    every = tuple(images)
    hidden = closed(records, desk, every)
    return tuple(veiled(filed) if filed.id in hidden else filed for filed in every), hidden


def thumbnails(
    records: Records, desk: Desk, images: Iterable[ImageId]
) -> tuple[tuple[ImageId, bytes], ...]:
    """The small versions of those pictures that are open to this person and are still there."""
    desk.staff.require(Right.READ)
    found = (records.images.get(image) for image in images)
    return tuple(
        (filed.id, records.blobs.read(filed.image.thumbnail))
        for filed in found
        if filed is not None and filed.state is not ImageState.DISCARDED
        if may_see(records, desk, filed)
    )


def who_may_see(records: Records, desk: Desk, image: ImageId) -> Viewers:
    """The people to whom a protected picture is open, for the one who names them."""
    desk.staff.require(Right.NAME_VIEWERS)
    filed = _known(records, image)
    visit = _visit(records, filed)
    made, allowed = makers(filed, visit), viewers(filed, visit)
    people = {staff.id: staff for staff in records.people.all_staff()}

    def sorted_out(ids: Iterable[StaffId]) -> tuple[Staff, ...]:
        wanted = set(ids)
        return tuple(staff for key, staff in people.items() if key in wanted)

    return Viewers(
        sorted_out(made & allowed), sorted_out(allowed - made), sorted_out(made - allowed)
    )


def name_viewer(
    uow: UnitOfWork, desk: Desk, images: Sequence[ImageId], who: StaffId, *, reason: str
) -> None:
    """Open protected pictures to one person, until that is taken back.

    Raises:
        NamesThemselvesError: It is the person at this desk.
        NobodyToNameError: There is no such active member of staff.
        ReasonTooShortError: No reason that could be understood later.
    """
    desk.staff.require(Right.NAME_VIEWERS)
    if who == desk.staff.id:
        raise NamesThemselvesError
    with uow:
        person = uow.people.staff(who)
        if person is None or not person.active:
            raise NobodyToNameError
        _say_of_viewer(uow, desk, images, who, ImageFactKind.VIEWER_NAMED, reason)


def remove_viewer(
    uow: UnitOfWork, desk: Desk, images: Sequence[ImageId], who: StaffId, *, reason: str
) -> None:
    """Close protected pictures to one person, also to one who took them.

    Raises:
        ReasonTooShortError: No reason that could be understood later.
    """
    desk.staff.require(Right.NAME_VIEWERS)
    with uow:
        _say_of_viewer(uow, desk, images, who, ImageFactKind.VIEWER_REMOVED, reason)


def break_glass(
    uow: UnitOfWork, desk: Desk, patient: PatientId, why: GlassReason, text: str
) -> GlassBroken:
    """Open the protected pictures of one patient to the person at this desk for half an hour.

    The reason's class is in the audit trail; its words are kept beside it in the vault.

    Raises:
        ReasonTooShortError: No reason that could be understood later.
    """
    desk.staff.require(Right.BREAK_GLASS)
    said = _reason(text)
    with uow:
        survivor = uow.patients.links().survivor(patient)
        broken = GlassBroken(FactId(desk.clock.new_id()), survivor, why, said, desk.stamp())
        uow.people.add_broken(broken)
        uow.record(
            desk.event(Action.GLASS_BROKEN, survivor, glass=broken.id, reason=broken.reason.value)
        )
        uow.commit()
    return broken


def broken_since(records: Records, desk: Desk, since: datetime) -> tuple[GlassBroken, ...]:
    """What was opened with a reason, newest first; for the one who answers for it."""
    desk.staff.require(Right.NAME_VIEWERS)
    return records.people.broken(since)


def _say_of_viewer(
    uow: UnitOfWork,
    desk: Desk,
    images: Sequence[ImageId],
    who: StaffId,
    kind: ImageFactKind,
    reason: str,
) -> None:
    said = _reason(reason)
    action = {
        ImageFactKind.VIEWER_NAMED: Action.VIEWER_NAMED,
        ImageFactKind.VIEWER_REMOVED: Action.VIEWER_REMOVED,
    }[kind]
    for image in images:
        filed = _known(uow, image)
        fact = ImageFact(FactId(desk.clock.new_id()), image, kind, who, desk.stamp(), said)
        uow.images.add_fact(fact)
        uow.record(desk.event(action, filed.patient, image=image, viewer=who))
    uow.commit()


def _reason(text: str) -> str:
    said = " ".join(text.split())
    if len(said) < LEAST_REASON:
        raise ReasonTooShortError(letters=LEAST_REASON)
    return said


def _known(records: Records, image: ImageId) -> FiledImage:
    found = records.images.get(image)
    if found is None:
        raise ProtectedPictureError
    return found


def _visit(records: Records, filed: FiledImage) -> Encounter | None:
    visit = made_in(filed)
    return records.encounters.get(visit) if visit is not None else None
