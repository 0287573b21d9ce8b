"""The last step: the copy is made once, shown, and handed over."""

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit

from app.documents.read_back import PaperUnreadableError
from app.domain.disclosure import HandOver
from app.domain.encounter import Ending, Step
from app.services import consents, encounters, papers
from app.settings import Settings
from app.ui.paper_view.hand_over import PaperHandOver
from app.ui.paper_view.pdf_view import PdfView
from app.ui.preferences import Preferences
from app.ui.session.copy_page import CopyPage
from app.ui.session.step_page import Session
from tests.ui.session.session_room import TEACHING, YES, Clinician


@pytest.fixture
def copying(qtbot, make_clinic):
    """A clinician at the step Copy."""

    def begin(said=None, trouble=None):
        made = make_clinic()
        visit = made.answered(said or {})
        made.papers.trouble = trouble
        work = Clinician(qtbot, made)
        work.resume(visit)
        if said:
            work.sign_all()
        work.go_on()
        assert work.view.step is Step.COPY
        return work

    return begin


def given(work):
    shown = work.page._copy
    return [each.way for each in shown.handed_over]


def enabled(work):
    return [work.button(name).isEnabled() for name in ("print-copy", "save-copy", "decline-copy")]


def test_the_copy_is_made_kept_and_shown(copying):
    work = copying({TEACHING: YES})

    view = work.page.findChild(PdfView)
    visit = work.view.session.visit.id
    (stored,) = work.made.read(lambda records: records.documents.of_encounter(visit))

    assert view.page_count() == 2
    desk = work.made.room.desk
    data = work.made.read(lambda records: papers.read(records, desk, stored.id))
    assert data == work.made.papers.data
    assert enabled(work) == [True, True, True]


def test_a_copy_that_is_there_is_never_made_again(copying):
    work = copying()

    work.back()
    work.go_on()

    assert work.made.papers.made == 1
    assert work.page.findChild(PdfView).page_count() == 2


def test_no_bytes_stay_on_a_page_that_was_left(copying):
    work = copying()

    work.back()

    copy_page = work.view._pages[Step.COPY]
    assert copy_page._copy is None
    assert copy_page.findChild(PdfView).page_count() == 0


def test_a_copy_with_a_fault_is_told_and_can_be_made_again(copying):
    work = copying(trouble=PaperUnreadableError(check="test"))
    told = work.notice._code
    without = work.view.footer.primary.text()
    work.made.papers.trouble = None

    work.page._trouble.acted.emit()
    work.settle()

    assert told == "PAPER-001"
    assert without == "Finish without a copy"
    assert work.page.findChild(PdfView).page_count() == 2


def test_without_a_copy_the_session_can_still_be_finished(copying):
    work = copying(trouble=PaperUnreadableError(check="test"))
    visit = work.view.session.visit.id

    work.go_on()

    assert work.made.visit(visit).ending is Ending.COMPLETED
    assert work.closed == 1


def test_not_wanting_a_copy_is_recorded_and_shown(copying):
    work = copying()

    work.press("decline-copy")

    told = [label.text() for label in work.page.findChildren(QLabel)]
    assert given(work) == [HandOver.DECLINED]
    assert any(text.startswith("Not wanted ") for text in told)
    assert work.view.footer.primary.text() == "Finish session"


def test_saving_asks_for_a_name_without_personal_data(copying, tmp_path):
    work = copying()

    work.press("save-copy")
    dialog = work.page.findChild(PaperHandOver).dialog
    suggested = dialog.selectedFiles()[0]
    file = tmp_path / "for the patient.pdf"
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(file))
    dialog.accept()
    work.settle()

    assert suggested.endswith("Consent copy 2026-11-23.pdf")
    assert file.read_bytes() == work.made.papers.data
    assert given(work) == [HandOver.SAVED]


def test_a_file_that_is_there_is_never_written_over(copying, tmp_path):
    work = copying()
    file = tmp_path / "there.pdf"
    file.write_bytes(b"mine")

    work.press("save-copy")
    dialog = work.page.findChild(PaperHandOver).dialog
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(file))
    dialog.accept()
    work.settle()

    assert work.notice._code == "PAPER-013"
    assert file.read_bytes() == b"mine"
    assert given(work) == []


def test_a_folder_that_is_gone_is_told(copying, tmp_path):
    work = copying()

    work.press("save-copy")
    dialog = work.page.findChild(PaperHandOver).dialog
    dialog.fileSelected.emit(str(tmp_path / "gone" / "copy.pdf"))
    dialog.reject()
    work.settle()

    assert work.notice._code == "PAPER-011"


def test_printing_records_it_and_sends_every_page(copying, tmp_path):
    work = copying()
    work.press("print-copy")
    hand_over = work.page.findChild(PaperHandOver)
    file = tmp_path / "printed.pdf"
    hand_over._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    hand_over._printer.setOutputFileName(str(file))

    hand_over.dialog.done(QDialog.DialogCode.Accepted)
    work.settle()

    assert file.read_bytes().startswith(b"%PDF")
    assert given(work) == [HandOver.PRINTED]


def test_leaving_the_page_takes_the_question_away(copying):
    work = copying()
    work.press("save-copy")

    work.press("save-copy")
    work.back()

    assert work.view._pages[Step.COPY].findChild(PaperHandOver).dialog is None


def test_a_session_that_ended_meanwhile_is_told(copying):
    work = copying()
    work.made.change(encounters.complete, work.view.session.visit.id)

    work.go_on()

    assert work.notice._code == "SESSION-003"
    assert work.view.footer.primary.isEnabled()


def test_finishing_twice_ends_once(copying):
    work = copying()

    work.page.finish()
    work.page.finish()
    work.settle()

    assert work.closed == 1


def test_the_paper_has_the_size_that_was_set(make_clinic, qtbot):
    made = make_clinic()
    visit = made.answered({})
    sizes = []
    make = made.papers.consent

    def measured(paper, size):
        sizes.append(size)
        return make(paper, size)

    made.papers.consent = measured
    session = Session(made.room)
    session.encounter = made.visit(visit.id)
    page = CopyPage(session, Preferences(Settings(paper="letter"), lambda _: None))
    qtbot.addWidget(page)
    made.change(_sign_nothing, visit.id, made.form)

    page.begin()
    qtbot.waitUntil(lambda: page._copy is not None)

    assert sizes == ["letter"]


def _sign_nothing(uow, desk, visit, form):
    return consents.sign(uow, desk, visit, form, None)


def test_without_a_consent_there_is_no_copy(make_clinic, qtbot):
    made = make_clinic()
    visit = made.begun(made.patient())
    session = Session(made.room)
    session.encounter = visit
    page = CopyPage(session)
    qtbot.addWidget(page)

    with qtbot.waitSignal(page.failed) as failed:
        page.begin()

    assert failed.args[0].code == "SESSION-018"
