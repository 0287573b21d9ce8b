"""The form for a person."""

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from app.domain.patient import Demographics, PatientIdentifier, Sex
from app.ui.people.birth_date import BirthDateError, DateFault, read_birth_date
from app.ui.people.demographics_form import DemographicsForm

TODAY = date(2026, 11, 23)
AMARA = Demographics(
    "Okafor",
    "Amara",
    date(1992, 3, 12),
    Sex.FEMALE,
    (PatientIdentifier("MRN", "0042-771"), PatientIdentifier("NHS", "943 476 5919")),
    "Allergic to adhesive tape",
)


@pytest.fixture
def form(qtbot):
    made = DemographicsForm(lambda: TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


def line(form, name, number=0):
    QCoreApplication.processEvents()
    shown = [each for each in form.findChildren(QLineEdit, name) if each.isVisibleTo(form)]
    return shown[number]


@pytest.mark.parametrize(
    ("typed", "month_first", "day"),
    [
        ("12.03.1992", False, date(1992, 3, 12)),
        ("12.3.1992", True, date(1992, 3, 12)),
        ("12/03/1992", False, date(1992, 3, 12)),
        ("12/03/1992", True, date(1992, 12, 3)),
        ("12-03-1992", False, date(1992, 3, 12)),
        ("12 3 1992", False, date(1992, 3, 12)),
        ("1992-03-12", True, date(1992, 3, 12)),
        (" 1992/3/12 ", True, date(1992, 3, 12)),
        ("23.11.2026", False, TODAY),
        ("", False, None),
    ],
)
def test_a_date_of_birth_is_read_as_it_is_typed(typed, month_first, day):
    assert read_birth_date(typed, today=TODAY, month_first=month_first) == day


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("yesterday", DateFault.SHAPE),
        ("12.03/1992", DateFault.SHAPE),
        ("12.03", DateFault.SHAPE),
        ("12.03.92", DateFault.SHORT_YEAR),
        ("31.02.1992", DateFault.NO_SUCH_DAY),
        ("13/13/1992", DateFault.NO_SUCH_DAY),
        ("24.11.2026", DateFault.FUTURE),
    ],
)
def test_a_date_that_is_none_is_not_guessed(typed, fault):
    with pytest.raises(BirthDateError) as error:
        read_birth_date(typed, today=TODAY)

    assert error.value.fault is fault


def test_what_is_shown_comes_back_as_it_was(form):
    form.set_demographics(AMARA)

    assert form.demographics() == AMARA
    assert form.entered().identifiers == AMARA.identifiers


def test_an_empty_form_wants_a_name_or_a_number(form):
    found = form.demographics()
    told = form._family.error()
    line(form, "identifier-value").setText("88")

    assert found is None
    assert told == "A name or a number is needed."
    assert form.demographics() == Demographics(identifiers=(PatientIdentifier("MRN", "88"),))
    assert form._family.error() == ""


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("once", "This is no date. Day, month, year: 12.03.1992 or 12/03/1992. Or 1992-03-12."),
        ("1.1.92", "Type the year with four digits."),
        ("31.2.1992", "There is no such day."),
        ("1.1.2030", "The date of birth lies in the future."),
    ],
)
def test_a_broken_date_is_explained_beside_its_field(form, monkeypatch, typed, told):
    monkeypatch.setattr(QLocale, "dateFormat", lambda *_: "dd/MM/yyyy")
    form.set_demographics(AMARA)
    line(form, "birth-date").setText(typed)

    found = form.demographics()

    assert found is None
    assert form._birth.error() == told
    assert form.entered().birth_date is None


def test_an_american_window_shows_its_own_example(qtbot, monkeypatch):
    monkeypatch.setattr(QLocale, "dateFormat", lambda *_: "M/d/yy")
    made = DemographicsForm(lambda: TODAY)
    qtbot.addWidget(made)
    made.set_demographics(AMARA)

    line(made, "birth-date").setText("3/12/1992")

    assert made.demographics() == AMARA
    assert made._example().startswith("Month, day, year")


def test_a_number_needs_its_kind(form):
    form.set_demographics(AMARA)
    line(form, "identifier-issuer", 1).clear()

    found = form.demographics()
    line(form, "identifier-issuer", 1).setText("NHS")

    assert found is None
    assert form.demographics() == AMARA


def test_numbers_are_added_and_removed(form, qtbot):
    form.set_demographics(AMARA)

    with qtbot.waitSignal(form.changed):
        form.findChild(QAbstractButton, "add-identifier").click()
    line(form, "identifier-issuer", 2).setText("Passport")
    line(form, "identifier-value", 2).setText("P1")
    added = form.demographics().identifiers
    form._numbers._rows[0]._remove.click()

    assert added == (*AMARA.identifiers, PatientIdentifier("Passport", "P1"))
    assert form.demographics().identifiers == added[1:]


def test_without_any_row_the_next_one_is_the_clinics_own(form):
    form._numbers._rows[0]._remove.click()

    form.findChild(QAbstractButton, "add-identifier").click()

    assert line(form, "identifier-issuer").text() == "MRN"


def test_the_same_number_twice_counts_once(form):
    form.set_demographics(AMARA)
    form.findChild(QAbstractButton, "add-identifier").click()
    line(form, "identifier-issuer", 2).setText("mrn")
    line(form, "identifier-value", 2).setText("0042-771")

    assert len(form.demographics().identifiers) == 2


def test_typing_and_choosing_tell_that_something_changed(form, qtbot):
    with qtbot.waitSignal(form.changed):
        line(form, "given").setText("Noor")
    with qtbot.waitSignal(form.changed):
        form._sex.button("other").click()

    assert form.demographics().sex is Sex.OTHER
