"""The heads of the cards beside the picture, where height is scarce."""

from __future__ import annotations

from app.ui.design.tokens import Space
from app.ui.widgets.cards import Card


def close_head(card: Card) -> None:
    """Bring the head of a card with a button in it as near to the edge as one without."""
    outer = card.layout()
    assert outer is not None
    outer.setContentsMargins(Space.L, Space.XS, Space.XS, Space.M)
    outer.setSpacing(0)


def close_body(card: Card) -> None:
    """Bring the body of a card near to its title."""
    outer = card.layout()
    assert outer is not None
    outer.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
    outer.setSpacing(Space.XS)
