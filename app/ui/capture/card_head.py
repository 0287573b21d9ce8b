"""The heads of the cards beside the picture, where height is scarce."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from app.ui.design.tokens import Space
from app.ui.widgets.cards import Card


class HeadedCard(Card):
    """A card whose head holds a button, as near to the edge as the head of one without.

    The button's own padding stands where the card's would, on the side where the line ends.
    """

    def __init__(self, trailing: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(trailing=trailing, parent=parent)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._fit()

    def _fit(self) -> None:
        outer = self.layout()
        assert outer is not None
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        near, far = (Space.XS, Space.L) if rtl else (Space.L, Space.XS)
        rest = Space.L - Space.XS
        outer.setContentsMargins(near, Space.XS, far, Space.M)
        outer.setSpacing(0)
        self.body.setContentsMargins(rest if rtl else 0, 0, 0 if rtl else rest, 0)


def close_body(card: Card) -> None:
    """Bring the body of a card near to its title."""
    outer = card.layout()
    assert outer is not None
    outer.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
    outer.setSpacing(Space.XS)
