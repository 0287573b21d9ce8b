"""What the banner says of earlier days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.consent import Attestation, AttestationKind, Signature, SignerRole
from app.domain.encounter import CareRecord, Step
from app.domain.patient import Demographics, Sex
from app.services import consents, encounters, intake, patients, withdrawals
from app.services.form_library import FormLibrary
from app.ui.people.person_words import person_line, sex_word
from app.ui.session.banner_content import banner_content, earlier_consents
from app.ui.widgets.chips import ChipState
from tests.builders import ink
from tests.ui.session.session_room import AMARA, COLLEAGUE, TEACHING, YES, Clinician

TODAY = date(2026, 11, 23)


def signed(made, visit):
    """Record the answers of a visit and end it."""
    kind, at = AttestationKind.INK, made.room.desk.clock.now()
    signatures = tuple(
        Signature(role, "Somebody", kind, "these answers are mine", at, ink())
        for role in (SignerRole.CONSENTER, SignerRole.CLINICIAN)
    )
    made.change(consents.sign, visit.id, made.form, Attestation(kind, signatures))
    made.change(encounters.complete, visit.id)


@pytest.fixture
def earlier(make_clinic):
    """A clinic in which somebody answered before: earlier({TEACHING: YES})."""

    def begin(said):
        made = make_clinic()
        patient = made.patient()
        signed(made, made.answered(said, patient=patient))
        return made, patient

    return begin


def chips(made, patient, *, on=TODAY, but=None, person=AMARA):
    forms = made.room.workplace.forms
    found = made.read(lambda records: earlier_consents(records, forms, patient, but=but, on=on))
    return banner_content(person, found, today=on).chips


def words(shown):
    return [(chip.text, chip.state) for chip in shown]


def test_what_was_granted_stands_first_with_its_end(earlier):
    made, patient = earlier({TEACHING: YES, COLLEAGUE: YES})

    shown = words(chips(made, patient))

    assert shown[:4] == [
        ("Care record", ChipState.GRANTED),
        ("Advice", ChipState.GRANTED),
        ("Local teaching", ChipState.GRANTED),
        ("until Nov 2027", ChipState.NEUTRAL),
    ]
    assert ("Social media", ChipState.REFUSED) in shown


def test_an_end_within_thirty_days_is_expiring_and_has_its_day(earlier):
    made, patient = earlier({COLLEAGUE: YES})
    end = date(2027, 11, 23)

    near = words(chips(made, patient, on=end - timedelta(days=30)))
    far = words(chips(made, patient, on=end - timedelta(days=31)))
    over = words(chips(made, patient, on=end + timedelta(days=1)))

    assert ("until 23 Nov 2027", ChipState.EXPIRING) in near
    assert ("until Nov 2027", ChipState.NEUTRAL) in far
    assert ("Advice", ChipState.EXPIRING) in over


def test_what_was_taken_back_is_shown_so(earlier):
    made, patient = earlier({TEACHING: YES})
    made.change(withdrawals.withdraw, patient, frozenset({TEACHING}), by_name="Amara Okafor")

    shown = chips(made, patient)

    taken_back = next(chip for chip in shown if chip.state is ChipState.WITHDRAWN)
    assert taken_back.text == "Local teaching"
    assert taken_back.tip == "Local teaching: taken back"


def test_a_picture_that_was_moved_away_speaks_for_nobody(earlier):
    made, patient = earlier({TEACHING: YES})
    other = made.patient(Demographics("Other", "Person"))
    (image,) = made.read(lambda records: records.images.of_patients((patient,)))
    made.change(intake.refile, image.id, to=other, encounter=None, reason="the wrong patient")

    shown = dict(words(chips(made, other)))

    assert shown["Local teaching"] is ChipState.NEUTRAL


def test_todays_pictures_do_not_speak(make_clinic):
    made = make_clinic()
    patient = made.patient()
    visit = made.answered({TEACHING: YES}, patient=patient)

    shown = chips(made, patient, but=visit.id)

    assert shown == ()


def test_pictures_of_a_merged_record_speak_too(earlier):
    made, patient = earlier({TEACHING: YES})
    survivor = made.patient(Demographics("Okafor", "A."))
    made.change(patients.merge, patient, into=survivor, reason="the same person")

    assert ("Local teaching", ChipState.GRANTED) in words(chips(made, survivor))


def test_who_declined_has_no_care_record_chip(make_clinic):
    made = make_clinic()
    patient = made.patient()
    made.begun(patient, care_record=CareRecord.DECLINED)

    assert chips(made, patient) == ()


def test_without_any_form_only_the_alert_is_shown(earlier):
    made, patient = earlier({TEACHING: YES})
    made.room.workplace = replace(made.room.workplace, forms=FormLibrary(()))

    shown = chips(made, patient, person=replace(AMARA, alert="Latex"))

    assert [(chip.text, chip.sign()) for chip in shown] == [("Latex", "triangle-alert")]


def test_the_line_tells_what_is_known():
    unknown = Demographics("Okafor", "Amara")

    assert person_line(AMARA, TODAY) == "Female · 34 y · born 12 Mar 1992 · MRN 0042-771"
    assert person_line(unknown, TODAY) == "date of birth not known"
    assert sex_word(Sex.OTHER) == "Other sex"


def test_the_open_session_shows_them_in_the_banner(earlier, qtbot):
    made, patient = earlier({TEACHING: YES})
    work = Clinician(qtbot, made)

    work.begin(patient)
    work.go_on()

    shown = [chip.text() for chip in work.window.banner.chips._chips]
    assert shown[:3] == ["Care record", "Local teaching", "until Nov 2031"]
    assert work.view.step is Step.BEFORE


def test_a_banner_that_cannot_be_read_is_told(earlier, qtbot):
    made, patient = earlier({TEACHING: YES})
    work = Clinician(qtbot, made)
    work.begin(patient)
    work.go_on()
    made.vault.closed = True

    work.view.session.demographics = replace(AMARA, given="Another")
    work.view.session.encounter_changed.emit()
    work.settle()

    made.vault.closed = False
    assert work.notice is not None
