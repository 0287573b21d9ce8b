"""Applies palette, fonts and font scale to the whole program, also while it runs."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, cast

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from app.paths import resources
from app.ui.design.focus_ring import FocusRings
from app.ui.design.fonts import face, load_fonts
from app.ui.design.stylesheet import stylesheet
from app.ui.design.tokens import DARK, HIGH_CONTRAST, LIGHT, Palette, Role, Type, mix

SCALE_LEAST = 1.0
SCALE_MOST = 2.0


class Appearance(StrEnum):
    """What the user chose in Settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class Theme(QObject):
    """The look that is on now.

    Attributes:
        palette: The colours in use.
        appearance: What was asked for; `palette` follows from it.
        scale: Font scale, 1.0 to 2.0.

    Signals:
        changed: Palette or scale is new; everything has been restyled already.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("theme")
        self._app = app
        self.palette: Palette = LIGHT
        self.appearance = Appearance.LIGHT
        self.scale = 1.0
        load_fonts()
        QDir.setSearchPaths("theme", [str(resources() / "theme")])
        app.setStyle("Fusion")
        self._rings = FocusRings(app, self)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        app.layoutDirectionChanged.connect(self._restyle)

    def apply(self, appearance: Appearance | None = None, *, scale: float | None = None) -> None:
        """Change the appearance, the font scale (held to 1.0 … 2.0), or both."""
        if scale is not None:
            self.scale = min(max(scale, SCALE_LEAST), SCALE_MOST)
        if appearance is not None:
            self.appearance = appearance
            self._tell_platform(appearance)
        self._restyle()

    def px(self, size: float) -> int:
        """A size in px at 100 % as it is at the present scale: text, icons, targets; not gaps."""
        return round(size * self.scale)

    def font(self, size: int = Type.BODY, weight: int = 400) -> QFont:
        """The face in a size (px at 100 %) and weight, scaled."""
        return face(self.px(size), weight)

    def color(self, role: Role) -> QColor:
        """The present colour of a role."""
        return QColor(self.palette.hex(role))

    def _restyle(self) -> None:
        self.palette = self._wanted()
        rtl = self._app.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._app.setPalette(_qt_palette(self.palette))
        self._app.setFont(self.font())
        self._app.setStyleSheet(stylesheet(self.palette, self.scale, rtl=rtl))
        self.changed.emit()

    def _wanted(self) -> Palette:
        if self.appearance is Appearance.SYSTEM:
            return self._system_palette()
        named = {
            Appearance.LIGHT: LIGHT,
            Appearance.DARK: DARK,
            Appearance.HIGH_CONTRAST: HIGH_CONTRAST,
        }
        return named[self.appearance]

    def _system_palette(self) -> Palette:
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return HIGH_CONTRAST
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _tell_platform(self, appearance: Appearance) -> None:
        """Let the title bar and native dialogs follow."""
        schemes = {
            Appearance.SYSTEM: Qt.ColorScheme.Unknown,
            Appearance.LIGHT: Qt.ColorScheme.Light,
        }
        self._app.styleHints().setColorScheme(schemes.get(appearance, Qt.ColorScheme.Dark))

    def _follow_system(self) -> None:
        if self.appearance is Appearance.SYSTEM:
            self._restyle()


def _qt_palette(tokens: Palette) -> QPalette:
    roles: dict[QPalette.ColorRole, str] = {
        QPalette.ColorRole.Window: tokens.surface,
        QPalette.ColorRole.WindowText: tokens.ink,
        QPalette.ColorRole.Base: tokens.raised,
        QPalette.ColorRole.AlternateBase: tokens.surface,
        QPalette.ColorRole.Text: tokens.ink,
        QPalette.ColorRole.PlaceholderText: tokens.ink_3,
        QPalette.ColorRole.Button: tokens.raised,
        QPalette.ColorRole.ButtonText: tokens.ink,
        QPalette.ColorRole.BrightText: tokens.danger,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.on_accent,
        QPalette.ColorRole.Accent: tokens.accent,
        QPalette.ColorRole.Link: tokens.accent,
        QPalette.ColorRole.LinkVisited: tokens.accent,
        QPalette.ColorRole.ToolTipBase: tokens.ink,
        QPalette.ColorRole.ToolTipText: tokens.raised,
        QPalette.ColorRole.Light: tokens.raised,
        QPalette.ColorRole.Midlight: tokens.sunken,
        QPalette.ColorRole.Mid: tokens.line,
        QPalette.ColorRole.Dark: tokens.outline,
        QPalette.ColorRole.Shadow: mix(tokens.ink, "#000000", 0.5),
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    faded = QColor(mix(tokens.ink_3, tokens.surface, 0.35))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return palette


def theme() -> Theme:
    """The program's theme; light at 100 % until something else is applied."""
    app = cast("Any", QApplication.instance())
    assert isinstance(app, QApplication), "a theme needs a QApplication"
    found = app.findChild(Theme, "theme", Qt.FindChildOption.FindDirectChildrenOnly)
    if isinstance(found, Theme):
        return found
    made = Theme(app)
    made.apply()
    return made
