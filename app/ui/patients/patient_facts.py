"""What the patient's page shows, read in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.clinical_image import FiledImage, ImageState, kept
from app.domain.consent import Consent
from app.domain.consent_draft import Asking
from app.domain.consent_form import Asked, ConsentForm, Use
from app.domain.document import CopyHandedOver, StoredDocument
from app.domain.encounter import Encounter
from app.domain.ids import ImageId, PatientId, StaffId, UseId
from app.domain.patient import Demographics, Patient
from app.domain.protection import GlassBroken
from app.domain.standing import BEST_FIRST, Picture, Standing, State, standing
from app.services import patients, sight
from app.services.form_library import FormLibrary
from app.services.ports import Desk, Records


@dataclass(frozen=True, slots=True)
class UseLine:
    """What stands for one use.

    Attributes:
        best: The best that stands for any picture.
        count: For how many pictures that stands.
        pictures: How many pictures there are, asked about or not.
    """

    use: Use
    best: Standing
    count: int
    pictures: int


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit, and whether its asking was put off."""

    visit: Encounter
    put_off: bool


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper and what became of its copies."""

    document: StoredDocument
    given: tuple[CopyHandedOver, ...]


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """Everything on the page.

    Attributes:
        shown: With the identifiers of every merged record.
        absorbed: Records that were merged into this one.
        closed: Pictures that are protected and not open to who looks: they are only counted.
        glass: What who looks opened with a reason, and until when; None when nothing is.
        staff: Names of everybody who ever worked here.
    """

    patient: Patient
    shown: Demographics
    absorbed: tuple[Patient, ...]
    uses: tuple[UseLine, ...]
    visits: tuple[VisitLine, ...]
    pictures: tuple[FiledImage, ...]
    papers: tuple[PaperLine, ...]
    staff: Mapping[StaffId, str]
    closed: frozenset[ImageId] = frozenset()
    glass: GlassBroken | None = None

    @property
    def granted(self) -> tuple[UseLine, ...]:
        """The uses for which a yes stands."""
        return tuple(line for line in self.uses if line.best.state is State.GRANTED)


def patient_facts(
    records: Records, desk: Desk, forms: FormLibrary, patient: PatientId
) -> PatientFacts:
    """Read the page of a patient, through every merged record."""
    found = patients.known(records, patient)
    everyone = patients.everyone(records, found.id)
    images, closed = sight.shown(records, desk, records.images.of_patients(everyone))
    absorbed = (records.patients.get(each) for each in everyone[1:])
    return PatientFacts(
        patient=found,
        shown=patients.shown_demographics(records, found.id),
        absorbed=tuple(each for each in absorbed if each is not None),
        uses=_uses(records, forms, everyone, images, desk.today()),
        visits=tuple(
            VisitLine(visit, _put_off(records, visit))
            for visit in records.encounters.of_patients(everyone)
        ),
        pictures=images,
        papers=tuple(
            PaperLine(document, records.documents.hand_overs(document.id))
            for document in records.documents.of_patients(everyone)
        ),
        staff={each.id: each.name for each in records.people.all_staff()},
        closed=closed,
        glass=sight.glass(records, desk, found.id),
    )


def _put_off(records: Records, visit: Encounter) -> bool:
    draft = records.encounters.draft(visit.id)
    return draft is not None and draft.state is Asking.NOT_NOW


def _uses(
    records: Records,
    forms: FormLibrary,
    everyone: tuple[PatientId, ...],
    images: tuple[FiledImage, ...],
    day: date,
) -> tuple[UseLine, ...]:
    history, links = records.consents.history(everyone), records.patients.links()
    consents = tuple(fact for fact in history if isinstance(fact, Consent))
    pictures = [
        Picture(rendition, filed)
        for filed in images
        if filed.state is not ImageState.DISCARDED
        for rendition in records.images.renditions(filed.id)
    ]
    lines = []
    for use in _ladder(forms, consents):
        stands: dict[ImageId, list[Standing]] = {}
        for picture in pictures:
            found = standing(picture, use.id, history, links, on=day)
            if found.state is not State.NEVER_ASKED:
                stands.setdefault(picture.filed.id, []).append(found)
        lines.append(_use_line(use, tuple(stands.values()), len(kept(images))))
    asked = any(line.best.state is not State.NEVER_ASKED for line in lines)
    return tuple(lines) if asked else ()


def _use_line(use: Use, stands: Sequence[Sequence[Standing]], pictures: int) -> UseLine:
    # A picture that was drawn twice counts once, with the best that stands for it.
    asked = [min(each, key=_rank) for each in stands]
    best = min(asked, key=_rank, default=Standing(State.NEVER_ASKED))
    count = sum(each.state is best.state for each in asked)
    return UseLine(use, best, count, max(pictures, len(asked)))


def _rank(found: Standing) -> int:
    return BEST_FIRST.index(found.state)


def _ladder(forms: FormLibrary, consents: tuple[Consent, ...]) -> tuple[Use, ...]:
    """The uses as the newest form that was shown words them, from narrow to wide."""
    found: dict[UseId, Use] = {}
    for consent in reversed(consents):
        form = forms.with_hash(consent.shown.form_sha256)
        for use in form.uses if form else ():
            if use.asked is Asked.PATIENT_SIDE:
                found.setdefault(use.id, use)
    return tuple(sorted(found.values(), key=lambda use: use.order))


def newest_form(forms: FormLibrary) -> ConsentForm | None:
    """The newest form, for the names of its uses."""
    return max(forms.forms, key=lambda form: (form.language == "en", form.version), default=None)
