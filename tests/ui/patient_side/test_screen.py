"""What the pages look like: everything fits, both answers are alike, the words are the form's."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton

from app.ui.design.theme import Appearance, theme
from app.ui.frame.main_window import MainWindow
from app.ui.patient_side.picture_pane import ASPECT
from app.ui.patient_side.places import Page
from app.ui.patient_side.print_size import HIT, SideOptions
from app.ui.patient_side.speech import Speech, usable_engine
from app.ui.session.show_panels import LONGEST_NAME
from tests.ui.patient_side.asking_room import NAMED, jpeg
from tests.ui.patient_side.visitor import NO, YES, words

VOICE = pytest.mark.qt_log_ignore("pipewire-0.3", extend=True)  # Qt's speech loads its multimedia
LONG = dict.fromkeys(
    NAMED, ("Annals of Dermatology and Venereology of Upper and Lower Canada, " * 2)[:LONGEST_NAME]
)


def every_page(patient):
    """Go through all pages; gives each as it comes on the screen."""
    yield "welcome"
    patient.look_through_pictures()
    yield "understanding"
    patient.press("confirm")
    while patient.page is Page.STATEMENTS:
        yield "statements"
        patient.press("go-on")
    for use in patient.draft.uses:
        yield use
        patient.answer(YES)
    yield "review"
    patient.press("confirm")
    yield "thanks"
    patient.press("back")
    patient.press("staff")
    yield "staff"
    patient.press("back")
    patient.press("stop")
    yield "stopped"


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("named", [NAMED, LONG], ids=["named", "long-name"])
def test_every_page_fits_the_smallest_screen(visit, large, named):
    options = SideOptions(large_print=large)
    patient = visit(pictures=3, covered=3, named=named, options=options)

    faults = {page: patient.cut_off() for page in every_page(patient)}

    assert len(faults) >= len(patient.draft.uses) + 7
    assert {page: found for page, found in faults.items() if found} == {}


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_the_staffs_font_scale_does_not_reach_the_patient(visit, large):
    theme().apply(Appearance.DARK, scale=2.0)

    patient = visit(pictures=3, covered=3, named=NAMED, options=SideOptions(large_print=large))
    faults = {page: patient.cut_off() for page in every_page(patient)}

    assert {page: found for page, found in faults.items() if found} == {}


def test_the_type_is_as_large_as_it_is_meant_to_be(visit):
    patient = visit(named=NAMED)
    patient.to_questions()

    page = patient.question
    sizes = {
        page.question.font().pixelSize(),
        *(label.font().pixelSize() for row in page.details.rows for label in row),
        page.refusal.words.font().pixelSize(),
    }

    assert sizes == {36, 20}


def test_large_print_is_larger(visit):
    patient = visit(options=SideOptions(large_print=True))
    patient.to_questions()

    label, text = patient.question.details.rows[0]

    assert label.font().pixelSize() == text.font().pixelSize() == 24


def test_yes_and_no_are_alike(visit):
    patient = visit()
    patient.to_questions()

    no, yes = patient.question.answers.no, patient.question.answers.yes

    assert no.size() == yes.size()
    assert no.kind() is yes.kind()
    assert no.sizeHint().height() == yes.sizeHint().height()
    assert no.height() >= HIT
    assert no.isEnabled()
    assert yes.isEnabled()


def test_both_answers_shrink_together_when_one_is_long(visit):
    patient = visit()
    patient.to_questions()
    pair = patient.question.answers
    pair.yes.set_words("Yes, mit dem größten Ver")

    pair.resize(pair.width() - 1, pair.height())

    assert pair.no._size_px == pair.yes._size_px < 28
    assert pair.yes.sizeHint().width() <= pair.yes.width()


def test_nothing_is_preselected(visit):
    patient = visit(named=NAMED, pictures=2)
    patient.to_questions()
    chosen = []

    for _ in patient.draft.uses:
        page = patient.question
        buttons = page.findChildren(QAbstractButton)
        chosen += [each.objectName() for each in buttons if each.isChecked()]
        chosen += [each.objectName() for each in buttons if each._icon == "check"]
        chosen += [each.objectName() for each in buttons if each.hasFocus()]
        chosen += [each.objectName() for each in page.findChildren(QPushButton) if each.isDefault()]
        patient.answer(NO)

    assert chosen == []


def test_the_earlier_answer_is_marked_when_the_page_comes_again(visit):
    patient = visit()
    patient.to_questions()
    patient.answer(YES, NO)

    patient.press("back")
    second = (patient.question.answers.no._icon, patient.question.answers.yes._icon)
    patient.press("back")
    first = (patient.question.answers.no._icon, patient.question.answers.yes._icon)

    assert first == ("", "check")
    assert second == ("check", "")


def test_what_is_stored_is_what_stood_on_the_screen(visit):
    patient = visit(named=NAMED)
    on_screen = {}

    for page in every_page(patient):
        if page == "understanding":
            on_screen["statement:no-effect-on-care"] = patient.label("statement")
        elif page == "statements":
            for statement in patient.side.page().shown():
                on_screen[f"statement:{statement.id}"] = None
            texts = patient.labels("statement")
            parts = [part for part, text in on_screen.items() if text is None]
            on_screen.update(zip(parts, texts, strict=True))
        elif patient.page is Page.QUESTION:
            rows = zip(patient.labels("detail-label"), patient.labels("detail-text"), strict=True)
            lines = [patient.label("question"), *(f"{label}: {text}" for label, text in rows)]
            on_screen[f"use:{page}"] = "\n".join(lines)
            assert patient.label("refusal") == on_screen["statement:no-effect-on-care"]

    stored = {text.part: text.text for text in patient.made.stored().texts}
    assert len(stored) == 12 + 9
    assert {part: text.encode() for part, text in stored.items()} == {
        part: text.encode() for part, text in on_screen.items()
    }


def test_everything_has_a_name_for_screen_readers(visit):
    patient = visit(pictures=3, named=NAMED)
    nameless = []

    for page in every_page(patient):
        for button in patient.side.findChildren(QAbstractButton):
            named = button.accessibleName() or button.text()
            if button.isVisible() and not in_pad(button) and not (named and button.objectName()):
                nameless.append((page, repr(button)))

    assert nameless == []


def in_pad(widget):
    return widget.parent() is not None and "PinPad" in type(widget.parent()).__name__


def test_everything_that_is_tapped_is_large_enough(visit):
    patient = visit(pictures=3, named=NAMED)
    small = []

    for page in every_page(patient):
        for button in patient.side.findChildren(QAbstractButton):
            side = min(button.width(), button.height())
            if button.isVisible() and not in_pad(button) and side < HIT:
                small.append((page, button.objectName(), side))

    assert small == []


def test_tab_goes_from_the_top_to_the_answers_and_the_ways_out(visit):
    patient = visit(pictures=3)
    patient.to_questions()
    patient.press("picture-chevron-right")

    order, widget = [], patient.side.page().nextInFocusChain()
    while widget is not patient.side.page():
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            order.append(widget.objectName())
        widget = widget.nextInFocusChain()

    start = order.index("picture-chevron-left")
    assert order[start:] + order[:start] == [
        "picture-chevron-left",
        "picture-chevron-right",
        "not-this-picture",
        "answer-no",
        "answer-yes",
        "none-of-these",
        "not-now",
        "stop",
        "back",
        "large-print",
        "staff",
    ]


def test_enter_answers_nothing_even_where_the_focus_is(visit, qtbot):
    patient = visit()
    patient.to_questions()

    for button in (patient.question.answers.yes, patient.question.answers.no):
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Return)
    patient.settle()

    assert patient.draft.answers == {}
    qtbot.keyClick(patient.question.answers.no, Qt.Key.Key_Space)
    patient.settle()
    assert set(patient.draft.answers.values()) == {NO}


def test_enter_presses_what_has_the_focus_elsewhere(visit, qtbot):
    patient = visit()
    patient.look_through_pictures()
    confirm = patient.button("confirm")
    confirm.setFocus()

    qtbot.keyClick(confirm, Qt.Key.Key_Return)
    patient.settle()

    assert patient.page is Page.STATEMENTS


def test_a_double_tap_is_one_answer(visit, qtbot):
    patient = visit()
    patient.to_questions()
    yes = patient.question.answers.yes

    qtbot.mouseDClick(yes, Qt.MouseButton.LeftButton)
    patient.settle()

    assert patient.draft.answers == {}


def test_arrow_keys_turn_the_pictures(visit, qtbot):
    patient = visit(pictures=3)
    patient.to_questions()
    seen = []

    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(patient.question.answers.no, key)
        seen.append(patient.made.pictures.index(patient.question.pane.current()))

    assert seen == [1, 2, 2, 1]


def test_a_covered_picture_says_so(visit):
    patient = visit(pictures=2, covered=1)
    patient.to_questions()
    note = patient.question.pane.covered_note()
    on_the_first = note.isVisible()

    patient.press("picture-chevron-right")

    assert on_the_first
    assert not note.isVisible()


def test_one_picture_needs_no_arrows(visit):
    patient = visit(pictures=1)
    patient.to_questions()

    assert not patient.offers("picture-chevron-right")
    assert not patient.offers("not-this-picture")


def test_a_picture_keeps_its_shape_and_a_tall_one_its_size(visit):
    patient = visit(pictures=2, data=(jpeg(0, (3000, 2250)), jpeg(1, (300, 400))))
    patient.to_questions()
    frame = patient.question.pane.frame

    wide = frame.picture_rect().size()
    patient.press("picture-chevron-right")
    tall = frame.picture_rect().size()

    assert frame.width() * ASPECT[1] // ASPECT[0] == frame.height()
    assert wide.width() / wide.height() == pytest.approx(4 / 3)
    assert tall.width() / tall.height() == pytest.approx(3 / 4)
    assert tall.height() == frame.height()


def left_of(patient, widget):
    return widget.mapTo(patient.side, QPoint(0, 0)).x()


@pytest.mark.parametrize(("left_handed", "answers_left"), [(False, False), (True, True)])
def test_the_answers_lie_under_the_hand(visit, left_handed, answers_left):
    patient = visit(options=SideOptions(left_handed=left_handed))
    patient.to_questions()

    page = patient.question

    assert (left_of(patient, page.answers) < left_of(patient, page.pane)) is answers_left
    assert left_of(patient, page.answers.no) < left_of(patient, page.answers.yes)


def test_a_smaller_window_scrolls_rather_than_cuts_off(visit):
    patient = visit(named=NAMED)
    patient.side.resize(1024, 560)
    patient.to_questions()

    page = patient.question
    assert page.fit().step == 2
    assert page.answers.mapTo(patient.side, QPoint(0, page.answers.height())).y() <= 560


def test_a_large_screen_shows_a_larger_picture(visit):
    patient = visit()
    patient.to_questions()
    before = patient.question.pane.frame.width()

    patient.side.resize(1920, 1080)

    assert patient.question.pane.frame.width() > before * 1.4
    assert patient.cut_off() == []


def test_without_a_voice_nothing_is_read_aloud(visit, monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)

    patient = visit()

    assert not patient.offers("read-aloud")


@pytest.fixture
def voice(qtbot):
    """Qt's own engine for tests: it speaks without a sound."""
    speech = Speech("mock")
    yield speech
    speech.stop()
    speech.deleteLater()


@VOICE
def test_a_page_is_read_aloud_and_falls_silent(visit, voice):
    patient = visit(speech=voice)
    patient.look_through_pictures()

    patient.press("read-aloud")
    reading = patient.button("read-aloud").text()
    patient.press("read-aloud")

    assert reading == "Stop reading"
    assert not voice.is_speaking()
    assert patient.button("read-aloud").text() == "Read aloud"


@VOICE
def test_the_next_page_is_not_read_unasked(visit, voice):
    patient = visit(speech=voice)
    patient.look_through_pictures()
    patient.press("read-aloud")

    patient.press("confirm")

    assert not voice.is_speaking()


def test_what_is_read_aloud_is_what_is_on_the_page(visit):
    patient = visit(named=NAMED)
    missing = {}

    for page in every_page(patient):
        spoken = "\n".join(patient.side.page().spoken)
        for name in ("question", "statement", "detail-text", "title", "refusal"):
            for text in patient.labels(name):
                if text not in spoken:
                    missing[page] = text

    assert missing == {}


@VOICE
def test_a_language_without_a_voice_is_not_offered_aloud(voice):
    assert voice.can_speak("en")
    assert not voice.can_speak("ur")
    voice.say(["…"], "ur")
    assert not voice.is_speaking()


def test_no_engine_is_no_voice(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")

    speech = Speech()

    assert usable_engine() == ""
    assert not speech.can_speak("en")
    speech.say(["…"], "en")
    speech.stop()
    assert not speech.is_speaking()


def test_dots_tell_how_far_it_is(visit):
    patient = visit(named=NAMED)
    patient.to_questions()
    patient.answer(YES)

    dots = patient.question._dots

    assert dots.accessibleName() == "Question 2 of 9"
    assert words(patient.question.question).startswith("May we use")


def test_no_button_has_the_focus_when_the_patient_gets_the_screen(visit, qtbot):
    patient = visit()
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()

    window.show_patient_side(patient.side)

    qtbot.waitUntil(patient.side.hasFocus)
    assert window.focusWidget() is patient.side.page()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert patient.page is Page.WELCOME
    assert not patient.side.header().large.isChecked()
    window.leave_patient_side()
