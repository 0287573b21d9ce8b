"""What was said about a picture, and corrected, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.domain.body_site import body_site
from app.domain.clinical_image import (
    FiledImage,
    ImageFact,
    ImageFactKind,
    ImageState,
    Laterality,
    View,
)
from app.services.ports import Desk
from app.ui.capture.strip_items import view_name
from app.ui.people.person_words import DOT, clock_word, day_word


def history_lines(filed: FiledImage, desk: Desk) -> tuple[str, ...]:
    """Every fact about a picture, the newest first: when, what, and why it was corrected."""
    lines = []
    for fact in reversed(filed.facts):
        words = _fact_words(fact)
        if words:
            day = day_word(fact.stamp.at.astimezone(desk.zone).date())
            parts = (f"{day}, {clock_word(fact.stamp.at, desk)}", words, fact.reason)
            lines.append(DOT.join(part for part in parts if part))
    return tuple(lines)


def _fact_words(fact: ImageFact) -> str:
    """What a fact says; "" where another line says it already."""
    tr, value = QCoreApplication.translate, fact.value
    if fact.kind is ImageFactKind.BODY_SITE:
        site = body_site(value)
        return tr("picture", "place: {place}").format(place=site.name if site else "–")
    if fact.kind is ImageFactKind.LATERALITY:
        return tr("picture", "side: {side}").format(side=_side_word(value))
    if fact.kind is ImageFactKind.VIEW:
        view = view_name(View(value) if value else None) or "–"
        return tr("picture", "view: {view}").format(view=view)
    if fact.kind is ImageFactKind.PATIENT:
        return tr("picture", "filed under a patient")
    if fact.kind is ImageFactKind.STATE:
        return _state_word(ImageState(value))
    return ""


def _side_word(value: str) -> str:
    tr = QCoreApplication.translate
    words = {
        Laterality.LEFT: tr("picture", "left"),
        Laterality.RIGHT: tr("picture", "right"),
        Laterality.BOTH: tr("picture", "both"),
        Laterality.UNPAIRED: tr("picture", "has none"),
    }
    return words[Laterality(value)] if value else "–"


def _state_word(state: ImageState) -> str:
    tr = QCoreApplication.translate
    words = {
        ImageState.KEPT: tr("picture", "kept"),
        ImageState.SUPERSEDED: tr("picture", "taken again"),
        ImageState.DISCARDED: tr("picture", "discarded"),
    }
    return words[state]
