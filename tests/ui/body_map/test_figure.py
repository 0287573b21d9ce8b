"""The figure: every region means a place, and the patient's left is where it is in life."""

import pytest
from PySide6.QtCore import QPointF

from app.domain.body_site import BODY_SITES, body_site
from app.domain.clinical_image import Laterality
from app.ui.body_map.figure import (
    EXTENT,
    FigureView,
    outline,
    region_at,
    region_of,
    regions,
    views_of,
)

EVERY = [(view, region) for view in FigureView for region in regions(view)]
NOT_DRAWN = {"Mouth, inside", "Toenail", "Skin, other place"}


def called(view, region):
    site = body_site(region.code)
    return f"{view}: {site.name if site else region.code}, {region.laterality}"


def inside(region):
    """A point that surely lies in a region, also in a crescent."""
    box = region.path.boundingRect()
    points = (
        QPointF(box.x() + box.width() * across / 16, box.y() + box.height() * down / 16)
        for down in range(1, 16)
        for across in range(1, 16)
    )
    return [point for point in points if region.path.contains(point)]


def seen_on(view, region):
    """The patient's side that a region's place on the figure means."""
    if abs(region.middle.x()) < 1:
        return None
    viewers_right = region.middle.x() > 0
    from_behind = view is FigureView.BACK
    return Laterality.RIGHT if viewers_right is from_behind else Laterality.LEFT


def test_left_and_right_are_the_patients_in_every_region():
    wrong = [called(*one) for one in EVERY if one[1].laterality is not seen_on(*one)]

    assert len(EVERY) > 90
    assert wrong == []


def test_every_region_can_be_tapped():
    hidden = [
        called(view, region)
        for view, region in EVERY
        if not any(region_at(view, point) is region for point in inside(region))
    ]

    assert hidden == []


def test_what_has_sides_is_drawn_with_sides():
    paired = {site.code for site in BODY_SITES if site.paired}

    wrong = [
        called(*one) for one in EVERY if (one[1].code in paired) is (one[1].laterality is None)
    ]

    assert wrong == []


@pytest.mark.parametrize("view", FigureView)
def test_the_figure_lies_in_its_extent(view):
    assert EXTENT[view].contains(outline(view).boundingRect())


def test_nearly_every_place_is_on_a_figure():
    missing = {site.name for site in BODY_SITES if not views_of(site.code)}

    assert missing == NOT_DRAWN


def test_the_volar_forearm_is_seen_from_the_front_and_the_dorsal_from_behind():
    assert views_of("70559009") == (FigureView.FRONT,)
    assert views_of("41550009") == (FigureView.BACK,)


def test_a_finger_that_misses_a_little_means_the_nearest():
    areola = region_of(FigureView.FRONT, "315003", None)
    beside = QPointF(200, 200)

    assert region_at(FigureView.FRONT, beside) is None
    finger = region_at(FigureView.FRONT, QPointF(106, 250), reach=8)
    assert finger is not None
    assert finger.code == "244169007"
    assert areola is not None


def test_both_sides_are_marked_on_the_viewers_right_when_one_is_asked():
    region = region_of(FigureView.FRONT, "70559009", Laterality.BOTH)

    assert region is not None
    assert region.laterality is Laterality.LEFT
