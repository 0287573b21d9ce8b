"""Reading a paper on the screen."""

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QColor, QPageSize
from PySide6.QtWidgets import QLabel

from app.domain.paper import PageSize
from app.settings import Settings
from app.ui.paper_view.open_pdf import OpenPdf
from app.ui.paper_view.page_sheets import KEPT_PAGES
from app.ui.paper_view.paper_size import paper_size
from app.ui.paper_view.pdf_view import LEAST, MOST, PdfView
from tests.ui.session.session_room import a_pdf


@pytest.fixture
def view(qtbot):
    made = PdfView("The patient's copy")
    qtbot.addWidget(made)
    made.resize(840, 580)
    made.show()
    return made


def told(view):
    return [label.text() for label in view.findChildren(QLabel) if label.text()]


def test_it_shows_the_first_page_as_wide_as_the_view(view):
    view.show_pdf(a_pdf(3))

    QCoreApplication.processEvents()
    assert view.page_count() == 3
    assert "Page 1 of 3" in told(view)
    assert view._area.horizontalScrollBar().maximum() == 0
    assert view._sheets.page_rect(0).width() > 700


def test_the_pages_are_drawn_with_their_content(view):
    view.show_pdf(a_pdf(1))

    picture = view._sheets.grab().toImage()
    box = view._sheets.page_rect(0)
    black = [
        picture.pixelColor(box.left() + x, box.top() + y) == QColor("black")
        for x in range(0, box.width(), 5)
        for y in range(0, box.height() // 2, 5)
    ]

    assert any(black)


def test_scrolling_says_which_page_is_on(view):
    view.show_pdf(a_pdf(3))

    view.go_to_page(2)

    assert view.current_page() == 2
    assert "Page 3 of 3" in told(view)


def test_keys_and_buttons_change_the_size(view, qtbot):
    view.show_pdf(a_pdf(2))
    fitting = view.zoom()

    qtbot.keyClick(view, Qt.Key.Key_Plus)
    larger = view.zoom()
    view._smaller.click()
    view._smaller.click()
    smaller = view.zoom()
    qtbot.keyClick(view, Qt.Key.Key_0)

    assert larger > fitting > smaller
    assert view.zoom() == fitting


def test_the_size_has_bounds(view):
    view.show_pdf(a_pdf(1))

    for _ in range(12):
        view.make_larger()
    most = view.zoom()
    for _ in range(24):
        view.make_smaller()

    assert (most, view.zoom()) == (MOST, LEAST)


def test_another_size_keeps_the_page(view):
    view.show_pdf(a_pdf(3))
    view.go_to_page(1)

    view.make_larger()

    assert view.current_page() == 1


def test_it_goes_on_fitting_when_the_window_grows(view):
    view.show_pdf(a_pdf(1))
    narrow = view.zoom()

    view.resize(1100, 580)
    QCoreApplication.processEvents()
    wide = view.zoom()
    view.make_smaller()
    chosen = view.zoom()
    view.resize(900, 580)
    QCoreApplication.processEvents()

    assert wide > narrow
    assert view.zoom() == chosen


def test_nothing_of_a_paper_stays_when_it_is_cleared(view):
    view.show_pdf(a_pdf(2))
    pdf = view._pdf

    view.clear()

    assert view.page_count() == 0
    assert view.current_page() == 0
    assert pdf.pages == 0
    assert view._area.accessibleDescription() == ""
    assert not view._larger.isEnabled()


def test_screen_readers_get_the_words(view):
    view.show_pdf(a_pdf(2))

    assert "Page number 2" in view._area.accessibleDescription()


def test_only_a_few_pages_are_kept_drawn(view):
    view.show_pdf(a_pdf(KEPT_PAGES + 3))

    for page in range(view.page_count()):
        view.go_to_page(page)
        view._area.grab()

    assert len(view._sheets._drawn) <= KEPT_PAGES


def test_other_keys_go_on(view, qtbot):
    view.show_pdf(a_pdf(1))
    before = view.zoom()

    qtbot.keyClick(view, Qt.Key.Key_A)

    assert view.zoom() == before


def test_bytes_that_are_no_paper_have_no_pages(qapp):
    pdf = OpenPdf(b"no paper")

    assert pdf.pages == 0
    pdf.close()


def test_the_paper_is_as_set_or_as_the_region_has_it(monkeypatch):
    def us():
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)

    def ireland():
        return QLocale(QLocale.Language.English, QLocale.Country.Ireland)

    monkeypatch.setattr(QLocale, "system", us)
    american = paper_size(Settings())
    monkeypatch.setattr(QLocale, "system", ireland)

    assert american is PageSize.LETTER
    assert paper_size() is PageSize.A4
    assert paper_size(Settings(paper="letter")) is PageSize.LETTER
    assert a_pdf(1, QPageSize.PageSizeId.Letter).startswith(b"%PDF")
