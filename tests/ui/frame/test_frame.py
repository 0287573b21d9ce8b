"""Rail, banner, steps, footer and page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from app.domain.encounter import Step
from app.ui.design.theme import Appearance, theme
from app.ui.frame.banner import PatientBanner
from app.ui.frame.footer import FooterBar
from app.ui.frame.page import Page
from app.ui.frame.rail import NavigationRail, Place
from app.ui.frame.steps import StepBar, step_words
from app.ui.widgets.chips import ChipState, ChipText

LONG = "O'NEILL-FEATHERSTONEHAUGH, Maximiliana Alexandra Wilhelmina"
CHIPS = [
    ChipText("Care record", ChipState.GRANTED),
    ChipText("Local teaching", ChipState.GRANTED),
    ChipText("until Nov 2028", ChipState.EXPIRING),
]


def shown(qtbot, widget, width=1200, height=700):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


# rail


@pytest.fixture
def rail(qtbot):
    return shown(qtbot, NavigationRail(), 76, 700)


@pytest.mark.parametrize("place", list(Place))
def test_every_place_is_reached_from_the_rail(rail, qtbot, place):
    with qtbot.waitSignal(rail.chosen) as caught:
        rail.findChild(QPushButton, f"rail-{place}").click()

    assert caught.args == [place]


def test_lock_is_no_place(rail, qtbot):
    with qtbot.waitSignal(rail.lock_requested):
        rail.findChild(QPushButton, "rail-lock").click()

    assert not rail.findChild(QPushButton, "rail-lock").isCheckable()


def test_the_rail_marks_where_the_window_is(rail, qtbot):
    with qtbot.assertNotEmitted(rail.chosen):
        rail.set_place(Place.LIBRARY)

    marked = [b.objectName() for b in rail.findChildren(QPushButton) if b.isChecked()]
    assert marked == ["rail-library"]
    rail.set_place("a session")
    assert not [b for b in rail.findChildren(QPushButton) if b.isChecked()]


@pytest.mark.parametrize("count", [2, 120])
def test_what_waits_is_a_badge_that_is_read_too(rail, count):
    before = rail.grab().toImage()

    rail.set_badge(Place.TODAY, count)

    assert rail.badge(Place.TODAY) == count
    button = rail.findChild(QPushButton, "rail-today")
    assert button.accessibleName() == f"Today, {count}"
    assert rail.grab().toImage() != before


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_rail_has_room_for_its_words(rail, scale):
    theme().apply(scale=scale)

    assert rail.width() >= 76
    for button in rail.findChildren(QPushButton):
        assert button.width() >= button.sizeHint().width()
        assert button.sizeHint().height() >= 44 * scale


# banner


@pytest.fixture
def banner(qtbot):
    made = PatientBanner()
    made.set_patient("OKAFOR, Amara", "Female · 34 y · MRN 0042-771", CHIPS)
    return shown(qtbot, made, 1200, 64)


def test_the_banner_says_whose_session_it_is(banner):
    assert banner.name.text() == "OKAFOR, Amara"
    assert not banner.name.is_elided()
    assert banner.chips.visible_chips() == [chip.text for chip in CHIPS]
    assert "MRN 0042-771" in banner.accessibleName()


def test_chips_give_way_to_the_name(banner):
    banner.set_patient(LONG, "Female · 34 y · MRN 0042-771", CHIPS)

    banner.resize(960, 64)

    assert not banner.name.is_elided()
    assert len(banner.chips.visible_chips()) < len(CHIPS)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_the_banner_never_overlaps(banner, scale, direction):
    theme().apply(Appearance.DARK, scale=scale)
    banner.setLayoutDirection(direction)
    banner.set_patient(LONG, "Female · 34 y · born 12 Mar 1992 · MRN 0042-771", CHIPS)

    banner.resize(1000, banner.height())

    parts = [banner.name, banner.chips, banner.close_button]
    for one in parts:
        assert banner.rect().contains(one.geometry())
        assert not any(
            one.geometry().intersects(other.geometry()) for other in parts if other is not one
        )
    assert not banner.grab().isNull()
    assert banner.minimumSizeHint().width() < 1000


def test_closing_the_session_is_the_only_way_out(banner, qtbot):
    with qtbot.waitSignal(banner.close_requested):
        qtbot.mouseClick(banner.close_button, Qt.MouseButton.LeftButton)


def test_a_new_patient_has_no_chips(banner):
    banner.set_chips([])

    assert banner.chips.visible_chips() == []


# steps


@pytest.fixture
def steps(qtbot):
    made = StepBar()
    made.set_step(Step.CAPTURE)
    return shown(qtbot, made, 1200, 48)


def button_of(steps, step):
    return steps.findChild(QPushButton, f"step-{step.name.lower()}")


def test_every_step_has_a_word(qapp):
    assert list(step_words()) == list(Step)


def test_steps_are_done_now_or_to_come(steps):
    told = [button_of(steps, step).accessibleName().rpartition(", ")[2] for step in Step]

    assert told == ["done", "done", "now", *["to come"] * 4]
    assert steps.step() is Step.CAPTURE


def test_a_step_that_is_done_can_be_gone_back_to(steps, qtbot):
    with qtbot.waitSignal(steps.step_chosen) as caught:
        qtbot.mouseClick(button_of(steps, Step.BEFORE), Qt.MouseButton.LeftButton)

    assert caught.args == [Step.BEFORE]


def test_a_step_to_come_cannot_be_jumped_to(steps, qtbot):
    with qtbot.assertNotEmitted(steps.step_chosen):
        qtbot.mouseClick(button_of(steps, Step.SIGN), Qt.MouseButton.LeftButton)


def test_going_back_can_be_forbidden(steps):
    steps.set_step(Step.COPY, back=False)

    assert not any(button_of(steps, step).isEnabled() for step in Step)


def test_without_room_only_the_present_step_keeps_its_word(steps, qtbot):
    steps.resize(600, 48)

    qtbot.waitUntil(lambda: button_of(steps, Step.CHECK).toolTip() == "Check")
    assert button_of(steps, Step.CAPTURE).toolTip() == ""
    assert button_of(steps, Step.CAPTURE).sizeHint().width() > 40


@pytest.mark.parametrize("appearance", [Appearance.DARK, Appearance.HIGH_CONTRAST])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_steps_can_be_drawn(steps, appearance, direction):
    theme().apply(appearance, scale=1.5)
    steps.setLayoutDirection(direction)

    assert not steps.grab().isNull()


# footer and page


def test_a_footer_shows_only_what_it_was_given(qtbot):
    footer = shown(qtbot, FooterBar(), 1000, 64)
    assert footer.primary.isHidden()
    assert footer.back.isHidden()

    footer.set_primary("Release 3 of 6", icon="send", enabled=False)
    footer.set_back("Cancel", icon="")
    footer.set_note("saved 10:42")

    assert not footer.primary.isHidden()
    assert not footer.primary.isEnabled()
    with qtbot.assertNotEmitted(footer.primary_requested):
        footer.press_primary()
    theme().apply(scale=2.0)
    assert footer.height() == 128
    assert not footer.grab().isNull()


@pytest.fixture
def page(qtbot):
    made = Page("Patients", "All of them.", help_page="patients")
    made.content.addWidget(QLineEdit())
    made.use_footer("Go on", back="Back")
    return shown(qtbot, made)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_is_the_primary_action(page, qtbot, key):
    with qtbot.waitSignal(page.primary_requested):
        qtbot.keyClick(page, key)


def test_enter_in_a_line_is_the_primary_action_too(page, qtbot):
    with qtbot.waitSignal(page.primary_requested):
        qtbot.keyClick(page.findChild(QLineEdit), Qt.Key.Key_Return)


def test_other_keys_go_on(page, qtbot):
    with qtbot.assertNotEmitted(page.primary_requested):
        qtbot.keyClick(page, Qt.Key.Key_A)


def test_back_is_told(page, qtbot):
    with qtbot.waitSignal(page.back_requested):
        page.footer.back.click()


def test_back_stands_left_and_the_primary_action_right(page):
    assert page.footer.back.x() == 24
    assert page.footer.primary.geometry().right() == page.width() - 24 - 1


def test_a_page_can_be_renamed(page):
    page.set_title("Everyone")

    assert page.accessibleName() == "Everyone"
    assert page.subtitle.isHidden()


def test_a_long_page_scrolls_under_its_footer(qtbot):
    page = Page("Settings", scroll=True)
    for _ in range(40):
        page.content.addWidget(QLineEdit())
    page.use_footer("Save")

    shown(qtbot, page, 800, 600)

    assert page.footer.geometry().bottom() == page.height() - 1
