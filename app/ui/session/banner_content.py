"""What the patient banner says: who it is, and what was agreed to on earlier days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.clinical_image import ImageState
from app.domain.consent_form import Asked, ConsentForm
from app.domain.encounter import CareRecord
from app.domain.ids import EncounterId, PatientId
from app.domain.patient import Demographics
from app.domain.standing import Picture, Standing, State, best_standing
from app.services import patients
from app.services.form_library import FormLibrary
from app.services.ports import Records
from app.ui.people.person_words import day_word, month_word, name_of, person_line
from app.ui.widgets.chips import ChipState, ChipText

EXPIRING_DAYS = 30

_STATES = {
    State.GRANTED: ChipState.GRANTED,
    State.EXPIRED: ChipState.EXPIRING,
    State.WITHDRAWN: ChipState.WITHDRAWN,
    State.VOID: ChipState.NEUTRAL,
    State.REFUSED: ChipState.REFUSED,
}
_ORDER = tuple(_STATES)


@dataclass(frozen=True, slots=True)
class BannerContent:
    """The banner's words.

    Attributes:
        line: Sex, age, date of birth and numbers.
        chips: The alert, and what stands from earlier days.
    """

    name: str
    line: str
    chips: tuple[ChipText, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierConsents:
    """What stands from earlier days.

    Attributes:
        care_record: The label of the care record when photographs were agreed to before.
        standing: Per use with its short label, in the order of the form.
    """

    care_record: str
    standing: tuple[tuple[str, Standing], ...]


def earlier_consents(
    records: Records,
    forms: FormLibrary,
    patient: PatientId,
    *,
    but: EncounterId | None,
    on: date,
) -> EarlierConsents:
    """What stands for the pictures of earlier days.

    Args:
        but: Today's visit, whose pictures do not count: nobody was asked about them yet.
    """
    everyone = patients.everyone(records, patient)
    visits = [e for e in records.encounters.of_patients(everyone) if e.id != but]
    agreed = any(e.before and e.before.care_record is CareRecord.AGREED for e in visits)
    form = _any_form(forms)
    if form is None:
        return EarlierConsents("", ())
    uses = tuple(use.id for use in form.uses if use.asked is Asked.PATIENT_SIDE)
    best = best_standing(
        _pictures(records, everyone, but),
        uses,
        records.consents.history(everyone),
        records.patients.links(),
        on=on,
    )
    labels = {use.id: use.short_label for use in form.uses}
    return EarlierConsents(
        form.care_record.short_label if agreed else "",
        tuple((labels[use], stands) for use, stands in best.items()),
    )


def banner_content(
    person: Demographics, earlier: EarlierConsents | None, *, today: date
) -> BannerContent:
    """The banner for a person; without `earlier` only who it is."""
    chips: list[ChipText] = []
    if person.alert:
        chips.append(ChipText(person.alert, ChipState.EXPIRING, "triangle-alert", person.alert))
    if earlier is not None:
        chips += _chips(earlier, today)
    return BannerContent(name_of(person), person_line(person, today), tuple(chips))


def _chips(earlier: EarlierConsents, today: date) -> list[ChipText]:
    chips = []
    if earlier.care_record:
        chips.append(ChipText(earlier.care_record, ChipState.GRANTED))
    asked = [each for each in earlier.standing if each[1].state in _STATES]
    for label, stands in sorted(asked, key=lambda each: _ORDER.index(each[1].state)):
        chips.append(ChipText(label, _STATES[stands.state], tip=_tip(label, stands)))
    ends = [s.until for _, s in asked if s.state is State.GRANTED and s.until is not None]
    if ends:
        chips.insert(_granted(chips), _until(min(ends), today))
    return chips


def _granted(chips: list[ChipText]) -> int:
    """Where the chips of what stands end."""
    return sum(chip.state is ChipState.GRANTED for chip in chips)


def _until(day: date, today: date) -> ChipText:
    tr = QCoreApplication.translate
    near = (day - today).days <= EXPIRING_DAYS
    words = day_word(day) if near else month_word(day)
    text = tr("banner", "until {day}").format(day=words)
    state = ChipState.EXPIRING if near else ChipState.NEUTRAL
    return ChipText(text, state, "clock", tr("banner", "The first consent ends then."))


def _tip(label: str, stands: Standing) -> str:
    tr = QCoreApplication.translate
    words = {
        State.GRANTED: tr("banner", "{use}: agreed"),
        State.EXPIRED: tr("banner", "{use}: the consent has ended"),
        State.WITHDRAWN: tr("banner", "{use}: taken back"),
        State.VOID: tr("banner", "{use}: void, the picture was moved or changed"),
        State.REFUSED: tr("banner", "{use}: not agreed"),
    }
    return words[stands.state].format(use=label)


def _any_form(forms: FormLibrary) -> ConsentForm | None:
    """The newest form, for the names of its uses only."""
    return max(forms.forms, key=lambda form: (form.language == "en", form.version), default=None)


def _pictures(
    records: Records, everyone: tuple[PatientId, ...], but: EncounterId | None
) -> tuple[Picture, ...]:
    found = []
    for filed in records.images.of_patients(everyone):
        made = records.images.renditions(filed.id)
        today = but is not None and filed.encounter == but
        if made and not today and filed.state is not ImageState.DISCARDED:
            found.append(Picture(made[-1], filed))
    return tuple(found)
