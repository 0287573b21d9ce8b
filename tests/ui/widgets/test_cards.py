"""Cards group, facts stand in columns, and the side column keeps its width."""

import pytest
from PySide6.QtWidgets import QComboBox, QLabel

from app.ui.design.theme import theme
from app.ui.widgets.cards import Card, Facts, Rule
from app.ui.widgets.columns import SideColumn


@pytest.mark.parametrize("flush", [False, True])
def test_a_card_names_itself(qtbot, flush):
    card = Card("Body site", "Front", flush=flush)
    qtbot.addWidget(card)
    card.body.addWidget(QLabel("Left forearm"))
    card.show()

    card.set_title("Lesion")
    card.set_trailing("2 of 3")

    assert card.accessibleName() == "Lesion"
    assert card.trailing.text() == "2 of 3"
    assert not card.grab().isNull()


def test_a_card_can_end_its_title_with_a_widget(qtbot):
    box = QComboBox()
    card = Card("Camera", box)
    qtbot.addWidget(card)

    assert card.isAncestorOf(box)
    assert card.trailing.isHidden()


def test_a_card_without_title_shows_none(qtbot):
    card = Card()
    qtbot.addWidget(card)

    assert card.heading.isHidden()


def test_facts_are_read_with_their_names(qtbot):
    facts = Facts([("Format", "JPEG, 2400 px")])
    qtbot.addWidget(facts)
    facts.show()

    facts.set_facts([("Metadata", "removed"), ("Package", "ZIP")])

    def told():
        return [label.accessibleName() for label in facts.findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: "Metadata: removed" in told())
    assert "Format: JPEG, 2400 px" not in told()


@pytest.mark.parametrize("vertical", [False, True])
def test_a_rule_is_one_pixel(qtbot, vertical):
    rule = Rule(vertical=vertical)
    qtbot.addWidget(rule)
    rule.show()

    assert (rule.maximumWidth() if vertical else rule.maximumHeight()) == 1


def test_the_side_column_grows_less_than_the_font(qtbot):
    column = SideColumn()
    qtbot.addWidget(column)
    column.body.addWidget(Card("Body site"))
    column.show()
    assert column.width() == 288

    theme().apply(scale=2.0)

    assert 288 < column.width() < 2 * 288
    assert column.sizeHint().width() == column.width()
