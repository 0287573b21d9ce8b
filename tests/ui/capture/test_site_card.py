"""The place of today's picture: figure, words and side never tell different things."""

import pytest

from app.domain.clinical_image import Laterality
from app.ui.capture.description import Description
from app.ui.capture.site_card import SiteCard

VOLAR, DORSAL = "70559009", "41550009"


@pytest.mark.parametrize(("code", "behind"), [(VOLAR, False), (DORSAL, True)])
def test_a_figure_that_is_seen_from_behind_says_so(qtbot, code, behind):
    card = SiteCard()
    qtbot.addWidget(card)
    card.show()

    card.show_place(Description(body_site=code, laterality=Laterality.LEFT), earlier=0)

    assert card._seen.isVisible() is behind
    [marked] = card._figure.marked()
    on_the_left = card._figure.place_of(marked).x() < card._figure.width() / 2
    assert on_the_left is behind
