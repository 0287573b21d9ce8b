"""Step 4: each picture is checked, stored as it was covered and cropped, then shown."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.clinical_image import ImageState
from app.domain.encounter import Step
from app.domain.rendition import (
    Box,
    Cover,
    CoverPattern,
    Edits,
    Identifiable,
    Resolution,
    SettledFinding,
)
from app.services import checking, encounters, intake
from app.ui.check.canvas import Tool
from app.ui.check.draft import Sight
from app.ui.design.theme import Appearance, theme
from app.ui.session.check_page import CheckPage
from app.ui.widgets.thumbnails import THUMBNAIL_ROLE
from tests.imaging.builders import POSITION, camera_jpeg
from tests.ui.capture.capturing_room import a_photograph
from tests.ui.capture.conftest import capturing, decoder

__all__ = ["capturing", "decoder"]

EYES = Cover(Box(100, 60, 160, 30))


class Told:
    """What the page told its shell."""

    def __init__(self, page):
        self.ready: list[bool] = []
        self.primary: list[str] = []
        self.notes: list[str] = []
        self.errors: list[Exception] = []
        self.finished = 0
        page.ready_changed.connect(self.ready.append)
        page.primary_changed.connect(self.primary.append)
        page.noted.connect(self.notes.append)
        page.failed.connect(self.errors.append)
        page.finished.connect(self._count)

    def _count(self):
        self.finished += 1


@pytest.fixture
def shown(qtbot, capturing):
    """Shows the page once pictures were taken."""

    def show(count=2, *, data=None):
        for number in range(count):
            capturing.take(data or a_photograph(number, size=(320, 240)))
        page = CheckPage(capturing.session)
        qtbot.addWidget(page)
        page.resize(1204, 624)
        told = Told(page)
        page.show()
        page.begin()
        if count:
            qtbot.waitUntil(lambda: page.canvas._preview.width() == 320 or bool(told.errors))
        return page, told

    return show


def badges(page):
    model = page.strip.items
    return [model.index(row).data(THUMBNAIL_ROLE).badge.text for row in range(model.rowCount())]


def checked(capturing, place=0):
    with capturing.room.workplace.vault.reading() as records:
        return checking.as_checked(records, capturing.image(place))


def stored_picture(capturing, place=0):
    with capturing.room.workplace.vault.reading() as records:
        rendition = checking.as_checked(records, capturing.image(place)).rendition
        assert rendition is not None
        return Image.open(BytesIO(checking.picture_of(records, capturing.room.desk, rendition.id)))


def done(qtbot, page, answer=Identifiable.NO):
    page.question.choose(answer)
    page.finish()
    qtbot.waitUntil(lambda: not page.work.is_busy())


def test_picture_after_picture_and_on_to_the_patient(qtbot, capturing, shown):
    page, told = shown(2)

    done(qtbot, page, Identifiable.YES)
    done(qtbot, page, Identifiable.UNSURE)
    page.finish()

    assert told.finished == 1
    assert badges(page) == ["Checked", "Checked"]
    answers = [checked(capturing, place).assessment.identifiable for place in (0, 1)]
    assert answers == [Identifiable.YES, Identifiable.UNSURE]
    assert (told.primary[0], told.primary[-1]) == ("Picture done", "Show to the patient")
    assert told.notes[-1] == "2 of 2 checked"
    assert told.ready[-1] is True


def test_the_service_agrees_that_it_may_be_shown(qtbot, capturing, shown):
    page, _told = shown(1)

    done(qtbot, page)

    with capturing.room.workplace.vault.reading() as records:
        assert encounters.reachable(records, capturing.visit) is Step.SHOW


def test_nothing_is_preselected_and_done_waits_for_the_answer(qtbot, capturing, shown):
    page, told = shown(1)
    asked_before = told.ready[-1]

    page.finish()
    page.accept()
    page.question.choose(Identifiable.NO)

    assert asked_before is False
    assert page.work.is_busy() is False
    assert told.ready[-1] is True
    assert checked(capturing).rendition is None


def test_covers_crop_and_turn_are_burnt_in_and_the_original_stays(qtbot, capturing, shown):
    page, _told = shown(1)
    before = capturing.image().image.sha256
    page._add_cover(EYES)
    page._crop(Box(80, 40, 200, 160))
    page._turn()

    done(qtbot, page)

    edits = checked(capturing).rendition.edits
    assert edits == Edits(Box(80, 40, 200, 160), 1, (EYES,))
    picture = stored_picture(capturing)
    assert picture.size == (160, 200)
    # (180, 75) of the original lies at (100, 35) of the crop, and at (160 - 35, 100) once turned.
    assert max(picture.convert("RGB").getpixel((125, 100))) < 0x30
    assert max(picture.convert("RGB").getpixel((40, 100))) > 0x50
    with capturing.room.workplace.vault.reading() as records:
        original = checking.original_of(records, capturing.room.desk, capturing.image().id)
    assert hashlib.sha256(original).hexdigest() == before


def test_a_cover_drawn_on_the_screen_hides_that_very_place(qtbot, capturing, shown):
    page, _told = shown(1)
    page.use_cover()
    start = page.canvas.from_original(100, 80).toPoint()
    end = page.canvas.from_original(180, 140).toPoint()

    QTest.mousePress(page.canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(page.canvas, end)
    QTest.mouseRelease(page.canvas, Qt.MouseButton.LeftButton, pos=end)
    done(qtbot, page)

    picture = stored_picture(capturing).convert("RGB")
    hidden = [picture.getpixel(point) for point in ((95, 75), (140, 110), (185, 145))]
    assert max(max(pixel) for pixel in hidden) < 0x30
    assert max(picture.getpixel((250, 200))) > 0x50


def test_metadata_is_listed_as_removed_and_recorded(qtbot, capturing, shown):
    page, _told = shown(1, data=camera_jpeg(7, position=POSITION))

    done(qtbot, page)

    assert "Where it was taken" in page.file.lines()
    findings = checked(capturing).assessment.findings
    assert {finding.resolution for finding in findings} == {Resolution.STRIPPED}
    assert any(finding.key.startswith("position/") for finding in findings)


def test_what_is_seen_is_settled_and_recorded(qtbot, capturing, shown):
    page, told = shown(1)
    page._add_cover(EYES)
    page.sights.menu("face").actions()[1].trigger()
    sheet = page.keep_visible("jewellery")
    QTest.keyClicks(sheet._line, "a ring that cannot be taken off")
    sheet.primary.click()

    done(qtbot, page, Identifiable.YES)

    by_hand = [one for one in checked(capturing).assessment.findings if "seen/" in one.key]
    assert by_hand == [
        SettledFinding("seen/face", Resolution.COVERED),
        SettledFinding("seen/jewellery", Resolution.ACCEPTED, "a ring that cannot be taken off"),
    ]
    assert told.errors == []


def test_what_cannot_be_true_cannot_be_said(shown):
    page, _told = shown(1)

    possible = [action.isEnabled() for action in page.sights.menu("face").actions()]

    assert possible == [True, False, False, True]


def test_a_finding_without_its_cover_keeps_the_picture_from_being_done(shown):
    page, told = shown(1)
    page.question.choose(Identifiable.NO)
    page._add_cover(EYES)
    page._settle_sight("face", Sight(Resolution.COVERED))
    ready = told.ready[-1]

    page.undo()

    assert ready is True
    assert told.ready[-1] is False
    assert page.sights.row("face").chip().text == "open"
    page.sights.menu("face").actions()[0].trigger()
    assert told.ready[-1] is True


def test_staying_visible_needs_a_reason(shown):
    page, _told = shown(1)

    page.sights.menu("tattoo").actions()[3].trigger()
    sheet = page.keep_visible("tattoo")
    sheet.primary.click()

    assert sheet._field.error()
    assert page.sights.row("tattoo").chip() is None


def test_a_bar_over_the_eyes_is_no_anonymity(shown):
    page, _told = shown(1)
    page._add_cover(EYES)

    page.question.choose(Identifiable.NO)
    with_bar = page.question.hint()
    page._change_cover(0, Cover(Box(0, 0, 320, 200)))

    assert "bar over the eyes" in with_bar
    assert page.question.hint() == "Unsure counts as yes."


def test_the_keys(qtbot, capturing, shown):
    page, _told = shown(1)
    page.setFocus()

    QTest.keyClick(page, Qt.Key.Key_C)
    tool = page.canvas.tool()
    QTest.keyClick(page.canvas, Qt.Key.Key_C)
    covers = len(page._draft().edits.covers)
    QTest.keyClick(page.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    undone = page._draft().edits
    QTest.keyClick(page.canvas, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.canvas, Qt.Key.Key_X)
    cropping = page.canvas.tool()
    QTest.keyClick(page.canvas, Qt.Key.Key_X)
    page.question.choose(Identifiable.NO)
    QTest.keyClick(page, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: not page.work.is_busy())

    assert (tool, covers, undone, cropping) == (Tool.COVER, 1, Edits(), Tool.CROP)
    assert page.canvas.tool() is Tool.LOOK
    assert len(checked(capturing).rendition.edits.covers) == 1


def test_the_tools(shown):
    page, _told = shown(1)

    page.tools._tools.button(Tool.COVER).click()
    page.tools._patterns.chosen.emit(CoverPattern.HATCHED)
    page.canvas.add_cover()
    picked = page.canvas.picked_cover()
    page.tools._turn.click()
    hatched = page._draft().edits
    page.tools._remove.click()
    removed = page._draft().edits
    page.tools._undo.click()
    page.tools._undo.click()
    page.tools._redo.click()
    page.tools._reset.click()

    assert picked == 0
    assert hatched.covers[0].pattern is CoverPattern.HATCHED
    assert (hatched.quarter_turns, removed.covers) == (1, ())
    assert page._draft().edits == Edits()
    assert page._draft().history.can_undo


def test_removing_without_a_pick_removes_nothing(shown):
    page, _told = shown(1)
    page._add_cover(EYES)

    page._remove_cover()

    assert page._draft().edits.covers == (EYES,)


def test_the_picked_covers_pattern_is_shown(shown):
    page, _told = shown(1)
    page._add_cover(Cover(EYES.box, CoverPattern.CHECKED))
    page.use_cover()

    page.canvas._pick(0)

    assert page.tools._patterns.value() == CoverPattern.CHECKED


def test_what_was_begun_is_still_there_after_going_back(qtbot, shown):
    page, _told = shown(2)
    page._add_cover(EYES)
    page.question.choose(Identifiable.NO)

    page.leave()
    page.begin()
    qtbot.waitUntil(lambda: page.canvas._preview.width() == 320)

    assert page._draft().edits.covers == (EYES,)
    assert page._draft().identifiable is Identifiable.NO


def test_a_later_session_of_the_program_goes_on_where_the_vault_stands(qtbot, capturing, shown):
    page, _told = shown(2)
    page._add_cover(EYES)
    done(qtbot, page)
    page.leave()

    again, _told = shown(0)
    qtbot.waitUntil(lambda: again.canvas._preview.width() == 320)

    assert badges(again) == ["Checked", "To check"]
    assert again._current == capturing.image(1).id
    again.strip.pick(capturing.image(0).id)
    assert again._draft().edits.covers == (EYES,)


def test_a_picture_that_is_edited_again_must_be_stored_again(qtbot, capturing, shown):
    page, told = shown(1)
    done(qtbot, page)
    first = checked(capturing).rendition

    page._add_cover(EYES)
    before = (badges(page), told.primary[-1])
    page.finish()
    qtbot.waitUntil(lambda: not page.work.is_busy())

    assert before == (["To check"], "Picture done")
    assert checked(capturing).rendition.id != first.id
    assert badges(page) == ["Checked"]


def test_another_answer_makes_no_other_rendition(qtbot, capturing, shown):
    page, _told = shown(1)
    done(qtbot, page, Identifiable.NO)
    first = checked(capturing).rendition

    done(qtbot, page, Identifiable.YES)

    assert checked(capturing).rendition.id == first.id
    assert checked(capturing).assessment.identifiable is Identifiable.YES


def test_a_retaken_picture_is_not_checked(qtbot, capturing, shown):
    page, _told = shown(2)
    page.leave()
    capturing.change(intake.set_state, capturing.image(0).id, ImageState.SUPERSEDED)

    page.begin()
    qtbot.waitUntil(lambda: page.strip.items.rowCount() == 1)

    assert page._current == capturing.image(1).id


def test_a_picture_that_cannot_be_read_is_told_and_the_others_go_on(qtbot, capturing, shown):
    page, told = shown(2)
    page.question.choose(Identifiable.NO)
    state = capturing.room.workplace.vault.state
    first = capturing.image(0).image.original
    state.blobs[first] = b"damaged"

    page.finish()
    qtbot.waitUntil(lambda: bool(told.errors))
    qtbot.waitUntil(lambda: not page.work.is_busy())
    done(qtbot, page)

    assert badges(page) == ["To check", "Checked"]
    assert page._current == capturing.image(0).id


def test_going_on_leads_to_what_is_open(qtbot, capturing, shown):
    page, told = shown(2)
    done(qtbot, page)
    page.strip.pick(capturing.image(0).id)
    ready = told.ready[-1]

    page.finish()

    assert ready is True
    assert page._current == capturing.image(1).id
    assert told.finished == 0


def test_leaving_holds_no_large_picture(shown):
    page, _told = shown(1)

    page.leave()

    assert page.canvas._preview.isNull()


def test_another_visit_brings_nothing_along(qtbot, capturing, shown):
    page, _told = shown(1)
    page._add_cover(EYES)
    capturing.change(encounters.abandon, capturing.visit.id, keep_pictures=True, reason="tired")
    visit = capturing.change(encounters.begin, capturing.patient)
    capturing.session.encounter = visit

    page.begin()
    capturing.room.runner.run(lambda: None, lambda _: None, lane="read").result()

    assert page._draft() is None
    assert page.strip.items.rowCount() == 0
    page.finish()
    page.accept()
    page.undo()
    assert page.keep_visible("face")._line.text() == ""


def test_from_right_to_left_the_picture_is_not_mirrored(qtbot, shown):
    page, _told = shown(1)

    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    left, right = page.canvas.from_original(0, 0), page.canvas.from_original(320, 0)
    assert left.x() < right.x()


def test_large_print_leaves_the_picture_its_room(qtbot, shown):
    page, _told = shown(1)
    page.use_cover()
    usual = page.tools.extras.parentWidget() is page.tools

    theme().apply(Appearance.LIGHT, scale=2.0)
    large = page.tools._signs.isVisible() and not page.tools._tools.isVisible()
    scrolls = page.question.parentWidget() is page.tools.extras.parentWidget()
    theme().apply(Appearance.LIGHT, scale=1.0)

    assert (usual, large, scrolls) == (True, True, True)
    assert page.tools.extras.parentWidget() is page.tools
    assert page.tools._tools.isVisible()
