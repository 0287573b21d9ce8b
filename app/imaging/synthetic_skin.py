"""Paint plausible skin that belongs to nobody, for the demo, the user guide and the tests.

Everything follows from the seed: the same scene gives the same pixels on the same versions of NumPy
and OpenCV. It is a picture for people to look at, not data to train or test a diagnosis with.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.rendition import Box

Plane = NDArray[np.float32]
"""float32[height, width]."""

DESIGN_WIDTH_PX: Final = 1200
"""All sizes below are px at this width; other widths scale them."""

DESIGN_HEIGHT_PX: Final = 900
TEXTURE: Final = ((180, 6.0), (40, 3.0), (9, 2.5), (4, 2.0))
"""Grain in px and its strength in grey levels, from mottling to pores."""

FULL_CONTRAST_AT, MIN_CONTRAST = 170, 0.45  # dark skin varies by fewer grey levels
TEXTURE_TINT: Final = (1.0, 0.9, 0.8)
BLOOD_GRAIN_PX, BLOOD_STRENGTH = 120, 4.0
CREASE_SPACINGS_PX: Final = (11.0, 17.0)
CREASE_DEPTH: Final = 5.0
HALO_SHARE: Final = (0.97, 0.74, 0.74)
HAIR_COLOUR: Final = (70, 50, 42)
HAIR_POINTS: Final = 14
SUBPIXEL_BITS: Final = 3
REACH: Final = 1.9
"""How far a lesion's surroundings are changed, in radii."""


class Tone(Enum):
    """Base colours from very fair to very dark skin, as sRGB."""

    VERY_FAIR = (232, 190, 170)
    FAIR = (220, 174, 148)
    OLIVE = (198, 150, 118)
    BROWN = (150, 102, 78)
    DARK_BROWN = (112, 74, 58)
    VERY_DARK = (84, 56, 46)


class LesionKind(Enum):
    """What a painted lesion resembles.

    Attributes:
        light: Its lighter parts, as shares of the skin's own colour.
        dark: Its darker parts.
        blend: How much of the skin it replaces in its middle.
        edge: How sharp its border is.
        wobble: How irregular its border is.
    """

    MOLE = ((0.60, 0.50, 0.46), (0.42, 0.31, 0.28), 0.88, 14.0, 0.8)
    IRREGULAR_MOLE = ((0.62, 0.52, 0.48), (0.22, 0.18, 0.20), 0.93, 11.0, 1.5)
    RED_PATCH = ((0.95, 0.66, 0.66), (0.88, 0.54, 0.54), 0.70, 5.0, 1.3)
    SCALY_PATCH = ((1.08, 1.00, 1.00), (0.92, 0.62, 0.62), 0.72, 9.0, 1.4)
    FRECKLE = ((0.78, 0.68, 0.62), (0.68, 0.56, 0.50), 0.75, 6.0, 0.6)

    def __init__(
        self,
        light: tuple[float, float, float],
        dark: tuple[float, float, float],
        blend: float,
        edge: float,
        wobble: float,
    ) -> None:
        self.light = light
        self.dark = dark
        self.blend = blend
        self.edge = edge
        self.wobble = wobble


@dataclass(frozen=True, slots=True)
class Lesion:
    """One lesion; place and radius are fractions of the picture's width and height."""

    x: float = 0.5
    y: float = 0.5
    radius: float = 0.09
    kind: LesionKind = LesionKind.MOLE


@dataclass(frozen=True, slots=True)
class SkinScene:
    """What to paint.

    Attributes:
        seed: Of all chance in it.
        light: From where it falls, fractions of width and height.
        blur_px: Of the lens; more than 3 looks out of focus at the design size.
        exposure: 1 is right, 0.4 too dark, 1.6 burnt out.
    """

    seed: int = 1
    width_px: int = DESIGN_WIDTH_PX
    height_px: int = DESIGN_HEIGHT_PX
    tone: Tone = Tone.FAIR
    lesions: tuple[Lesion, ...] = (Lesion(),)
    hairs: int = 40
    light: tuple[float, float] = (0.42, 0.38)
    blur_px: float = 0.7
    exposure: float = 1.0


DEFAULT_SCENE: Final = SkinScene()


def synthetic_skin(scene: SkinScene = DEFAULT_SCENE) -> NDArray[np.uint8]:
    """The scene as uint8[height, width, 3], RGB, row 0 at the top."""
    return _Painter(scene).painted()


class _Painter:
    def __init__(self, scene: SkinScene) -> None:
        self._scene = scene
        self._chance = np.random.default_rng(scene.seed)
        self._size = (scene.height_px, scene.width_px)
        self._tone = _colour(scene.tone.value)
        self._hair_colour = [
            min(dark, half // 2) for dark, half in zip(HAIR_COLOUR, scene.tone.value, strict=True)
        ]
        self._contrast = np.float32(max(MIN_CONTRAST, scene.tone.value[1] / FULL_CONTRAST_AT))
        self._scale = scene.width_px / DESIGN_WIDTH_PX
        self._rows = np.arange(scene.height_px, dtype=np.float32)[:, None]
        self._columns = np.arange(scene.width_px, dtype=np.float32)[None, :]

    def painted(self) -> NDArray[np.uint8]:
        scene = self._scene
        skin = self._bare_skin()
        for lesion in scene.lesions:
            self._add_lesion(skin, lesion)
        skin *= np.float32(scene.exposure)
        pixels: NDArray[np.uint8] = np.clip(skin, 0, 255, out=skin).astype(np.uint8)
        for _ in range(scene.hairs):
            self._add_hair(pixels)
        if scene.blur_px <= 0:
            return pixels
        blurred = cv2.GaussianBlur(pixels, (0, 0), scene.blur_px * max(self._scale, 0.5))
        return np.asarray(blurred, dtype=np.uint8)

    def _bare_skin(self) -> NDArray[np.float32]:
        shade = sum(
            (strength * self._noise(grain) for grain, strength in TEXTURE),
            start=np.zeros(self._size, dtype=np.float32),
        )
        creases = self._creases()
        shade *= self._contrast
        creases *= self._contrast
        light = self._light()
        blood = self._contrast * BLOOD_STRENGTH * self._noise(BLOOD_GRAIN_PX)
        skin = np.empty((*self._size, 3), dtype=np.float32)
        for channel, (base, tint) in enumerate(
            zip(self._scene.tone.value, TEXTURE_TINT, strict=True)
        ):
            plane = skin[..., channel]
            np.multiply(shade, np.float32(tint), out=plane)
            plane += np.float32(base)
            if channel == 0:
                plane += blood
            plane -= creases
            plane *= light
        return skin

    def _noise(self, grain_px: float, size: tuple[int, int] | None = None) -> Plane:
        """Smooth chance around 0 with deviation 1 and details of about `grain_px`."""
        height, width = size or self._size
        step = max(1.0, grain_px * self._scale)
        coarse = (max(2, int(height / step)), max(2, int(width / step)))
        dots = self._chance.standard_normal(coarse, dtype=np.float32)
        smooth = cv2.resize(dots, (width, height), interpolation=cv2.INTER_CUBIC)
        return np.asarray(smooth, dtype=np.float32)

    def _creases(self) -> Plane:
        depth = np.zeros(self._size, dtype=np.float32)
        for spacing_px in CREASE_SPACINGS_PX:
            angle = self._chance.uniform(0, np.pi)
            pitch = np.float32(1 / (spacing_px * self._scale))
            across = self._columns * np.float32(np.cos(angle)) * pitch
            along = self._rows * np.float32(np.sin(angle)) * pitch
            wave = np.sin(across + along + 1.5 * self._noise(60))
            np.maximum(wave, 0, out=wave)
            depth += CREASE_DEPTH * np.square(np.square(np.square(wave)))
        return depth

    def _light(self) -> Plane:
        from_x, from_y = self._scene.light
        away_x = np.square(self._columns / self._scene.width_px - np.float32(from_x))
        away_y = np.square(self._rows / self._scene.height_px - np.float32(from_y))
        return np.asarray(1.08 - 0.30 * (away_x + away_y), dtype=np.float32)

    def _add_lesion(self, skin: NDArray[np.float32], lesion: Lesion) -> None:
        """Blend the lesion into the part of the skin that it reaches."""
        scene, kind = self._scene, lesion.kind
        centre_x, centre_y = lesion.x * scene.width_px, lesion.y * scene.height_px
        radius_px = max(2.0, lesion.radius * scene.width_px)
        box = _around(centre_x, centre_y, radius_px * REACH, self._size)
        if box is None:
            return
        away_x = self._columns[:, box.left : box.right] - np.float32(centre_x)
        away_y = self._rows[box.top : box.bottom] - np.float32(centre_y)
        angle = np.arctan2(away_y, away_x)
        distance = np.hypot(away_x, away_y * np.float32(1.15)) / np.float32(radius_px)
        beyond = distance - 1 - self._wobble(angle, kind.wobble)
        coarse, fine = self._noise(26, angle.shape), self._noise(6, angle.shape)
        dark_share = (0.5 + 0.5 * np.tanh(0.7 * coarse + 0.35 * fine))[..., None]
        light, dark = self._tone * _colour(kind.light), self._tone * _colour(kind.dark)
        body_colour = light + (dark - light) * dark_share
        part = skin[box.top : box.bottom, box.left : box.right]
        halo = 0.12 * _inside(beyond - 0.35, 6.0)
        part += (self._tone * _colour(HALO_SHARE) - part) * halo
        part += (body_colour - part) * (kind.blend * _inside(beyond, kind.edge))

    def _wobble(self, angle: Plane, strength: float) -> Plane:
        outline = np.zeros_like(angle)
        for waves in range(2, 9):
            height = self._chance.uniform(0.05, 0.17) * strength / waves
            outline += np.float32(height) * np.sin(
                waves * angle + np.float32(self._chance.uniform(0, 6))
            )
        return outline

    def _add_hair(self, pixels: NDArray[np.uint8]) -> None:
        chance, scene = self._chance, self._scene
        root = chance.uniform(0, 1, 2) * (scene.width_px, scene.height_px)
        direction, bend = chance.normal(0.9, 0.35), chance.normal(0, 0.35)
        length_px = chance.uniform(60, 170) * self._scale
        along = np.linspace(0, 1, HAIR_POINTS)
        turned = direction + bend * along
        steps = np.stack((np.cos(turned), np.sin(turned)), axis=1) * (length_px * along)[:, None]
        points = np.round((root + steps) * (1 << SUBPIXEL_BITS)).astype(np.int32)
        thickness = max(1, round(self._scale))
        closed = False
        cv2.polylines(
            pixels, [points], closed, self._hair_colour, thickness, cv2.LINE_AA, SUBPIXEL_BITS
        )


def _colour(rgb: tuple[float, float, float]) -> NDArray[np.float32]:
    return np.array(rgb, dtype=np.float32)


def _inside(beyond: Plane, edge: float) -> Plane:
    """1 well inside, 0 well outside, as [height, width, 1]."""
    return np.asarray(1 / (1 + np.exp(np.clip(beyond * edge, -30, 30))), dtype=np.float32)[
        ..., None
    ]


def _around(x: float, y: float, reach_px: float, size: tuple[int, int]) -> Box | None:
    left, top = max(0, int(x - reach_px)), max(0, int(y - reach_px))
    right, bottom = max(0, int(x + reach_px)), max(0, int(y + reach_px))
    if right <= left or bottom <= top:
        return None
    return Box(left, top, right - left, bottom - top).within(size[1], size[0])
