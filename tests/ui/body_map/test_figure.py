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


def called(case):
    view, region = case
    return f"{view}-{body_site(region.code).name}-{region.laterality}"


def inside(region):
    """A point that surely lies in a region, also in a crescent."""
    box = region.path.boundingRect()
    points = (
        QPointF(box.x() + box.width() * across / 16, box.y() + box.height() * down / 16)
        for down in range(1, 16)
        for across in range(1, 16)
    )
    return [point for point in points if region.path.contains(point)]


@pytest.mark.parametrize("case", EVERY, ids=called)
def test_left_and_right_are_the_patients(case):
    view, region = case
    on_viewers_right = region.middle.x() > 0

    if region.laterality is None:
        assert abs(region.middle.x()) < 1
    elif view is FigureView.BACK:
        assert region.laterality is (Laterality.RIGHT if on_viewers_right else Laterality.LEFT)
    else:
        assert region.laterality is (Laterality.LEFT if on_viewers_right else Laterality.RIGHT)


@pytest.mark.parametrize("case", EVERY, ids=called)
def test_every_region_can_be_tapped(case):
    view, region = case

    hit = [point for point in inside(region) if region_at(view, point) is region]

    assert hit


@pytest.mark.parametrize("case", EVERY, ids=called)
def test_what_has_sides_is_drawn_with_sides(case):
    _view, region = case

    assert body_site(region.code).paired is (region.laterality is not None)


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
    assert region_at(FigureView.FRONT, QPointF(106, 250), reach=8).code == "244169007"
    assert areola is not None


def test_both_sides_are_marked_on_the_viewers_right_when_one_is_asked():
    region = region_of(FigureView.FRONT, "70559009", Laterality.BOTH)

    assert region.laterality is Laterality.LEFT
