"""The theme is applied to the whole program and changes while it runs."""

import re
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.paths import resources
from app.ui.design import fonts
from app.ui.design.fonts import FAMILIES, MissingFontError, face, load_fonts
from app.ui.design.stylesheet import stylesheet
from app.ui.design.theme import Appearance, theme
from app.ui.design.theme_images import theme_images, write_theme_images
from app.ui.design.tokens import DARK, HIGH_CONTRAST, LIGHT, PALETTES, Role


def test_the_theme_is_one(qapp):
    assert theme() is theme()


@pytest.mark.parametrize(
    ("appearance", "palette"),
    [
        (Appearance.LIGHT, LIGHT),
        (Appearance.DARK, DARK),
        (Appearance.HIGH_CONTRAST, HIGH_CONTRAST),
    ],
)
def test_an_appearance_brings_its_palette(qapp, appearance, palette):
    theme().apply(appearance)

    assert theme().palette is palette
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == palette.surface
    assert theme().color(Role.ACCENT).name().upper() == palette.accent


def test_the_system_decides_when_it_is_asked_to(qapp, monkeypatch):
    look = theme()
    monkeypatch.setattr(look, "_system_palette", lambda: DARK)

    look.apply(Appearance.SYSTEM)

    assert look.palette is DARK


def test_the_system_changing_at_night_changes_the_window(qapp, monkeypatch):
    look = theme()
    look.apply(Appearance.SYSTEM)
    monkeypatch.setattr(look, "_system_palette", lambda: DARK)

    look._follow_system()

    assert look.palette is DARK


def test_the_system_changing_does_not_change_what_was_chosen(qapp, monkeypatch):
    look = theme()
    monkeypatch.setattr(look, "_system_palette", lambda: DARK)

    look._follow_system()

    assert look.palette is LIGHT


@pytest.mark.parametrize(
    ("contrasting", "scheme", "palette"),
    [
        (Qt.ContrastPreference.HighContrast, Qt.ColorScheme.Light, HIGH_CONTRAST),
        (Qt.ContrastPreference.NoPreference, Qt.ColorScheme.Dark, DARK),
        (Qt.ContrastPreference.NoPreference, Qt.ColorScheme.Unknown, LIGHT),
    ],
)
def test_the_system_palette_follows_contrast_then_scheme(
    qapp, monkeypatch, contrasting, scheme, palette
):
    hints = SimpleNamespace(
        accessibility=lambda: SimpleNamespace(contrastPreference=lambda: contrasting),
        colorScheme=lambda: scheme,
    )
    look = theme()
    monkeypatch.setattr(look, "_app", SimpleNamespace(styleHints=lambda: hints))

    assert look._system_palette() is palette


@pytest.mark.parametrize(("asked", "got"), [(0.5, 1.0), (1.5, 1.5), (3.0, 2.0)])
def test_the_font_scale_is_held_between_100_and_200_percent(qapp, asked, got):
    theme().apply(scale=asked)

    assert theme().scale == got
    assert theme().px(20) == round(20 * got)
    assert theme().font(20).pixelSize() == round(20 * got)


def test_a_change_is_told(qtbot):
    with qtbot.waitSignal(theme().changed):
        theme().apply(Appearance.DARK)


def test_every_face_is_there(qapp):
    load_fonts()

    assert QFontInfo(face(13)).family() == "Inter"


@pytest.mark.parametrize("text", ["Ärztin Ếß", "عبد الرحمن", "हिन्दी", "שלום", "陳大文", "あい"])
def test_names_of_many_scripts_have_glyphs(qapp, text):
    metrics = QFontMetrics(face(20, 600))

    assert metrics.horizontalAdvance(text) > 20
    assert "Noto Sans Arabic" in FAMILIES


def test_a_damaged_installation_is_a_bug_that_says_so(qapp, monkeypatch, tmp_path):
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "Broken.ttf").write_bytes(b"no font")
    monkeypatch.setattr(fonts, "resources", lambda: tmp_path)
    monkeypatch.setattr(fonts, "FAMILIES", ("Nobody's Sans",))

    with pytest.raises(MissingFontError, match=r"Broken\.ttf"):
        load_fonts()


def test_a_missing_font_is_a_bug_that_says_so(qapp, monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "resources", lambda: tmp_path)
    monkeypatch.setattr(fonts, "FAMILIES", ("Nobody's Sans",))

    with pytest.raises(MissingFontError, match="Nobody's Sans"):
        load_fonts()


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_the_style_sheet_is_filled_in_whole(palette):
    text = stylesheet(palette, 1.5)

    assert "$" not in text
    assert not re.search(r"\b(px|disc)\(", text)
    assert "font-size: 20px" in text  # 13 px body at 150 %


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_the_images_of_the_style_sheet_have_the_palettes_colours(palette):
    folder = resources() / "theme" / palette.name

    stored = {file.name: file.read_text("utf-8") for file in folder.iterdir()}

    assert stored == theme_images(palette)


def test_the_style_sheet_mirrors_what_qt_does_not():
    text = stylesheet(LIGHT, 1.0, rtl=True)

    assert "QSlider::add-page:horizontal" in text
    assert "QTabBar::tab:first { border-top-right-radius" in text


def test_a_new_direction_restyles_the_window(qapp):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert "QSlider::add-page:horizontal" in qapp.styleSheet()


def test_the_images_are_written_for_every_palette(monkeypatch, tmp_path):
    (tmp_path / "theme").mkdir()
    monkeypatch.setattr("app.ui.design.theme_images.resources", lambda: tmp_path)

    write_theme_images()

    assert {folder.name for folder in (tmp_path / "theme").iterdir()} == {
        palette.name for palette in PALETTES
    }


@pytest.fixture
def two_buttons(qtbot):
    window = QWidget()
    column = QVBoxLayout(window)
    parts = (QPushButton("One"), QPushButton("Two"), QLineEdit())
    for part in parts:
        column.addWidget(part)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window, parts


def ring_of(window):
    return [child for child in window.findChildren(QWidget) if type(child).__name__ == "_Ring"]


def test_the_focus_ring_stands_around_what_has_the_focus(two_buttons, qtbot):
    window, (one, two, _line) = two_buttons
    one.setFocus()

    two.setFocus()

    qtbot.waitUntil(lambda: len(ring_of(window)) == 1)
    ring = ring_of(window)[0]
    assert ring.widget() is two
    assert ring.geometry().contains(two.geometry())
    accent = theme().color(Role.ACCENT).rgb()
    picture = window.grab().toImage()
    assert accent in {
        picture.pixelColor(ring.geometry().center().x(), ring.geometry().top() + line).rgb()
        for line in range(3)
    }


def test_inputs_draw_their_own_ring(two_buttons, qtbot):
    window, (one, _two, line) = two_buttons
    one.setFocus()

    line.setFocus()

    qtbot.waitUntil(lambda: not ring_of(window))


def test_the_ring_goes_with_its_widget(two_buttons, qtbot):
    window, (one, two, _line) = two_buttons
    one.setFocus()
    one.deleteLater()

    qtbot.waitUntil(lambda: len(window.findChildren(QPushButton)) == 1)

    two.setFocus()
    qtbot.waitUntil(lambda: [ring.widget() for ring in ring_of(window)] == [two])


def test_the_ring_is_whole_where_its_widget_touches_the_edge_of_what_holds_it(qtbot):
    window = QWidget()
    holder, button = QWidget(window), QPushButton("At the edge")
    button.setParent(holder)
    button.resize(100, 44)
    holder.setGeometry(50, 50, 100, 44)
    window.resize(200, 150)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)

    button.setFocus()

    qtbot.waitUntil(lambda: len(ring_of(window)) == 1)
    [ring] = ring_of(window)
    box = ring.rect().translated(ring.mapTo(window, QPoint(0, 0)))
    assert not ring.visibleRegion().isEmpty()
    assert ring.visibleRegion().boundingRect() == ring.rect()
    assert box.contains(holder.geometry())
    assert box != holder.geometry()


def test_a_page_that_takes_the_keys_wears_no_ring(two_buttons, qtbot):
    window, (one, _two, _line) = two_buttons
    one.setFocus()
    qtbot.waitUntil(lambda: len(ring_of(window)) == 1)

    page = QWidget(window)
    page.show()
    page.setFocus()

    qtbot.waitUntil(lambda: not ring_of(window))
