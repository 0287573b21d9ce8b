"""Columns beside one another, and under one another in large print."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.patient import Demographics
from app.ui.design.theme import theme
from app.ui.session.folding import FoldingRow
from app.ui.session.inner_steps import InnerSteps
from app.ui.session.step_page import Session
from tests.ui.session.session_room import TEACHING, YES, Clinician


@pytest.fixture
def columns(qtbot):
    main, side = QLabel("main"), QLabel("side")
    row = FoldingRow(main, side, 300)
    qtbot.addWidget(row)
    row.show()

    def at(width):
        row.resize(width, 400)
        QCoreApplication.processEvents()
        return row, main, side

    return at


def left(widget, of):
    return widget.mapTo(of, widget.rect().topLeft()).x()


def top(widget, of):
    return widget.mapTo(of, widget.rect().topLeft()).y()


def test_with_room_they_stand_beside_one_another(columns):
    row, main, side = columns(1200)

    assert not row.is_folded()
    assert left(side, row) > left(main, row) + 560
    assert side.width() == 300


def test_without_room_the_side_goes_under_the_main_column(columns, qtbot):
    row, main, side = columns(1200)

    with qtbot.waitSignal(row.folded_changed) as folded:
        columns(800)

    assert folded.args == [True]
    assert top(side, row) > top(main, row)
    assert left(side, row) == left(main, row)


def test_large_print_folds_and_small_print_unfolds(columns):
    row, _main, _side = columns(1200)

    theme().apply(scale=2.0)
    folded = row.is_folded()
    theme().apply(scale=1.0)

    assert folded
    assert not row.is_folded()


def test_a_side_that_stands_first_still_goes_below(qtbot):
    main, side = QWidget(), QWidget()
    row = FoldingRow(main, side, 300, side_first=True)
    qtbot.addWidget(row)
    row.resize(1200, 400)
    row.show()

    before = left(side, row) < left(main, row)
    row.resize(700, 400)
    QCoreApplication.processEvents()

    assert before
    assert top(side, row) > top(main, row)


def test_every_page_fits_in_large_print_and_from_right_to_left(make_clinic, qtbot, qapp):
    made = make_clinic()
    theme().apply(scale=2.0)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    work = Clinician(qtbot, made)

    work.begin(made.patient())
    seen = [work.window.grab()]
    work.go_on()
    seen.append(work.window.grab())
    columns_of_deciders = work.page._decider.decider._columns
    work.press("close-session")
    work.resume(made.answered({TEACHING: YES}, patient=work.made.patient(made_up())))
    seen.append(work.window.grab())
    work.sign_all()
    work.go_on()
    seen.append(work.window.grab())

    assert columns_of_deciders == 2
    assert all(not picture.isNull() for picture in seen)


def made_up():
    return Demographics("O'Neill-Featherstonehaugh", "Siobhán Maximiliana")


def test_a_page_without_screens_of_its_own_lets_back_go_to_the_step_before(make_clinic, qtbot):
    page = InnerSteps(Session(make_clinic().room))
    qtbot.addWidget(page)

    assert not page.back()
    assert page.back_text() == "Back"
