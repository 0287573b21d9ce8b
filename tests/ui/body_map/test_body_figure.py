"""The figure as a widget."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from app.domain.clinical_image import Laterality
from app.ui.body_map.body_figure import BodyFigure
from app.ui.body_map.figure import FigureView, region_of
from app.ui.design.theme import Appearance, theme
from app.ui.design.tokens import Role

FOREARM, DORSAL, NAVEL = "70559009", "41550009", "315003"


@pytest.fixture
def figure(qtbot):
    made = BodyFigure(detailed=True)
    qtbot.addWidget(made)
    made.resize(344, 500)
    made.show()
    return made


def point_of(figure, code, side):
    region = region_of(figure.view(), code, side)
    return figure.place_of(region).toPoint()


@pytest.mark.parametrize("side", [Laterality.LEFT, Laterality.RIGHT])
def test_tapping_a_forearm_tells_whose_it_is(qtbot, figure, side):
    with qtbot.waitSignal(figure.tapped) as told:
        QTest.mouseClick(figure, Qt.MouseButton.LeftButton, pos=point_of(figure, FOREARM, side))

    assert told.args == [FOREARM, side]


def test_the_patients_left_stays_on_the_right_where_text_runs_from_right_to_left(qtbot, figure):
    figure.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert point_of(figure, FOREARM, Laterality.LEFT).x() > figure.width() / 2


def test_from_behind_the_patients_left_is_on_the_left(figure):
    figure.set_view(FigureView.BACK)

    assert point_of(figure, "41550009", Laterality.LEFT).x() < figure.width() / 2


def test_beside_the_figure_nothing_is_tapped(qtbot, figure):
    with qtbot.assertNotEmitted(figure.tapped):
        QTest.mouseClick(figure, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
        QTest.mouseClick(figure, Qt.MouseButton.RightButton, pos=QPoint(170, 250))


def test_a_place_on_both_sides_has_two_marks(figure):
    figure.set_site(FOREARM, Laterality.BOTH)

    assert {region.laterality for region in figure.marked()} == {Laterality.LEFT, Laterality.RIGHT}
    assert figure.accessibleDescription() == "Forearm, volar · Both sides"


def test_a_place_in_the_middle_has_one_mark(figure):
    figure.set_site(NAVEL, Laterality.UNPAIRED)

    assert len(figure.marked()) == 1
    dot = figure.grab().toImage().pixelColor(point_of(figure, NAVEL, None))
    assert dot == theme().color(Role.ACCENT)


def test_the_region_under_the_pointer_is_named(figure):
    at = point_of(figure, FOREARM, Laterality.LEFT)

    figure.event(QHelpEvent(QEvent.Type.ToolTip, at, figure.mapToGlobal(at)))
    QTest.mouseMove(figure, at)

    assert QToolTip.text() == "Forearm, volar · Left"
    QToolTip.hideText()


def test_the_small_figure_is_pressed_as_a_whole(qtbot):
    small = BodyFigure()
    qtbot.addWidget(small)
    small.set_site(FOREARM, Laterality.LEFT)
    small.show()

    with qtbot.waitSignal(small.pressed):
        QTest.mouseClick(small, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("view", FigureView)
def test_it_follows_the_theme(figure, view):
    figure.set_view(view)
    before = figure.grab().toImage()

    theme().apply(Appearance.DARK)

    assert figure.grab().toImage() != before
    assert figure.region_under(QPointF(172, 240)) is not None


@pytest.mark.parametrize("view", list(FigureView))
def test_the_figure_and_whose_side_is_said_below_never_turn_round(qapp, figure, view):
    figure.set_view(view)
    figure.set_site(FOREARM, Laterality.LEFT)
    read_from_the_left = figure.grab().toImage()

    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert figure.grab().toImage() == read_from_the_left


@pytest.mark.parametrize("view", [FigureView.FRONT, FigureView.BACK])
def test_a_place_whose_side_nobody_said_points_to_no_side(figure, view):
    figure.set_view(view)
    code = FOREARM if view is FigureView.FRONT else DORSAL
    middle = figure.rect().center().x()

    figure.set_site(code, None)
    both, half = figure.marked(), figure.grab().toImage()
    figure.set_site(code, Laterality.LEFT)

    assert {region.laterality for region in both} == {Laterality.LEFT, Laterality.RIGHT}
    assert len({figure.place_of(region).x() > middle for region in both}) == 2
    accent = theme().color(Role.ACCENT)
    for region in both:
        assert half.pixelColor(figure.place_of(region).toPoint()) != accent, "no point"
    [left] = figure.marked()
    assert figure.grab().toImage().pixelColor(figure.place_of(left).toPoint()) == accent
