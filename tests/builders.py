"""Builders of domain values for tests: each gives something valid, and takes what matters."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

from app.domain.clinical_image import (
    ClinicalImage,
    FiledImage,
    ImageFact,
    ImageFactKind,
    ImageSource,
)
from app.domain.consent import (
    Answer,
    Attestation,
    AttestationKind,
    Consent,
    Decision,
    Ink,
    Refiling,
    Shown,
    ShownRendition,
    Signature,
    SignerRole,
    StrokePoint,
    Withdrawal,
)
from app.domain.encounter import (
    BeforeCamera,
    Capacity,
    CareRecord,
    Consenter,
    ConsenterKind,
)
from app.domain.ids import (
    BlobId,
    ConsentId,
    EncounterId,
    FactId,
    ImageId,
    PatientId,
    RenditionId,
    Sha256,
    StaffId,
    UseId,
    WithdrawalId,
    WorkstationId,
    uuid7,
)
from app.domain.patient import Demographics, PatientIdentifier, Sex
from app.domain.rendition import Edits, Identifiable, Rendition
from app.domain.stamp import Stamp
from app.domain.standing import Picture

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
TEACHING = UseId("teaching-local")
PUBLICATION = UseId("publication")
COLLEAGUE = UseId("colleague-advice")
_numbers = itertools.count(1)


def an_id() -> str:
    """A fresh UUIDv7."""
    n = next(_numbers)
    return uuid7(1_795_000_000_000 + n, n.to_bytes(10, "big"))


def a_stamp(*, minutes: int = 0) -> Stamp:
    return Stamp(NOON + timedelta(minutes=minutes), StaffId("staff-1"), WorkstationId("ws-1"))


def a_patient_id() -> PatientId:
    return PatientId(an_id())


def demographics(
    family: str = "Okafor", given: str = "Amara", *, mrn: str = "", born: date | None = None
) -> Demographics:
    identifiers = (PatientIdentifier("MRN", mrn),) if mrn else ()
    return Demographics(
        family, given, born or date(1992, 3, 12), Sex.FEMALE, identifiers=identifiers
    )


def ink() -> Ink:
    stroke = tuple(StrokePoint(0.1 + i * 0.05, 0.1 + (i % 3) * 0.03, i * 16) for i in range(12))
    return Ink((stroke,), aspect=0.3)


def a_signature(
    role: SignerRole = SignerRole.CONSENTER,
    kind: AttestationKind = AttestationKind.INK,
    name: str = "Amara Okafor",
) -> Signature:
    drawn = ink() if kind in {AttestationKind.INK, AttestationKind.MARK} else None
    return Signature(role, name, kind, "I agree to the uses marked Yes", NOON, drawn)


def an_attestation(kind: AttestationKind = AttestationKind.INK) -> Attestation:
    signatures = [a_signature(SignerRole.CLINICIAN, name="Dr Ada Byrne")]
    if kind is not AttestationKind.SPOKEN:
        signatures.append(a_signature(kind=kind))
    if kind in {AttestationKind.SPOKEN, AttestationKind.MARK}:
        signatures.append(a_signature(SignerRole.WITNESS, name="Nurse Joy Mbeki"))
    return Attestation(kind, tuple(signatures))


def before_camera(care_record: CareRecord = CareRecord.AGREED) -> BeforeCamera:
    return BeforeCamera(
        Consenter(ConsenterKind.PATIENT, "Amara Okafor"), Capacity.ABLE, "en", care_record
    )


def a_picture(
    patient: PatientId, *, encounter: str | None = "visit", state: str = "", covered: bool = False
) -> Picture:
    image_id, facts = ImageId(an_id()), []
    said = {
        ImageFactKind.PATIENT: patient,
        ImageFactKind.ENCOUNTER: encounter or "",
        ImageFactKind.STATE: state,
    }
    for kind, value in said.items():
        if value:
            facts.append(ImageFact(FactId(an_id()), image_id, kind, value, a_stamp()))
    image = ClinicalImage(
        id=image_id,
        sha256=Sha256("a" * 64),
        byte_count=1000,
        media_type="image/jpeg",
        extension=".jpg",
        width_px=1200,
        height_px=900,
        source=ImageSource.FILE,
        camera_time=None,
        camera_offset_min=None,
        camera_model="",
        received=a_stamp(),
        original=BlobId(an_id()),
        thumbnail=BlobId(an_id()),
    )
    rendition = Rendition(
        id=RenditionId(an_id()),
        image=image_id,
        edits=Edits(quarter_turns=1) if covered else Edits(),
        sha256=Sha256(an_id().replace("-", "").ljust(64, "0")),
        blob=BlobId(an_id()),
        media_type="image/jpeg",
        width_px=1200,
        height_px=900,
        stamp=a_stamp(),
    )
    return Picture(rendition, FiledImage(image, tuple(facts)))


def an_answer(
    picture: Picture,
    use: UseId = TEACHING,
    decision: Decision = Decision.GRANTED,
    *,
    until: date | None = None,
    identifiable: Identifiable = Identifiable.NO,
    named: str = "",
) -> Answer:
    return Answer(
        picture.rendition.id,
        picture.filed.id,
        picture.rendition.sha256,
        use,
        decision,
        identifiable,
        until,
        named,
    )


def a_consent(
    patient: PatientId,
    *answers: Answer,
    attestation: Attestation | None = None,
    understood: bool = True,
) -> Consent:
    grants = any(a.decision is Decision.GRANTED for a in answers)
    seen = {a.rendition: a.sha256 for a in answers}
    return Consent(
        id=ConsentId(an_id()),
        patient=patient,
        encounter=EncounterId("visit"),
        consenter=Consenter(ConsenterKind.PATIENT, "Amara Okafor"),
        answers=answers,
        shown=Shown(
            form="clinical-photography",
            form_version=1,
            language="en",
            form_sha256=Sha256("f" * 64),
            texts=(),
            renditions=tuple(ShownRendition(r, s, NOON) for r, s in seen.items()),
            refusal_understood_at=NOON if understood else None,
        ),
        stamp=a_stamp(),
        attestation=attestation or (an_attestation() if grants else None),
    )


def a_withdrawal(
    patient: PatientId, *uses: UseId, others: tuple[PatientId, ...] = ()
) -> Withdrawal:
    return Withdrawal(
        id=WithdrawalId(an_id()),
        patient=patient,
        patients=frozenset({patient, *others}),
        uses=frozenset(uses),
        by_name="Amara Okafor",
        stamp=a_stamp(),
    )


def a_refiling(picture: Picture, was: PatientId, now: PatientId) -> Refiling:
    return Refiling(FactId(an_id()), picture.filed.id, was, now, a_stamp(), "wrong patient")
