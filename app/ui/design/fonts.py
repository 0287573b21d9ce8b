"""The bundled faces: Inter, and companions for the scripts it lacks."""

from __future__ import annotations

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase

from app.paths import resources

FAMILIES = (
    "Inter",
    "Noto Sans Arabic",
    "Noto Sans Devanagari",
    "Noto Sans Hebrew",
    "Noto Sans",
    "Droid Sans Fallback",
)


LARGE_PX = 18  # Inter is drawn for text; from here on it wants tighter tracking


class MissingFontError(RuntimeError):
    """A bundled font file is not there or is broken: the installation is damaged."""


def load_fonts() -> None:
    """Make the bundled faces known to Qt, once."""
    # Qt tells each time that Inter lacks Devanagari; the companions are there for that.
    QLoggingCategory.setFilterRules("qt.text.font.db.info=false")
    known = set(QFontDatabase.families())
    if known.issuperset(FAMILIES):
        return
    for file in sorted((resources() / "fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise MissingFontError(file.name)
    missing = set(FAMILIES) - set(QFontDatabase.families())
    if missing:
        raise MissingFontError(", ".join(sorted(missing)))


def face(size_px: int, weight: int = 400) -> QFont:
    """The window's face in a size in px and a weight of 400, 500, 600 or 700."""
    font = QFont(list(FAMILIES))
    font.setPixelSize(size_px)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    if size_px >= LARGE_PX:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
    return font
