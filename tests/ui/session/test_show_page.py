"""Step 5, before and after the patient's side; the patient's side itself is tested elsewhere."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from shiboken6 import isValid

from app.domain.audit import Action
from app.domain.clinical_image import ImageState
from app.domain.consent import Decision
from app.domain.consent_draft import Asking
from app.domain.encounter import (
    BeforeCamera,
    Capacity,
    CareRecord,
    Consenter,
    ConsenterKind,
    Encounter,
    Ending,
)
from app.domain.ids import UseId
from app.domain.picture import EncodedPicture
from app.domain.rendition import Identifiable
from app.services import asking, checking, encounters
from app.services.clinic import FormNotApprovedError
from app.settings import Settings
from app.store.errors import StoreClosedError
from app.ui.frame.main_window import MainWindow
from app.ui.patient_side.patient_side import PatientSide
from app.ui.patient_side.places import Page
from app.ui.preferences import Preferences
from app.ui.session.show_page import ShowPage
from app.ui.session.step_page import Session
from app.ui.widgets.notices import Notice
from app.ui.widgets.rows import RowList
from app.ui.widgets.sheet import Sheet
from tests.ui.patient_side.asking_room import NAMED, PIN, asking_room, in_french, shipped_form

YES, NO = Decision.GRANTED, Decision.REFUSED
ASLEEP = BeforeCamera(
    Consenter(ConsenterKind.PROXY, "Joy Okafor", "wife"),
    Capacity.TEMPORARILY_NOT_ABLE,
    "en",
    CareRecord.AGREED,
)


class Clinician:
    """Works with the page: presses what is on it, types, and waits until all is stored."""

    def __init__(self, qtbot, made, settings=None):
        self.qtbot, self.made = qtbot, made
        self.session = Session(made.room)
        self.session.encounter = made.visit()
        preferences = Preferences(settings, lambda _: None) if settings else None
        self.page = ShowPage(self.session, preferences)
        self.sides: list[PatientSide] = []
        self.left: list[bool] = []
        self.ended: list[Encounter] = []
        self.finished: list[bool] = []
        self.failures: list[Exception] = []
        self.ready: list[bool] = []
        self.primary: list[str] = []
        self.session.patient_side_wanted.connect(self.sides.append)
        self.session.patient_side_left.connect(lambda: self.left.append(True))
        self.session.ended.connect(self.ended.append)
        self.page.finished.connect(lambda: self.finished.append(True))
        self.page.failed.connect(self.failures.append)
        self.page.ready_changed.connect(self.ready.append)
        self.page.primary_changed.connect(self.primary.append)
        qtbot.addWidget(self.page)
        self.page.resize(1204, 624)
        self.page.show()
        self.begin()

    def begin(self):
        self.page.begin()
        self.settle()

    def settle(self):
        runner = self.made.room.runner
        for _ in range(2):
            self.made.stored()
            self.qtbot.waitUntil(lambda: not runner.is_busy())

    def go_on(self):
        self.page.finish()
        self.settle()

    def press(self, name):
        buttons = self.page.window().findChildren(QAbstractButton, name)
        next(each for each in buttons if each.isVisible()).click()
        self.settle()

    def type_into(self, name, text):
        self.page.findChildren(QLineEdit, name)[0].setText(text)

    def text(self, name):
        return self.page.findChildren(QLabel, name)[0].text()

    @property
    def side(self):
        (side,) = self.sides
        assert isinstance(side, PatientSide)
        return side

    def give_back(self, *, pin=PIN):
        """The patient hands the screen back; staff enters the PIN."""
        self.side.page().pin_entered.emit(pin)
        self.settle()


@pytest.fixture
def at_work(qtbot):
    """A clinician before the page; at_work(pictures=3, prepare=…)."""
    clinicians: list[Clinician] = []

    def begin(*, prepare=None, settings=None, **room):
        made = asking_room(**room)
        if prepare is not None:
            prepare(made)
        clinicians.append(Clinician(qtbot, made, settings))
        return clinicians[-1]

    yield begin
    for clinician in clinicians:
        for side in filter(isValid, clinician.sides):
            side.deleteLater()
        clinician.made.close()


def draft_that(change, named=None):
    """Prepares a draft as the patient's side would have stored it."""

    def prepare(made):
        made.change(asking.save, made.encounter.id, change(made.begin(named)))

    return prepare


def answered(draft):
    for use in draft.uses:
        draft = draft.answer(use, NO)
    return draft.answer(draft.uses[0], YES)


stopped = draft_that(lambda draft: draft.stop())
put_off = draft_that(lambda draft: draft.not_now())
all_answered = draft_that(answered, NAMED)


def test_the_form_in_use_is_told(at_work):
    clinician = at_work()

    told = [label.text() for label in clinician.page.findChildren(QLabel)]

    for expected in ("Consent for clinical photographs", "1", "English", "Dr Ada Byrne"):
        assert expected in told
    assert clinician.ready[-1] is True
    assert clinician.page.primary_text() == "Hand the screen to the patient"


def test_every_picture_is_shown_small_as_the_patient_will_see_it(at_work):
    clinician = at_work(pictures=3)

    items = clinician.page._strip.items
    clinician.page._strip.pick(clinician.made.pictures[2])

    assert [items.item(items.index(n)).key for n in range(3)] == list(clinician.made.pictures)
    assert not any(items.item(items.index(n)).picture.isNull() for n in range(3))
    assert clinician.page._view.has_picture()


def test_naming_a_journal_or_a_study_adds_its_question(at_work):
    clinician = at_work()
    counts = [clinician.text("question-count")]

    for use in NAMED:
        clinician.type_into(f"named-{use}", "  Skin  ")
        counts.append(clinician.text("question-count"))
    clinician.type_into("named-publication", "   ")
    counts.append(clinician.text("question-count"))

    assert counts == ["7 questions", "8 questions", "9 questions", "8 questions"]


def test_a_form_that_the_clinic_has_not_approved_is_not_asked(at_work):
    clinician = at_work(approve=False)

    notice = clinician.page.findChild(Notice, "hindrance")
    clinician.go_on()

    assert notice.title() == FormNotApprovedError.message
    assert notice.text() == FormNotApprovedError.advice
    assert clinician.ready[-1] is False
    assert clinician.sides == []


def test_a_language_in_which_no_form_is_approved_is_told(at_work):
    somali = BeforeCamera(
        Consenter(ConsenterKind.PATIENT, "Amara Okafor"), Capacity.ABLE, "so", CareRecord.AGREED
    )

    clinician = at_work(before=somali)

    assert clinician.page.findChild(Notice, "hindrance").title() == FormNotApprovedError.message


def test_without_a_checked_picture_there_is_nothing_to_show(at_work):
    clinician = at_work(pictures=0)

    notice = clinician.page.findChild(Notice, "hindrance")

    assert notice.title() == asking.NothingToShowError.message


def test_the_screen_is_handed_to_the_patient(at_work):
    clinician = at_work()
    clinician.type_into("named-publication", " Skin Days ")

    clinician.go_on()

    draft = clinician.made.stored()
    assert clinician.side.place.page is Page.WELCOME
    assert dict(draft.named) == {UseId("publication"): "Skin Days"}
    assert "publication" in draft.uses
    assert Action.SCREEN_HANDED_OVER.value in trail(clinician.made)
    assert clinician.finished == []


def trail(made):
    """The audit trail as one text."""
    with made.room.workplace.vault.reading() as records:
        return "\n".join(record.body for record in records.audit.newest())


def test_the_screen_is_handed_over_once_however_often_it_is_pressed(at_work):
    clinician = at_work()

    clinician.page.finish()
    clinician.page.finish()
    clinician.settle()

    assert len(clinician.sides) == 1


@pytest.mark.parametrize(("percent", "large"), [(100, False), (150, True)])
def test_the_settings_reach_the_patients_side(at_work, percent, large):
    clinician = at_work(settings=replace(Settings(), left_handed=True, font_percent=percent))

    clinician.go_on()

    assert clinician.side._options.left_handed
    assert clinician.side._options.large_print is large


def test_every_approved_language_is_offered(at_work):
    clinician = at_work(forms=(in_french(shipped_form()),))

    clinician.go_on()

    assert len(clinician.side.header().menu().actions()) == 2


def test_the_answers_are_summed_up_when_the_screen_comes_back(at_work):
    clinician = at_work(prepare=draft_that(answered, {}))
    clinician.press("show-again")

    clinician.side.page().next_wanted.emit()
    clinician.give_back()

    rows = clinician.page.findChild(RowList).rows
    spoken = [rows.index(n).data(0x0100).spoken() for n in range(rows.rowCount())]
    assert clinician.left == [True]
    assert spoken[:2] == ["Advice, Yes", "Local teaching, No"]
    assert clinician.page.primary_text() == "Continue"


def test_continue_goes_on_to_sign(at_work):
    clinician = at_work(prepare=all_answered)

    clinician.go_on()

    assert clinician.finished == [True]
    assert clinician.sides == []


def test_the_summary_names_what_was_left_out_and_the_journal(at_work):
    def but_the_second(draft):
        left_out = frozenset({draft.pictures[1].rendition})
        return answered(draft).answer(UseId("publication"), YES, not_these=left_out)

    clinician = at_work(pictures=3, prepare=draft_that(but_the_second, NAMED))

    row = clinician.page.findChild(RowList).rows.index(6).data(0x0100)

    assert row.spoken() == "Publication, British Journal of Skin, Yes, except 2"


def test_shown_again_the_answers_are_still_there(at_work):
    clinician = at_work(prepare=all_answered)
    before = clinician.made.stored().answers

    clinician.press("show-again")

    assert clinician.made.stored().answers == before
    assert clinician.side.draft.answers == before


def test_an_asking_that_was_broken_off_goes_on(at_work):
    one_answer = draft_that(lambda draft: draft.answer(draft.uses[0], YES), NAMED)
    clinician = at_work(prepare=one_answer)
    journal = clinician.page.findChild(QLineEdit, "named-publication").text()

    clinician.go_on()

    assert journal == NAMED[UseId("publication")]
    assert clinician.side.draft.grants_anything


def test_a_picture_that_changed_is_asked_about_anew(at_work):
    def change_a_picture(made):
        all_answered(made)
        with made.room.workplace.vault.reading() as records:
            rendition = records.images.rendition(made.pictures[0])
        turned = replace(rendition.edits, quarter_turns=1)
        drawn = EncodedPicture(b"other", "image/jpeg", 1, 1)
        new = made.change(checking.keep_rendition, rendition.image, turned, drawn)
        made.change(checking.assess, new.id, Identifiable.NO, ())

    clinician = at_work(prepare=change_a_picture)

    assert clinician.page.primary_text() == "Hand the screen to the patient"
    assert clinician.text("question-count") == "7 questions"


def test_not_now_can_be_asked_now(at_work):
    clinician = at_work(prepare=put_off)

    clinician.press("calm-action")

    assert clinician.made.stored().state is Asking.OPEN
    assert clinician.side.place.page is Page.WELCOME


def test_not_now_closes_the_session(at_work):
    clinician = at_work(prepare=put_off)
    words = clinician.page.primary_text()

    clinician.go_on()

    assert words == "Close the session"
    assert clinician.made.visit().ending is Ending.COMPLETED
    assert [each.ending for each in clinician.ended] == [Ending.COMPLETED]


def test_for_now_unable_only_care_uses_the_pictures(at_work):
    clinician = at_work(before=ASLEEP)
    told = clinician.text("calm-title")

    clinician.go_on()

    assert told == "Nothing else is asked today."
    assert clinician.sides == []
    assert clinician.made.visit().ending is Ending.COMPLETED


def test_after_a_stop_discarding_is_proposed_and_asks_with_the_verb(at_work):
    clinician = at_work(pictures=3, prepare=stopped)

    clinician.go_on()

    (sheet,) = clinician.page.window().findChildren(Sheet)
    assert clinician.page.primary_text() == "Erase 3 photographs"
    assert sheet.primary.text() == "Erase 3 photographs"
    assert clinician.made.visit().open
    sheet.reject()


def test_after_a_stop_the_photographs_are_erased(at_work):
    clinician = at_work(pictures=1, prepare=stopped)
    words = clinician.page.primary_text()
    clinician.go_on()

    clinician.press("sheet-primary")

    assert words == "Erase 1 photograph"
    assert clinician.made.visit().ending is Ending.ABANDONED
    assert states(clinician.made) == [ImageState.DISCARDED]
    assert len(clinician.ended) == 1


def test_after_a_stop_they_are_kept_for_care_with_a_reason(at_work):
    clinician = at_work(pictures=2, prepare=stopped)
    clinician.press("choice-keep")
    words = clinician.page.primary_text()

    clinician.go_on()
    still_open = clinician.made.visit().open
    clinician.type_into("keep-reason", "Suspected melanoma, surgeon needs them")
    clinician.go_on()

    assert words == "Keep and close"
    assert still_open
    assert clinician.made.visit().ending is Ending.ABANDONED
    assert clinician.made.visit().ending_reason == "Suspected melanoma, surgeon needs them"
    assert states(clinician.made) == [ImageState.KEPT, ImageState.KEPT]


def states(made):
    with made.room.workplace.vault.reading() as records:
        return [image.state for image in records.images.of_encounter(made.encounter.id)]


def test_to_stop_is_told_without_alarm(at_work):
    clinician = at_work(prepare=stopped)

    assert clinician.text("calm-title") == "The patient stopped the asking."
    assert clinician.page.findChildren(Notice) == []


def test_what_went_wrong_on_the_patients_side_is_told_when_staff_is_back(at_work):
    clinician = at_work()
    clinician.go_on()
    error = StoreClosedError()

    clinician.side.failed.emit(error)
    told_at_once = list(clinician.failures)
    clinician.side.page().stop_wanted.emit()
    clinician.settle()
    clinician.give_back()

    assert told_at_once == []
    assert clinician.failures == [error]


def test_a_session_that_ended_elsewhere_is_told(at_work):
    clinician = at_work()
    clinician.made.change(
        encounters.abandon, clinician.made.encounter.id, keep_pictures=True, reason="fire alarm"
    )

    clinician.go_on()

    assert [type(each) for each in clinician.failures] == [asking.NothingToShowError]
    assert clinician.ready[-1] is True


def test_nothing_of_the_patient_stays_when_the_page_is_left(at_work):
    clinician = at_work()

    clinician.page.leave()

    assert clinician.page._strip.items.rowCount() == 0
    assert not clinician.page._view.has_picture()


def test_a_picture_that_cannot_be_read_is_told(at_work):
    clinician = at_work(data=(b"no picture at all", b"nor this"))

    assert len(clinician.failures) == 2
    assert not clinician.page._view.has_picture()


def test_the_patients_side_fills_the_window_until_staff_has_it_back(at_work, qtbot):
    clinician = at_work()
    window = MainWindow()
    qtbot.addWidget(window)
    clinician.session.patient_side_wanted.connect(window.show_patient_side)
    clinician.session.patient_side_left.connect(window.leave_patient_side)
    window.resize(1280, 800)
    window.show()

    clinician.go_on()
    filled = clinician.side.size() == window.size() and clinician.side.isVisible()
    closed_while_away = window.close()
    clinician.side.page().stop_wanted.emit()
    clinician.settle()
    clinician.give_back()

    assert filled
    assert not closed_while_away
    assert not window.on_patient_side()
    assert clinician.page.primary_text() == "Erase 2 photographs"
