"""Fills the style sheet in `resources/theme` with a palette and a font scale."""

from __future__ import annotations

import re
from dataclasses import asdict
from functools import cache
from string import Template
from typing import TYPE_CHECKING

from app.paths import resources
from app.ui.design.tokens import Palette, mix

if TYPE_CHECKING:
    from re import Match


@cache
def _template() -> str:
    return (resources() / "theme" / "clinigraph.qss").read_text("utf-8")


def derived(palette: Palette) -> dict[str, str]:
    """Colours that follow from the tokens: hover ground, input edge, scroll handle, chosen part."""
    strong = palette.name == "high-contrast"
    return {
        "hover": mix(palette.raised, palette.ink, 0.05),
        "edge": palette.outline if strong else mix(palette.line, palette.ink_3, 0.35),
        "chosen": palette.accent if strong else palette.line if palette.dark else palette.raised,
        "on_chosen": palette.on_accent if strong else palette.ink,
        "scroll": mix(palette.line, palette.ink_3, 0.3),
    }


def _sides(*, rtl: bool) -> dict[str, str]:
    """What Qt's style sheets do not mirror by themselves."""
    if rtl:
        return {"start": "right", "end": "left", "passed": "add"}
    return {"start": "left", "end": "right", "passed": "sub"}


def stylesheet(palette: Palette, scale: float, *, rtl: bool = False) -> str:
    """The whole style sheet for a palette, a font scale (1.0 is 100 %) and a direction."""

    def scaled(found: Match[str]) -> str:
        return f"{round(int(found.group(1)) * scale)}px"

    def disc(found: Match[str]) -> str:
        """The radius that makes a circle of a bordered square; Qt drops one that is too large."""
        return f"{(round(int(found.group(1)) * scale) + 2) // 2}px"

    text = Template(_template()).substitute(asdict(palette), **derived(palette), **_sides(rtl=rtl))
    text = re.sub(r"\bdisc\((\d+)\)", disc, text)
    return re.sub(r"\bpx\((\d+)\)", scaled, text)
