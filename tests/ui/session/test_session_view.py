"""The shell: the way through the seven steps and back, and the endings."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.clinical_image import ImageState
from app.domain.encounter import Ending, Step
from app.domain.patient import Demographics
from app.services import encounters
from app.ui.session.endings import Closing
from tests.ui.session.session_room import AMARA, TEACHING, YES, Clinician, SessionRoom


def states(made, visit):
    return [i.state for i in made.read(lambda records: records.images.of_encounter(visit))]


def all_the_way_to(work, step):
    """From a patient to a step, as a clinician goes."""
    work.begin(work.made.patient())
    work.go_on()
    if step > Step.BEFORE:
        work.settle_before()
    while work.view.step < step:
        if work.view.step is Step.SIGN:
            work.sign_all()
        work.go_on()


def test_a_session_goes_through_all_seven_steps(clinician):
    work = clinician()

    all_the_way_to(work, Step.COPY)
    visit = work.view.session.visit.id
    work.press("decline-copy")
    work.go_on()

    assert work.made.visit(visit).ending is Ending.COMPLETED
    assert work.closed == 1
    assert not work.view.is_open


def test_each_step_is_recorded_and_shown_in_the_step_bar(clinician):
    work = clinician()

    all_the_way_to(work, Step.CHECK)

    assert work.visit.step is Step.CHECK
    assert work.window.steps.step() is Step.CHECK


def test_going_back_loses_nothing(clinician):
    work = clinician()
    all_the_way_to(work, Step.SIGN)
    work.sign_all()

    for _ in range(4):
        work.back()
    arrived = work.view.step
    for _ in range(4):
        work.go_on()

    assert arrived is Step.BEFORE
    assert work.view.step is Step.SIGN
    assert states(work.made, work.visit.id) == [ImageState.KEPT], "the same bytes again"


def test_ink_is_still_there_after_going_back_and_forth(clinician, make_clinic):
    made = make_clinic()
    visit = made.answered({TEACHING: YES})
    work = clinician(made)
    work.resume(visit)
    work.sign_all()

    work.window.step_requested.emit(Step.SHOW)
    work.settle()
    left = work.view.step
    work.view._go_to(Step.SIGN)
    work.settle()

    assert left is Step.SHOW
    assert all(pane.complete() for pane in work.page._shown)


def test_a_step_that_is_done_can_be_chosen_and_one_to_come_cannot(clinician):
    work = clinician()
    all_the_way_to(work, Step.CAPTURE)

    work.view.choose_step(Step.SIGN)
    work.settle()
    stayed = work.view.step
    work.window.step_requested.emit(Step.BEFORE)
    work.settle()

    assert stayed is Step.CAPTURE
    assert work.view.step is Step.BEFORE


def test_a_closed_program_goes_on_at_its_step(clinician, qtbot):
    first = clinician()
    all_the_way_to(first, Step.CHECK)
    visit = first.view.session.visit

    again = SessionRoom(vault=first.made.vault, runner=first.made.room.runner)
    second = Clinician(qtbot, again)
    second.resume(visit)

    assert second.view.step is Step.CHECK
    assert second.view.session.demographics == AMARA
    again.room.deleteLater()


def test_a_session_that_stands_at_before_shows_what_was_settled(clinician, qtbot):
    first = clinician()
    all_the_way_to(first, Step.CAPTURE)
    first.back()
    visit = first.view.session.visit

    again = SessionRoom(vault=first.made.vault, runner=first.made.room.runner)
    second = Clinician(qtbot, again)
    second.resume(visit)
    second.go_on()

    assert second.view.step is Step.CAPTURE
    again.room.deleteLater()


def test_an_ended_session_cannot_be_resumed_and_says_so(clinician):
    work = clinician()
    visit = work.made.begun(work.made.patient())
    work.made.change(encounters.complete, visit.id)

    work.resume(visit)

    assert work.notice.title() == "This session has ended."
    assert work.view.step is Step.IDENTIFY


def test_enter_is_the_primary_action(clinician):
    work = clinician()
    work.begin(work.made.patient())

    work.key(Qt.Key.Key_Return)

    assert work.view.step is Step.BEFORE


def test_a_key_that_is_held_down_does_not_run_through_the_steps(clinician, qtbot):
    work = clinician()
    work.begin(work.made.patient())
    press = type(work.view).keyPressEvent

    class Held:
        def isAutoRepeat(self):  # noqa: N802 - Qt's name
            return True

    press(work.view, Held())

    assert work.view.step is Step.IDENTIFY


def test_the_banner_is_there_only_while_a_patient_is_bound(clinician):
    work = clinician()

    work.begin(work.made.patient())
    before = work.window.banner.isVisible()
    work.go_on()

    assert not before
    assert work.window.banner.isVisible()
    assert work.window.banner.name.text() == "OKAFOR, Amara"
    assert "MRN 0042-771" in work.window.banner.demographics.text()


def test_declining_is_an_ordinary_ending_with_its_own_page(clinician):
    work = clinician()
    all_the_way_to(work, Step.BEFORE)
    visit = work.view.session.visit.id

    work.settle_before("declined")
    told = [label.text() for label in work.view._declined.findChildren(QLabel)]
    primary = work.view.footer.primary.text()
    work.go_on()

    assert work.made.visit(visit).ending is Ending.DECLINED
    assert "No photographs today." in told
    assert primary == "Done"
    assert work.closed == 1
    assert work.view.footer.back.isHidden()


def test_closing_without_a_patient_just_closes(clinician):
    work = clinician()
    work.begin()

    work.window.close_session_requested.emit()
    work.settle()

    assert work.closed == 1


def test_closing_without_photographs_asks_nothing(clinician):
    work = clinician()
    all_the_way_to(work, Step.CAPTURE)
    visit = work.view.session.visit.id

    work.press("close-session")

    assert work.made.visit(visit).ending is Ending.ABANDONED
    assert work.closed == 1


def test_abandoning_erases_todays_photographs_by_default(clinician):
    work = clinician()
    all_the_way_to(work, Step.CHECK)
    visit = work.view.session.visit.id

    work.press("close-session")
    verb = work.view._closing.sheet.primary.text()
    work.press("sheet-primary")

    assert verb == "Erase 1 photograph"
    assert states(work.made, visit) == [ImageState.DISCARDED]
    assert work.made.visit(visit).ending is Ending.ABANDONED
    assert work.closed == 1


def test_photographs_are_kept_for_care_with_a_reason_only(clinician):
    work = clinician()
    all_the_way_to(work, Step.CHECK)
    visit = work.view.session.visit.id
    work.press("close-session")
    work.press(f"choice-{Closing.KEEP}")
    sheet = work.view._closing.sheet

    without = sheet.primary.isEnabled()
    sheet.accept()
    still = sheet.isVisible()
    work.type_into("keep-reason", "the patient had to leave")
    work.press("sheet-primary-calm")

    assert not without
    assert still
    assert states(work.made, visit) == [ImageState.KEPT]
    assert work.made.visit(visit).ending_reason == "the patient had to leave"


def test_a_session_that_is_asked_out_can_be_finished_from_the_sheet(clinician):
    work = clinician()
    all_the_way_to(work, Step.COPY)
    visit = work.view.session.visit.id

    work.press("close-session")
    proposed = work.view._closing.sheet.closing()
    work.press("sheet-primary-calm")

    assert proposed is Closing.COMPLETE
    assert work.made.visit(visit).ending is Ending.COMPLETED


def test_nothing_of_a_closed_session_stays_on_its_pages(clinician):
    work = clinician()
    all_the_way_to(work, Step.SIGN)
    work.sign_all()
    pages = work.view._pages

    work.press("close-session")
    work.press("sheet-primary")

    assert all(pane.pad.ink() is None for pane in pages[Step.SIGN]._panes.values())
    assert pages[Step.BEFORE]._question.answer() is None
    assert work.window.banner.name.text() == ""


def test_the_question_can_be_left_and_the_session_goes_on(clinician):
    work = clinician()
    all_the_way_to(work, Step.CHECK)

    work.press("close-session")
    work.view.close_session()
    work.settle()
    work.press("sheet-secondary")
    work.press("close-session")

    assert work.view.is_open
    assert work.view._closing.sheet is not None
    work.press("sheet-secondary")


def test_a_no_after_photographs_asks_what_becomes_of_them(clinician):
    work = clinician()
    all_the_way_to(work, Step.CHECK)
    work.back()
    work.back()

    work.settle_before("declined")

    assert work.view._closing.sheet.closing() is Closing.ERASE
    work.press("sheet-secondary")
    assert work.visit.open


def test_another_session_waits_until_this_one_is_closed(clinician):
    work = clinician()
    all_the_way_to(work, Step.BEFORE)
    bound = work.view.session.visit.id
    other = work.made.patient(Demographics("Other", "Person"))

    work.begin(other)

    assert work.view.session.visit.id == bound
    assert work.notice.title() == "A session is open already."


def test_resuming_the_open_session_changes_nothing(clinician):
    work = clinician()
    all_the_way_to(work, Step.BEFORE)

    work.resume(work.view.session.visit)

    assert work.notice is None


def test_a_known_error_is_told_with_its_code_and_help(clinician, qtbot, make_clinic):
    made = make_clinic(approve=False)
    work = clinician(made)
    work.begin(made.patient())

    work.go_on()

    assert work.notice.title() == "The clinic has not approved this consent form in this language."
    with qtbot.waitSignal(work.view.help_wanted) as asked:
        work.notice._help.click()
    assert asked.args == ["SESSION-025"]
    assert not work.view.footer.primary.isEnabled()


def test_any_other_failure_goes_to_the_end_of_all_failures(clinician, qtbot):
    work = clinician()

    with qtbot.waitSignal(work.made.room.runner.failed):
        work.view._fail(RuntimeError("a bug"))

    assert work.notice is None


def test_long_storing_is_said(clinician):
    work = clinician()

    work.view._say_saving()

    assert work.view.footer._note.text() == "Saving…"


def test_pages_name_their_help(clinician):
    work = clinician()

    all_the_way_to(work, Step.BEFORE)

    assert work.view.help_page == "step-before"


def test_the_patient_side_fills_the_window_and_gives_it_back(clinician, qtbot):
    work = clinician()
    side = QLabel("for the patient")
    qtbot.addWidget(side)

    work.view.session.patient_side_wanted.emit(side)
    covered = work.window.on_patient_side()
    work.view.session.patient_side_left.emit()

    assert covered
    assert not work.window.on_patient_side()


def test_a_failed_reading_before_closing_leaves_the_session_open(clinician):
    work = clinician()
    all_the_way_to(work, Step.CHECK)

    work.made.vault.closed = True
    work.press("close-session")
    work.made.vault.closed = False

    assert work.view.is_open
    assert work.notice is not None
