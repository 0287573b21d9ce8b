"""The design tokens: colours of the three palettes, spacing, radius and type sizes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Role(StrEnum):
    """What a colour is for; the value is the field of `Palette` that holds it."""

    SURFACE = "surface"
    RAISED = "raised"
    SUNKEN = "sunken"
    INK = "ink"
    INK_2 = "ink_2"
    INK_3 = "ink_3"
    LINE = "line"
    OUTLINE = "outline"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    ACCENT_TINT = "accent_tint"
    GRANTED = "granted"
    GRANTED_TINT = "granted_tint"
    REFUSED = "refused"
    REFUSED_TINT = "refused_tint"
    EXPIRING = "expiring"
    EXPIRING_TINT = "expiring_tint"
    WITHDRAWN = "withdrawn"
    WITHDRAWN_TINT = "withdrawn_tint"
    DANGER = "danger"
    ON_DANGER = "on_danger"
    DANGER_TINT = "danger_tint"


@dataclass(frozen=True)
class Palette:
    """One set of colours, each "#RRGGBB".

    Attributes:
        dark: Whether light text stands on dark ground.
        line: Hairlines between things; decoration.
        outline: Edges of inputs that nothing else shows; 3:1 on their ground (WCAG 1.4.11).
        picture: The neutral grey on which photographs are judged.
    """

    name: str
    dark: bool
    surface: str
    raised: str
    sunken: str
    ink: str
    ink_2: str
    ink_3: str
    line: str
    outline: str
    accent: str
    on_accent: str
    accent_tint: str
    granted: str
    granted_tint: str
    refused: str
    refused_tint: str
    expiring: str
    expiring_tint: str
    withdrawn: str
    withdrawn_tint: str
    danger: str
    on_danger: str
    danger_tint: str
    picture: str = "#777777"

    def hex(self, role: Role) -> str:
        """The colour of a role as "#RRGGBB"."""
        value: str = getattr(self, role.value)
        return value


LIGHT = Palette(
    name="light",
    dark=False,
    surface="#F6F7F9",
    raised="#FFFFFF",
    sunken="#ECEFF3",
    ink="#16202B",
    ink_2="#4A5868",
    ink_3="#5E6C80",
    line="#D8DEE6",
    outline="#808C9B",
    accent="#0B6E75",
    on_accent="#FFFFFF",
    accent_tint="#E3F1F2",
    granted="#19764A",
    granted_tint="#E6F4EC",
    refused="#5B6472",
    refused_tint="#EDEFF2",
    expiring="#8A5C00",
    expiring_tint="#FBF1DC",
    withdrawn="#8A3FA0",
    withdrawn_tint="#F4EAF7",
    danger="#B42318",
    on_danger="#FFFFFF",
    danger_tint="#FCEBE9",
)

DARK = Palette(
    name="dark",
    dark=True,
    surface="#14181D",
    raised="#1C2229",
    sunken="#0E1115",
    ink="#EEF2F6",
    ink_2="#B4C0CC",
    ink_3="#8795A5",
    line="#2C353F",
    outline="#6B7988",
    accent="#3FB7BE",
    on_accent="#06282B",
    accent_tint="#153438",
    granted="#4CC38A",
    granted_tint="#12301F",
    refused="#9AA6B4",
    refused_tint="#252D36",
    expiring="#E3B341",
    expiring_tint="#33290F",
    withdrawn="#C792DA",
    withdrawn_tint="#311F38",
    danger="#F97066",
    on_danger="#2A0805",
    danger_tint="#3A1A18",
)

HIGH_CONTRAST = Palette(
    name="high-contrast",
    dark=True,
    surface="#000000",
    raised="#000000",
    sunken="#101010",
    ink="#FFFFFF",
    ink_2="#F2F2F2",
    ink_3="#D6D6D6",
    line="#9A9A9A",
    outline="#FFFFFF",
    accent="#5CE1E6",
    on_accent="#000000",
    accent_tint="#002B2D",
    granted="#6BF0AE",
    granted_tint="#00210F",
    refused="#E0E0E0",
    refused_tint="#1C1C1C",
    expiring="#FFD24A",
    expiring_tint="#261C00",
    withdrawn="#F0B8FF",
    withdrawn_tint="#250A2E",
    danger="#FF9C94",
    on_danger="#000000",
    danger_tint="#330000",
)

PALETTES = (LIGHT, DARK, HIGH_CONTRAST)


class Space(IntEnum):
    """Distances in px on the 8 px grid; they do not grow with the font, so large print fits."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24
    XXL = 32
    XXXL = 48


class Radius(IntEnum):
    """Corner radii in px."""

    CONTROL = 8
    CARD = 12
    ANSWER = 16


class Type(IntEnum):
    """Type sizes in px at 100 %; `Theme.px` scales them."""

    MICRO = 11
    SMALL = 12
    BODY = 13
    EMPHASIS = 15
    TITLE = 20
    DISPLAY = 24
    PATIENT_BODY = 20
    PATIENT_BODY_LARGE = 24
    PATIENT_ANSWER = 28
    PATIENT_QUESTION = 36


LINE_HEIGHT = 1.45
TARGET = 44  # px; the smallest thing a finger may be asked to hit (WCAG 2.5.5)
ICON = 20  # px
AA_TEXT = 4.5  # WCAG 2.2, 1.4.3
LINEAR_BELOW = 0.04045  # IEC 61966-2-1 (sRGB)
AA_LARGE = 3.0  # WCAG 2.2, 1.4.3 (from 24 px, or 18.7 px bold) and 1.4.11


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of "#RRGGBB"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB", 0 (black) to 1 (white).

    Source: WCAG 2.2, "relative luminance".
    """
    linear = [
        value / 12.92 if value <= LINEAR_BELOW else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours "#RRGGBB", 1 to 21.

    Source: WCAG 2.2, "contrast ratio".
    """
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """`one` with `share` (0 to 1) of `other` mixed in, as "#RRGGBB"."""
    mixed = [
        round(a * (1 - share) + b * share)
        for a, b in zip(channels(one), channels(other), strict=True)
    ]
    return "#{:02X}{:02X}{:02X}".format(*mixed)


TEXT_PAIRS: tuple[tuple[Role, Role], ...] = (
    *(
        (text, ground)
        for text in (Role.INK, Role.INK_2, Role.INK_3, Role.ACCENT, Role.DANGER, Role.GRANTED)
        for ground in (Role.SURFACE, Role.RAISED, Role.SUNKEN)
    ),
    *(
        (state, tint)
        for state, tint in (
            (Role.ACCENT, Role.ACCENT_TINT),
            (Role.GRANTED, Role.GRANTED_TINT),
            (Role.REFUSED, Role.REFUSED_TINT),
            (Role.EXPIRING, Role.EXPIRING_TINT),
            (Role.WITHDRAWN, Role.WITHDRAWN_TINT),
            (Role.DANGER, Role.DANGER_TINT),
        )
    ),
    *(
        (text, tint)
        for text in (Role.INK, Role.INK_2)
        for tint in (Role.ACCENT_TINT, Role.EXPIRING_TINT, Role.DANGER_TINT, Role.GRANTED_TINT)
    ),
    (Role.ON_ACCENT, Role.ACCENT),
    (Role.ON_DANGER, Role.DANGER),
    (Role.RAISED, Role.EXPIRING),
    (Role.EXPIRING, Role.RAISED),
    (Role.WITHDRAWN, Role.RAISED),
    (Role.REFUSED, Role.RAISED),
)
"""Every pair (text, ground) that the widgets draw; the test holds them to AA."""
