"""Nothing is chosen before the user chooses, and everything can be chosen by key."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt

from app.ui.design.theme import Appearance, theme
from app.ui.widgets.choices import Choice, ChoiceGroup, Segmented
from app.ui.widgets.toggles import ToggleRow

WHO = [
    Choice("patient", "The patient", "Able to decide for themselves", "user"),
    Choice("parent", "A parent or guardian", "For a child; the child's own no stops it"),
    Choice("proxy", "A lawful proxy"),
]


@pytest.fixture
def group(qtbot):
    made = ChoiceGroup("Who decides", WHO)
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def segmented(qtbot):
    made = Segmented("View", [Choice("front", "Front", icon="user"), Choice("back", "Back")])
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.show()
    qtbot.waitExposed(made)
    return made


def test_nothing_is_preselected(group, segmented):
    assert group.value() is None
    assert segmented.value() is None


def test_a_tap_anywhere_on_a_card_chooses(group, qtbot):
    card = group.button("parent")

    with qtbot.waitSignal(group.chosen) as caught:
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(card.width() - 4, 4))

    assert caught.args == ["parent"]
    assert group.value() == "parent"


def test_keys_choose(segmented, qtbot):
    segmented.button("front").setFocus()

    qtbot.keyClick(segmented.button("front"), Qt.Key.Key_Space)
    assert segmented.value() == "front"

    qtbot.keyClick(segmented.button("front"), Qt.Key.Key_Right)
    assert segmented.value() == "back"


def test_choosing_from_outside_is_not_told(group, qtbot):
    with qtbot.assertNotEmitted(group.chosen):
        group.set_value("proxy")

    assert group.value() == "proxy"
    group.set_value(None)
    assert group.value() is None


def test_other_choices_begin_without_an_answer(group, qtbot):
    group.set_value("proxy")

    group.set_choices(WHO[:2])

    assert group.value() is None
    with pytest.raises(KeyError):
        group.button("proxy")


def test_a_card_tells_its_description_and_needs_height_for_it(group):
    card = group.button("parent")

    assert card.accessibleDescription().startswith("For a child")
    assert card.objectName() == "choice-parent"
    assert card.hasHeightForWidth()
    assert card.heightForWidth(160) > card.heightForWidth(600) >= 44
    assert card.minimumSizeHint().width() <= card.sizeHint().width()


@pytest.mark.parametrize("appearance", list(Appearance))
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_chosen_and_not_are_drawn_differently(group, segmented, appearance, direction):
    theme().apply(appearance)
    for widget in (group, segmented):
        widget.setLayoutDirection(direction)
        before = widget.grab().toImage()
        widget.set_value("parent" if widget is group else "back")
        after = widget.grab().toImage()
        widget.setEnabled(False)

        assert before != after != widget.grab().toImage()


def test_choices_can_stand_in_columns(qtbot):
    group = ChoiceGroup("Who decides", WHO, columns=2)
    qtbot.addWidget(group)
    group.resize(600, 300)
    group.show()
    qtbot.waitExposed(group)

    assert group.button("patient").y() == group.button("parent").y()
    assert group.button("proxy").y() > group.button("patient").y()


def test_segments_can_be_hit(segmented):
    assert segmented.height() >= 44
    assert segmented.button("front").minimumSizeHint() == segmented.button("front").sizeHint()


@pytest.fixture
def toggle(qtbot):
    made = ToggleRow("Read aloud", "Each question is spoken when its page opens")
    qtbot.addWidget(made)
    made.resize(300, made.heightForWidth(300))
    made.show()
    return made


def test_the_whole_row_switches(toggle, qtbot):
    with qtbot.waitSignal(toggle.toggled) as caught:
        qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))

    assert caught.args == [True]


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_on_off_and_disabled_are_drawn_differently(toggle, direction):
    toggle.setLayoutDirection(direction)
    off = toggle.grab().toImage()
    toggle.setChecked(True)
    on = toggle.grab().toImage()
    toggle.setEnabled(False)

    assert off != on != toggle.grab().toImage()


def test_a_row_grows_with_its_words_and_is_never_too_low(toggle, qtbot):
    plain = ToggleRow("Large print")
    qtbot.addWidget(plain)

    assert plain.sizeHint().height() >= 44
    assert toggle.hasHeightForWidth()
    assert toggle.heightForWidth(160) > toggle.heightForWidth(600)
    assert toggle.minimumSizeHint().width() <= toggle.sizeHint().width()
    assert toggle.accessibleDescription().startswith("Each question")


def test_the_focus_ring_of_a_row_stands_around_its_switch(toggle):
    part = toggle.ringed()

    assert part.size() == QSize(40, 24)
    assert part.geometry().right() == toggle.rect().right()
    toggle.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert part.geometry().left() == 0
    theme().apply(scale=2.0)
    assert part.size() == QSize(80, 48)
