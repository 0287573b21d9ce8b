"""What has to be known before the screen is handed to the patient: read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.clinical_image import kept
from app.domain.consent_draft import Asking, ConsentDraft
from app.domain.consent_form import ConsentForm, NamedThing, Use
from app.domain.encounter import Encounter
from app.domain.ids import RenditionId, UseId
from app.errors import KnownError
from app.services.asking import NothingToShowError
from app.services.checking import as_checked
from app.services.clinic import FormNotApprovedError
from app.services.form_library import FormLibrary
from app.services.ports import Records
from app.ui.session.forms_in_use import forms_in_use


class Stand(StrEnum):
    """How the asking stands for today's pictures."""

    CARE_ONLY = "care-only"
    HINDERED = "hindered"
    READY = "ready"
    BEGUN = "begun"
    ANSWERED = "answered"
    NOT_NOW = "not-now"
    STOPPED = "stopped"


_STANDS = {
    Asking.OPEN: Stand.BEGUN,
    Asking.ANSWERED: Stand.ANSWERED,
    Asking.NOT_NOW: Stand.NOT_NOW,
    Asking.STOPPED: Stand.STOPPED,
}


@dataclass(frozen=True, slots=True)
class ShowFacts:
    """What the page shows.

    Attributes:
        pictures: The rendition of each picture of today, in order.
        forms: The form in every language in which the clinic approved it, the patient's first;
            empty when it approved none in that language.
        draft: The asking, when there is one about these very pictures.
        shown: The form that the draft was asked under.
        problem: What keeps the screen from being handed over.
    """

    stand: Stand
    pictures: tuple[RenditionId, ...] = ()
    forms: tuple[ConsentForm, ...] = ()
    draft: ConsentDraft | None = None
    shown: ConsentForm | None = None
    problem: KnownError | None = None

    @property
    def form(self) -> ConsentForm:
        """The form in the patient's language; only where nothing hinders."""
        return self.forms[0]

    @property
    def to_name(self) -> tuple[Use, ...]:
        """The uses that are asked about only when a journal or a study is named."""
        uses = self.form.uses if self.forms else ()
        return tuple(use for use in uses if use.needs_named is not NamedThing.NONE)

    def questions(self, named: dict[UseId, str]) -> tuple[Use, ...]:
        """The uses that are asked about when these are named."""
        things = {self.form.use(use).needs_named for use in named}
        return self.form.asked_of_patient(things)


def show_facts(records: Records, encounter: Encounter, library: FormLibrary) -> ShowFacts:
    """How the asking of a visit stands now."""
    before = encounter.before
    if before is not None and before.care_record_only:
        return ShowFacts(Stand.CARE_ONLY)
    checked = [
        as_checked(records, each) for each in kept(records.images.of_encounter(encounter.id))
    ]
    pictures = tuple(each.rendition.id for each in checked if each.rendition is not None)
    draft = _about(records.encounters.draft(encounter.id), pictures)
    shown = library.with_hash(draft.form_sha256) if draft is not None else None
    draft = draft if shown is not None else None  # a form that is gone cannot be signed either
    forms = _approved_forms(records, encounter, library)
    stand = Stand.READY if draft is None else _STANDS[draft.state]
    problem: KnownError | None = None
    if stand in {Stand.READY, Stand.BEGUN}:
        if not pictures or not all(each.checked for each in checked):
            problem = NothingToShowError()
        elif not forms:
            problem = FormNotApprovedError()
    stand = Stand.HINDERED if problem else stand
    return ShowFacts(stand, pictures, forms, draft, shown, problem)


def _about(draft: ConsentDraft | None, pictures: tuple[RenditionId, ...]) -> ConsentDraft | None:
    """The draft, unless it is about other pictures: those are to be asked about anew (R20)."""
    if draft is None or tuple(each.rendition for each in draft.pictures) != pictures:
        return None
    return draft


def _approved_forms(
    records: Records, encounter: Encounter, library: FormLibrary
) -> tuple[ConsentForm, ...]:
    """The patient's language first, then those to which they may change without losing answers."""
    language = encounter.before.language if encounter.before is not None else ""
    try:
        approved = forms_in_use(records, library)
    except FormNotApprovedError:
        return ()
    form = approved.pop(language, None)
    if form is None:
        return ()
    return (form, *(other for other in approved.values() if other.same_choices(form)))
