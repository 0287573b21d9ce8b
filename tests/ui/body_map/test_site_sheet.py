"""Choosing the place: by tapping, by typing, by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.body_site import BODY_SITES
from app.domain.clinical_image import Laterality
from app.ui.body_map.figure import FigureView
from app.ui.body_map.site_names import side_name, site_name, site_words, sites_like
from app.ui.body_map.site_sheet import SiteSheet
from app.ui.widgets.row_model import ROW_ROLE

FOREARM, DORSAL, NAVEL, CHEEK = "70559009", "41550009", "315003", "36141000"


@pytest.fixture
def opened(qtbot):
    host = QWidget()
    host.resize(1280, 800)
    qtbot.addWidget(host)
    host.show()
    chosen = []

    def open_sheet(code="", side=None):
        sheet = SiteSheet(code, side, host)
        sheet.site_chosen.connect(lambda *place: chosen.append(place))
        sheet.open()
        return sheet, chosen

    return open_sheet


def test_a_tap_and_the_button(opened):
    sheet, chosen = opened()

    sheet._figure.tapped.emit(FOREARM, Laterality.LEFT)
    QTest.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)

    assert chosen == [(FOREARM, Laterality.LEFT)]


def test_typing_finds_and_a_side_is_asked_for(qtbot, opened):
    sheet, chosen = opened()

    QTest.keyClicks(sheet._search, "vol")
    qtbot.waitUntil(lambda: sheet._list.rows.rowCount() == 1)
    assert not sheet.primary.isEnabled()
    assert "Which side" in sheet._hint.text()
    QTest.keyClick(sheet._search, Qt.Key.Key_Return)
    assert chosen == []
    sheet._sides.button(Laterality.RIGHT).click()
    sheet.primary.click()

    assert chosen == [(FOREARM, Laterality.RIGHT)]


def test_enter_takes_the_first_place_that_was_found(qtbot, opened):
    sheet, chosen = opened()

    QTest.keyClicks(sheet._search, "nav")
    QTest.keyClick(sheet._search, Qt.Key.Key_Return)

    assert chosen == [(NAVEL, Laterality.UNPAIRED)]


def test_enter_without_a_find_chooses_nothing(opened):
    sheet, chosen = opened()

    QTest.keyClicks(sheet._search, "xyzzy")
    QTest.keyClick(sheet._search, Qt.Key.Key_Return)

    assert chosen == []


def test_arrow_keys_walk_the_list(qtbot, opened):
    sheet, chosen = opened()

    QTest.keyClicks(sheet._search, "abd")
    qtbot.waitUntil(lambda: sheet._list.rows.rowCount() == 2)
    QTest.keyClick(sheet._search, Qt.Key.Key_Down)
    QTest.keyClick(sheet._list, Qt.Key.Key_Down)
    QTest.keyClick(sheet._list, Qt.Key.Key_Return)

    assert chosen == [("699935000", Laterality.UNPAIRED)]


def test_the_figure_turns_to_the_place(opened):
    sheet, _chosen = opened(DORSAL, Laterality.LEFT)
    from_behind = sheet._figure.view()

    sheet._pick(CHEEK)

    assert from_behind is FigureView.BACK
    assert sheet._figure.view() is FigureView.FACE
    assert sheet._said.text() == "Cheek · Left"


def test_the_view_can_be_chosen(opened):
    sheet, _chosen = opened(NAVEL, Laterality.UNPAIRED)

    sheet._views.button(FigureView.BACK).click()

    assert sheet._figure.view() is FigureView.BACK
    assert sheet.place() == (NAVEL, Laterality.UNPAIRED)


def test_a_place_that_is_hidden_by_the_search_is_kept(qtbot, opened):
    sheet, _chosen = opened(FOREARM, Laterality.LEFT)

    QTest.keyClicks(sheet._search, "nose tip")
    qtbot.waitUntil(lambda: sheet._list.rows.rowCount() == 0)

    assert sheet.place() == (FOREARM, Laterality.LEFT)


def test_every_place_is_found_by_its_name():
    lost = [site.name for site in BODY_SITES if site not in sites_like(site.name.upper())]

    assert lost == []


def test_words_for_places_and_sides():
    assert site_words(FOREARM, Laterality.BOTH) == "Forearm, volar · Both sides"
    assert site_words(NAVEL, Laterality.UNPAIRED) == "Navel"
    assert (site_name("none"), side_name(None)) == ("", "")


def test_the_first_arrow_key_marks_the_first_place(qtbot, opened):
    sheet, _chosen = opened()

    QTest.keyClicks(sheet._search, "forearm")
    qtbot.waitUntil(lambda: sheet._list.rows.rowCount() == 2)
    QTest.keyClick(sheet._search, Qt.Key.Key_Down)

    assert sheet._list.current_key() == sheet._list.rows.index(0).data(ROW_ROLE).key
    QTest.keyClick(sheet._list, Qt.Key.Key_Down)
    assert sheet._list.current_key() == sheet._list.rows.index(1).data(ROW_ROLE).key
