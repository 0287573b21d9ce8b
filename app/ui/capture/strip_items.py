"""How a picture of today stands in the strip: its name, its badge."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPixmap

from app.domain.clinical_image import FiledImage, ImageState, View
from app.ui.body_map.site_names import site_words
from app.ui.capture.judgement import Judgement
from app.ui.widgets.chips import ChipState, ChipText
from app.ui.widgets.thumbnails import Thumbnail


def thumbnail(
    filed: FiledImage,
    number: int,
    picture: QPixmap,
    judgement: Judgement | None,
    *,
    key: str = "",
) -> Thumbnail:
    """A picture of the strip; one that was taken again is faded.

    Args:
        key: In the strip; empty for the picture's id.
    """
    again = filed.state is ImageState.SUPERSEDED
    label = " · ".join(
        word
        for word in (
            _tr("Photograph {number}").format(number=number),
            site_words(filed.body_site, filed.laterality),
            view_name(filed.view),
        )
        if word
    )
    badge = ChipText(_tr("Retaken"), ChipState.NEUTRAL, "") if again else _badge(filed, judgement)
    return Thumbnail(key or filed.id, label, picture, badge, faded=again)


def placeholder(key: str, name: str) -> Thumbnail:
    """What stands there while a picture is on its way."""
    return Thumbnail(key, name, badge=ChipText(_tr("Saving…"), ChipState.NEUTRAL, ""))


def view_name(view: View | None) -> str:
    """The view in the window's language; empty when not said."""
    names = {
        View.CONTEXT: _tr("Context"),
        View.CLOSE_UP: _tr("Close-up"),
        View.DERMOSCOPIC: _tr("Dermoscopic"),
    }
    return names[view] if view else ""


def saved_words(count: int, time: str) -> str:
    """How many pictures there are and when the last was stored, for the footer."""
    one = _tr("1 photograph · saved {time}")
    several = _tr("{count} photographs · saved {time}")
    return (one if count == 1 else several).format(count=count, time=time)


def judgement_chip(judgement: Judgement) -> ChipText:
    """What the picture looks like to the program, as a chip."""
    texts = {
        Judgement.DARK: ChipText(_tr("Dark?"), ChipState.EXPIRING, "moon"),
        Judgement.BRIGHT: ChipText(_tr("Bright?"), ChipState.EXPIRING, "sun"),
        Judgement.BLURRED: ChipText(_tr("Blurred?"), ChipState.EXPIRING, "focus"),
    }
    return texts[judgement]


def _badge(filed: FiledImage, judgement: Judgement | None) -> ChipText | None:
    if judgement is not None:
        return judgement_chip(judgement)
    short = _tr("Derm") if filed.view is View.DERMOSCOPIC else view_name(filed.view)
    return ChipText(short, ChipState.NEUTRAL, "") if short else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("StripItems", text)
