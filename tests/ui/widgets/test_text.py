"""Labels show plain text, and shorten it only with the whole of it in reach."""

import pytest
from PySide6.QtCore import Qt

from app.ui.design.theme import Appearance, theme
from app.ui.design.tokens import Role
from app.ui.widgets.text import ElidedLabel, Label, Look, Paragraph

LONG = "O'Neill-Featherstonehaugh, Maximiliana Alexandra"


def test_markup_in_a_name_is_shown_as_it_is(qtbot):
    label = Label("<b>Smith</b>")
    qtbot.addWidget(label)
    plain = Label("xxxxxxxxxxxx")
    qtbot.addWidget(plain)

    assert label.text() == "<b>Smith</b>"
    assert label.sizeHint().width() > plain.sizeHint().width() * 0.7


def test_looks_have_their_sizes_and_grow_with_the_scale(qtbot):
    title, small = Label("Amara", Look.TITLE), Label("Amara", Look.SMALL)
    for label in (title, small):
        qtbot.addWidget(label)
        label.show()

    theme().apply(scale=2.0)

    assert title.fontInfo().pixelSize() == 40
    assert small.fontInfo().pixelSize() == 24


def test_a_tone_is_a_colour_of_the_palette(qtbot):
    label = Label("until Nov 2028", Look.BODY, Role.EXPIRING)
    qtbot.addWidget(label)
    label.show()

    label.set_tone(Role.DANGER)
    label.set_look(Look.STRONG)

    assert label.tone() is Role.DANGER
    assert label.palette().windowText().color() == theme().color(Role.DANGER)
    assert label.font().weight() == 600


def test_a_long_name_is_shortened_and_whole_in_its_tip(qtbot):
    label = ElidedLabel(LONG)
    qtbot.addWidget(label)
    label.show()

    label.resize(120, 24)

    assert label.is_elided()
    assert label.toolTip() == LONG
    assert label.text() == LONG


def test_a_name_with_room_has_no_tip(qtbot):
    label = ElidedLabel(LONG)
    qtbot.addWidget(label)
    label.show()

    label.resize(label.sizeHint())

    assert not label.is_elided()
    assert label.toolTip() == ""


@pytest.mark.parametrize("name", [LONG, "陳大文", "عبد الرحمن"])
def test_a_shortened_name_can_be_drawn(qtbot, name):
    label = ElidedLabel(name, Look.TITLE)
    qtbot.addWidget(label)
    label.resize(100, 30)

    theme().apply(Appearance.DARK)

    assert not label.grab().isNull()
    assert label.minimumSizeHint().width() <= label.sizeHint().width()


def test_a_paragraph_wraps_and_escapes(qtbot):
    paragraph = Paragraph("Who will see it: <staff> & students. " * 6)
    qtbot.addWidget(paragraph)

    assert "&lt;staff&gt; &amp;" in paragraph.text()
    assert paragraph.plain_text().startswith("Who will see it: <staff> &")
    assert paragraph.accessibleName() == paragraph.plain_text()
    assert paragraph.heightForWidth(200) > paragraph.heightForWidth(800)


def test_an_empty_paragraph_takes_no_markup(qtbot):
    paragraph = Paragraph("")
    qtbot.addWidget(paragraph)

    assert paragraph.text() == ""


@pytest.mark.parametrize("text", ["OKAFOR, Amara", "عبد الرحمن"])
@pytest.mark.parametrize("look", [Label, Paragraph])
def test_words_begin_where_the_window_begins_to_read(qtbot, look, text):
    label = look(text)
    qtbot.addWidget(label)
    label.resize(400, 40)

    def middle_of_ink():
        picture = label.grab().toImage()
        ground = picture.pixel(200, 0)
        inked = [
            x
            for x in range(picture.width())
            if any(picture.pixel(x, y) != ground for y in range(picture.height()))
        ]
        return (inked[0] + inked[-1]) / 2

    assert middle_of_ink() < 150
    label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert middle_of_ink() > 250
