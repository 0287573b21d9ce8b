"""The figure in numbers: outlines and regions of its three views, drawn for this program.

Every view has x = 0 in the middle. What is paired is given once, on the viewer's right, and
mirrored. On a front view the patient's left is on the viewer's right; from behind, left is left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

from app.domain.body_site import body_site
from app.domain.clinical_image import Laterality

Point = tuple[float, float]
Curve = tuple[float, float, float, float, float, float]


class FigureView(StrEnum):
    """From where the figure is seen."""

    FRONT = "front"
    BACK = "back"
    FACE = "face"

    @property
    def laterality_on_right(self) -> Laterality:
        """The patient's side that is on the viewer's right."""
        return Laterality.RIGHT if self is FigureView.BACK else Laterality.LEFT


@dataclass(frozen=True)
class Region:
    """A part of the figure that means one place on the body.

    Attributes:
        code: Of the body site.
        laterality: The patient's side; None for what is in the middle.
        path: In the figure's units.
    """

    code: str
    laterality: Laterality | None
    path: QPainterPath

    @property
    def middle(self) -> QPointF:
        """Where a mark for it stands."""
        return self.path.boundingRect().center()


HEAD = QRectF(-20, 1, 40, 53)
EAR = QRectF(17, 22, 7, 14)
BODY_START: Point = (9, 44)
BODY: tuple[Curve, ...] = (
    (9, 52, 10, 58, 10, 61), (12, 71, 29, 74, 44, 78), (57, 81, 62, 92, 64, 106),
    (67, 128, 74, 142, 77, 159), (82, 177, 88, 197, 91, 215), (93, 224, 99, 236, 101, 248),
    (103, 259, 101, 268, 96, 267), (91, 266, 88, 255, 85, 245), (82, 235, 80, 226, 79, 218),
    (75, 201, 66, 185, 61, 167), (55, 149, 50, 135, 45, 120), (43, 138, 38, 157, 37, 173),
    (36, 190, 44, 205, 47, 225), (50, 251, 44, 290, 39, 319), (37, 329, 42, 345, 39, 367),
    (36, 385, 28, 401, 27, 414), (28, 424, 34, 431, 33, 436), (31, 441, 12, 441, 11, 436),
    (10, 428, 13, 422, 13, 414), (12, 397, 8, 373, 9, 353), (8, 339, 11, 330, 11, 319),
    (9, 291, 4, 263, 3, 242), (2, 239, 1, 238, 0, 238),
)  # fmt: skip
ARM: tuple[Point, ...] = (
    (46, 60), (44, 78), (45, 119), (52, 166), (64, 218), (66, 290), (130, 290), (130, 60),
)  # fmt: skip
FACE_START: Point = (0, 0)
FACE: tuple[Curve, ...] = ((46, 0, 67, 34, 65, 84), (64, 138, 34, 190, 0, 190))
FACE_EAR = QRectF(58, 76, 20, 44)
EXTENT = {
    FigureView.FRONT: QRectF(-104, -2, 208, 446),
    FigureView.BACK: QRectF(-104, -2, 208, 446),
    FigureView.FACE: QRectF(-84, -6, 168, 202),
}

# Bands across an arm (from, to along its axis) and across a leg (from, to), top to bottom.
ARM_FRONT = {
    "45981001": (60, 149), "17957002": (149, 173), "70559009": (173, 207),
    "24527008": (207, 224), "70887009": (224, 245), "244169007": (245, 290),
}  # fmt: skip
ARM_BACK = {
    "72939005": (60, 149), "181536004": (149, 173), "41550009": (173, 207),
    "52876008": (207, 224), "281642007": (224, 245), "244169007": (245, 260),
    "770809003": (260, 290),
}  # fmt: skip
LEG_FRONT = {
    "61248009": (200, 302), "181553006": (302, 334), "25763004": (334, 397),
    "60496002": (417, 431), "52034004": (431, 445),
}  # fmt: skip
LEG_BACK = {
    "4578000": (236, 304), "84507004": (304, 332), "47224004": (332, 408), "84607009": (408, 445),
}  # fmt: skip

# Later shapes lie over earlier ones. A shape is a polygon, or the oval in a box.
Shape = tuple[Point, ...] | QRectF
FRONT_MIDDLE: dict[str, Shape] = {
    "244106003": ((-45, 88), (45, 88), (45, 140), (-45, 140)),
    "699935000": ((-50, 140), (50, 140), (50, 178), (-50, 178)),
    "699914002": ((-50, 178), (50, 178), (50, 216), (0, 240), (-50, 216)),
    "73897004": ((-22, 0), (22, 0), (22, 56), (-22, 56)),
    "68698007": ((-22, 13), (22, 13), (22, 24), (-22, 24)),
    "43067004": ((-22, 0), (22, 0), (22, 13), (-22, 13)),
    "11584001": ((-6, 53), (6, 53), (8, 72), (-8, 72)),
    "315003": QRectF(-5, 174, 10, 10),
    "60944009": QRectF(-9, 217, 18, 26),
}
FRONT_PAIRED: dict[str, Shape] = {
    "66288003": ((0, 70), (46, 74), (46, 88), (0, 88)),
    "5272005": ((6, 53), (16, 53), (34, 77), (8, 72)),
    "76261009": ((37, 100), (47, 100), (53, 130), (39, 130)),
    "72005009": QRectF(15, 110, 12, 12),
    "39687006": ((50, 208), (50, 226), (10, 252), (3, 240), (9, 232)),
    "73958006": ((3, 246), (15, 250), (17, 302), (6, 302)),
    "181564009": ((20, 397), (50, 397), (50, 417), (20, 417)),
    "181563003": ((0, 397), (20, 397), (20, 417), (0, 417)),
    "1902009": QRectF(16, 21, 9, 16),
}
BACK_MIDDLE: dict[str, Shape] = {
    "43067004": ((-22, 0), (22, 0), (22, 44), (-22, 44)),
    "4658004": ((-16, 44), (16, 44), (22, 72), (-22, 72)),
    "699893008": ((-45, 70), (45, 70), (45, 142), (-45, 142)),
    "113182001": ((-50, 142), (50, 142), (50, 196), (-50, 196)),
    "59112000": QRectF(-4, 222, 8, 14),
}
BACK_PAIRED: dict[str, Shape] = {
    "22180002": ((0, 196), (52, 196), (52, 238), (2, 246)),
    "24483006": QRectF(15, 20, 10, 18),
}
FACE_MIDDLE: dict[str, Shape] = {
    "73897004": ((-90, 0), (90, 0), (90, 200), (-90, 200)),
    "43067004": ((-90, -5), (90, -5), (90, 44), (42, 34), (-42, 34), (-90, 44)),
    "68698007": ((-42, 34), (42, 34), (42, 66), (-42, 66)),
    "113179006": (
        (-7, 80), (7, 80), (9, 100), (17, 112), (12, 120), (-12, 120), (-17, 112), (-9, 100),
    ),
    "88089004": QRectF(-23, 130, 46, 20),
    "23747009": ((-30, 158), (30, 158), (40, 195), (-40, 195)),
}  # fmt: skip
FACE_PAIRED: dict[str, Shape] = {
    "16621002": ((42, 34), (70, 40), (70, 86), (50, 86), (42, 66)),
    "36141000": ((18, 102), (52, 98), (70, 92), (60, 150), (28, 156), (24, 132)),
    "367577003": ((13, 72), (28, 66), (47, 70), (47, 76), (28, 73), (13, 78)),
    "41310005": ((14, 90), (22, 82), (37, 82), (45, 90)),
    "40069000": ((14, 90), (45, 90), (37, 98), (22, 98)),
    "1902009": QRectF(60, 76, 18, 44),
}


@cache
def outline(view: FigureView) -> QPainterPath:
    """The whole figure, to be filled and stroked."""
    if view is FigureView.FACE:
        made = _mirrored(FACE_START, FACE)
        return made.united(_both(_shape(FACE_EAR))).simplified()
    head = QPainterPath()
    head.addEllipse(HEAD)
    ears = _both(_shape(EAR))
    return _mirrored(BODY_START, BODY).united(head).united(ears).simplified()


@cache
def regions(view: FigureView) -> tuple[Region, ...]:
    """All regions of a view; the later ones lie over the earlier ones."""
    if view is FigureView.FACE:
        whole = {"73897004", "43067004", "68698007", "16621002", "23747009"}
        soft = {code: _softened(shape) for code, shape in FACE_PAIRED.items() if code not in whole}
        nose = {"113179006": _softened(FACE_MIDDLE["113179006"])}
        found = [*_middle(FACE_MIDDLE | nose, view), *_paired(FACE_PAIRED | soft, view)]
    elif view is FigureView.BACK:
        found = [
            *_limbs(LEG_BACK, ARM_BACK, view),
            *_paired({"22180002": BACK_PAIRED["22180002"]}, view),
            *_middle(BACK_MIDDLE, view),
            *_paired({"24483006": BACK_PAIRED["24483006"]}, view),
        ]
    else:
        found = [
            *_limbs(LEG_FRONT, ARM_FRONT, view),
            *_middle(FRONT_MIDDLE, view),
            *_paired(FRONT_PAIRED, view),
        ]
        late = {"60944009", "11584001"}
        found.sort(key=lambda region: region.code in late)
    return tuple(region for region in found if not region.path.isEmpty())


def region_at(view: FigureView, point: QPointF, *, reach: float = 0) -> Region | None:
    """The region at a point of the figure; a finger may miss it by `reach` units."""
    for region in reversed(regions(view)):
        if region.path.contains(point):
            return region
    near = QPainterPath()
    near.addEllipse(point, reach, reach)
    close = [region for region in regions(view) if reach and region.path.intersects(near)]
    return min(close, key=lambda region: _distance(region.middle, point), default=None)


def region_of(view: FigureView, code: str, laterality: Laterality | None) -> Region | None:
    """The region of a place on a view; for both sides, or none said, that on the viewer's right."""
    found = [region for region in regions(view) if region.code == code]
    exact = [region for region in found if region.laterality is laterality]
    side = view.laterality_on_right
    rest = [region for region in found if region.laterality in {None, side}]
    return next(iter(exact or rest), None)


def views_of(code: str) -> tuple[FigureView, ...]:
    """The views on which a place can be seen, best first."""
    return tuple(
        view for view in FigureView if any(region.code == code for region in regions(view))
    )


def _limbs(legs: Mapping[str, Point], arms: Mapping[str, Point], view: FigureView) -> list[Region]:
    """Bands of legs and arms; those of the arms are cut across their slanting axis."""
    leg_shapes: dict[str, Shape] = {
        code: ((0, top), (60, top), (60, end), (0, end)) for code, (top, end) in legs.items()
    }
    arm = QPainterPath()
    arm.addPolygon(_polygon(ARM))
    arm.closeSubpath()
    made = _paired(leg_shapes, view)
    for code, (top, end) in arms.items():
        slanted = ((40, top + 8), (130, top - 14), (130, end - 14), (40, end + 8))
        made += _sides(code, _shape(slanted).intersected(arm), view)
    return made


def _middle(shapes: dict[str, Shape], view: FigureView) -> list[Region]:
    return [Region(code, None, _inside(_shape(shape), view)) for code, shape in shapes.items()]


def _paired(shapes: dict[str, Shape], view: FigureView) -> list[Region]:
    return [one for code, shape in shapes.items() for one in _sides(code, _shape(shape), view)]


def _sides(code: str, path: QPainterPath, view: FigureView) -> list[Region]:
    site = body_site(code)
    assert site is not None
    assert site.paired, "what is drawn on both sides has two sides"
    right = view.laterality_on_right
    left = Laterality.LEFT if right is Laterality.RIGHT else Laterality.RIGHT
    shown = _inside(path, view)
    return [Region(code, right, shown), Region(code, left, _flip().map(shown))]


def _inside(path: QPainterPath, view: FigureView) -> QPainterPath:
    """The part that lies on the figure; the torso's shapes do not reach onto the arms."""
    return path.intersected(outline(view))


def _shape(shape: Shape) -> QPainterPath:
    path = QPainterPath()
    if isinstance(shape, QRectF):
        path.addEllipse(shape)
    else:
        path.addPolygon(_polygon(shape))
        path.closeSubpath()
    return path


def _softened(shape: Shape) -> Shape:
    """A polygon with its corners cut twice, so that it looks drawn by hand."""
    if isinstance(shape, QRectF):
        return shape
    for _ in range(2):
        ring: list[Point] = []
        for (ax, ay), (bx, by) in zip(shape, (*shape[1:], shape[0]), strict=True):
            ring.append((ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25))
            ring.append((ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75))
        shape = tuple(ring)
    return shape


def _polygon(points: tuple[Point, ...]) -> QPolygonF:
    return QPolygonF([QPointF(*point) for point in points])


def _mirrored(start: Point, curves: tuple[Curve, ...]) -> QPainterPath:
    """A closed outline from its right half, which begins and ends near the middle."""
    half = QPainterPath(QPointF(0, start[1]))
    half.lineTo(QPointF(*start))
    for ax, ay, bx, by, x, y in curves:
        half.cubicTo(QPointF(ax, ay), QPointF(bx, by), QPointF(x, y))
    half.closeSubpath()
    return _both(half)


def _both(path: QPainterPath) -> QPainterPath:
    return path.united(_flip().map(path))


def _flip() -> QTransform:
    return QTransform.fromScale(-1, 1)


def _distance(one: QPointF, other: QPointF) -> float:
    apart = one - other
    return apart.x() ** 2 + apart.y() ** 2
