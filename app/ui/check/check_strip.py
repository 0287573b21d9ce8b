"""How a picture stands in the strip of the check."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPixmap

from app.ui.widgets.chips import ChipState, ChipText
from app.ui.widgets.thumbnails import Thumbnail


def check_thumbnail(
    key: str, number: int, picture: QPixmap, *, saved: bool, storing: bool
) -> Thumbnail:
    """A picture with how far its check has come."""
    badge = ChipText(_tr("To check"), ChipState.NEUTRAL, "")
    if storing:
        badge = ChipText(_tr("Saving…"), ChipState.NEUTRAL, "")
    elif saved:
        badge = ChipText(_tr("Checked"), ChipState.GRANTED)
    label = _tr("Photograph {number}").format(number=number)
    return Thumbnail(key, label, picture, badge)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CheckStrip", text)
