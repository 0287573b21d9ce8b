"""The first step: search, a new patient, the confirmation."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.encounter import Step
from app.domain.patient import Demographics, PatientIdentifier
from app.services import encounters, patients
from tests.ui.session.session_room import AMARA, LEO, Clinician


def rows(work):
    shown = work.page._search.list.rows
    return [
        shown.data(shown.index(n), Qt.ItemDataRole.DisplayRole) for n in range(shown.rowCount())
    ]


def spoken(work):
    shown = work.page._search.list.rows
    role = Qt.ItemDataRole.AccessibleTextRole
    return [shown.data(shown.index(n), role) for n in range(shown.rowCount())]


def search_for(work, words):
    work.page._search.field.setText(words)
    work.qtbot.waitUntil(lambda: not work.page._search.field._pause.isActive())
    work.settle()


def words_on(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_the_caret_stands_in_the_search(clinician):
    work = clinician()

    work.begin()

    assert work.window.focusWidget() is work.page._search.field
    assert work.view.footer.primary.isHidden()


def test_an_empty_vault_teaches_how_to_begin(clinician):
    work = clinician()

    work.begin()

    assert "No patients yet" in words_on(work.page._search)


def test_typing_finds_by_the_beginnings_of_words_without_accents(clinician):
    work = clinician()
    work.made.patient(AMARA)
    work.made.patient(Demographics("Müller", "Jürgen"))
    work.begin()

    search_for(work, "jur mul")

    assert rows(work) == ["MÜLLER, Jürgen"]


def test_nobody_found_offers_a_new_patient_with_what_was_typed(clinician):
    work = clinician()
    work.begin()
    search_for(work, "Nobody, At All")

    told = words_on(work.page._search)
    work.page._search._nobody.acted.emit()
    work.settle()

    assert "Nobody fits “Nobody, At All”" in told
    assert work.page._new.form.entered().family == "Nobody"
    assert work.page._new.form.entered().given == "At All"


def test_a_number_that_was_typed_is_not_taken_for_a_name(clinician):
    work = clinician()
    work.begin()
    search_for(work, "0042-771")

    work.press("new-patient")

    assert work.page._new.form.entered() == Demographics()


def test_a_scan_of_one_patient_leads_to_the_confirmation(clinician):
    work = clinician()
    work.made.patient(AMARA)
    work.begin()

    work.page._search.field.setText("0042-771")
    work.key(Qt.Key.Key_Return)

    assert "OKAFOR, Amara" in words_on(work.page._card)
    assert work.view.session.encounter is None, "Enter of a scanner begins no session"


def test_enter_with_several_hits_stays_in_the_list(clinician):
    work = clinician()
    work.made.patient(AMARA)
    work.made.patient(Demographics("Okafor", "Ben"))
    work.begin()

    work.page._search.field.setText("okafor")
    work.key(Qt.Key.Key_Return)
    work.key(Qt.Key.Key_Down)
    work.key(Qt.Key.Key_Return)

    assert "Is this the right person?" in words_on(work.page._card)


def test_an_answer_to_what_was_typed_before_is_not_shown(clinician):
    work = clinician()
    work.made.patient(AMARA)
    work.begin()

    work.page._search._show(("old", ()))

    assert rows(work) == ["OKAFOR, Amara"]


def test_the_confirmation_shows_name_and_date_of_birth_and_binds_the_session(clinician):
    work = clinician()
    patient = work.made.patient(AMARA)

    work.begin(patient)
    told = words_on(work.page._card)
    work.go_on()

    assert "OKAFOR, Amara" in told
    assert "born 12 Mar 1992, 34 y, Female" in told
    assert "MRN 0042-771" in told
    assert work.visit.patient == patient
    assert work.view.step is Step.BEFORE


def test_an_alert_stands_on_the_confirmation(clinician):
    work = clinician()
    patient = work.made.patient(Demographics("Okafor", "Amara", alert="Allergic to tape"))

    work.begin(patient)

    assert "Allergic to tape" in words_on(work.page._card)


def test_somebody_else_leads_back_to_the_search(clinician):
    work = clinician()
    work.begin(work.made.patient())

    work.back()
    searching = work.view.footer.back.text()
    work.back()

    assert searching == "Cancel"
    assert work.closed == 1


def test_after_binding_the_first_step_only_says_whose_session_it_is(clinician):
    work = clinician()
    work.begin(work.made.patient())
    work.go_on()

    work.back()
    told = words_on(work.page._card)
    work.go_on()

    assert "This session belongs to" in told
    assert work.view.step is Step.BEFORE


def test_a_patient_who_left_a_session_open_is_offered_to_go_on_with_it(clinician):
    work = clinician()
    patient = work.made.patient()
    visit = work.made.begun(patient)

    work.begin(patient)
    told = words_on(work.page._card)
    primary = work.view.footer.primary.text()
    work.go_on()

    assert "This patient has an unfinished session." in told
    assert primary == "Continue that session"
    assert work.view.session.visit.id == visit.id


def test_the_search_marks_unfinished_sessions_and_alerts(clinician):
    work = clinician()
    work.made.begun(work.made.patient(Demographics("Okafor", "Amara", alert="Latex")))

    work.begin()

    assert "Unfinished session, Latex" in spoken(work)[0]


def test_a_session_opened_meanwhile_is_offered_too(clinician):
    work = clinician()
    patient = work.made.patient()
    work.begin(patient)
    work.made.change(encounters.begin, patient)

    work.go_on()

    assert work.notice.title() == "This patient has an unfinished session."
    assert work.view.footer.primary.text() == "Continue that session"


def test_a_new_patient_is_entered_and_confirmed(clinician):
    work = clinician()
    work.begin()
    work.press("new-patient")
    work.type_into("family", "  Van   der Berg ")
    work.type_into("given", "Noor")
    work.type_into("birth-date", "3.4.1988")
    work.press("choice-female")
    work.type_into("identifier-value", "88-1")

    work.go_on()

    (found,) = work.made.read(lambda records: patients.find(records, "noor"))
    assert found.now.family == "Van der Berg"
    assert found.now.birth_date == date(1988, 4, 3)
    assert found.now.identifiers == (PatientIdentifier("MRN", "88-1"),)
    assert "VAN DER BERG, Noor" in words_on(work.page._card)


def test_a_broken_date_is_said_beside_its_field_and_nothing_is_stored(clinician):
    work = clinician()
    work.begin()
    work.press("new-patient")
    work.type_into("family", "Berg")
    work.type_into("birth-date", "31.2.1988")

    work.go_on()

    assert work.page._new.form._birth.error() == "There is no such day."
    assert work.made.read(lambda records: patients.find(records, "berg")) == ()


def test_a_number_of_another_patient_is_refused_with_its_code(clinician):
    work = clinician()
    work.made.patient(AMARA)
    work.begin()
    work.press("new-patient")
    work.type_into("family", "Berg")
    work.type_into("identifier-value", "0042-771")

    work.go_on()

    assert work.notice._code == "PATIENT-002"
    assert work.view.footer.primary.isEnabled()


def test_possible_duplicates_are_shown_and_can_be_used(clinician):
    work = clinician()
    patient = work.made.patient(AMARA)
    work.begin()
    work.press("new-patient")
    work.type_into("family", "Okafor")
    work.type_into("given", "Amara")
    work.qtbot.waitUntil(lambda: work.page._new.duplicates() == (patient,))
    similar = words_on(work.page._new)
    work.type_into("birth-date", "1992-03-12")
    work.qtbot.waitUntil(lambda: "The same name and date of birth" in words_on(work.page._new))

    work.press("use-this-record")

    assert "A very similar name" in similar
    assert "OKAFOR, Amara" in words_on(work.page._card)
    assert "Is this the right person?" in words_on(work.page._card)


def test_duplicates_go_when_they_are_none_any_more(clinician):
    work = clinician()
    patient = work.made.patient(AMARA)
    work.begin()
    work.press("new-patient")
    work.type_into("family", "Okafor")
    work.type_into("given", "Amara")
    work.qtbot.waitUntil(lambda: work.page._new.duplicates() == (patient,))

    work.type_into("given", "Somebody Else")

    work.qtbot.waitUntil(lambda: work.page._new.duplicates() == ())
    assert work.page._new._side.isHidden()


def test_going_back_from_the_form_keeps_the_search(clinician):
    work = clinician()
    work.made.patient(LEO)
    work.begin()
    search_for(work, "leo")
    work.press("new-patient")

    work.back()

    assert rows(work) == ["BRAUN, Leo"]


def test_coming_back_to_the_form_finds_what_was_typed(clinician):
    work = clinician()
    work.begin()
    work.press("new-patient")
    work.type_into("family", "Berg")
    work.back()

    work.press("new-patient")

    assert work.page._new.form.entered().family == "Berg"


def test_the_next_session_begins_with_an_empty_form(clinician):
    work = clinician()
    work.begin()
    work.press("new-patient")
    work.type_into("family", "Berg")
    work.press_close()

    work.begin()
    work.press("new-patient")

    assert work.page._new.form.entered() == Demographics()


def test_a_vault_that_cannot_be_read_is_told(clinician, qtbot):
    work = clinician()
    work.begin()
    work.made.vault.closed = True

    work.page._search.look()
    work.settle()

    work.made.vault.closed = False
    assert work.notice is not None


def test_a_patient_without_a_name_has_words_of_its_own(make_clinic, qtbot):
    made = make_clinic()
    numbered = made.patient(Demographics(identifiers=(PatientIdentifier("MRN", "9"),)))
    work = Clinician(qtbot, made)

    work.begin(numbered)

    assert "Unnamed patient" in words_on(work.page._card)
    assert "date of birth not known" in words_on(work.page._card)
