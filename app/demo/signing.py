"""Scribbles that look like a signature, for people who do not exist."""

from __future__ import annotations

import hashlib
import math

from app.domain.consent import Ink, StrokePoint

ASPECT = 0.3
POINTS = 90
POINT_MS = 12


def drawn_signature(name: str) -> Ink:
    """A flowing line that follows from the name: the same name, the same signature."""
    digest = hashlib.sha256(name.encode()).digest()
    waves = [(2 + b % 7, (b >> 3) / 31) for b in digest[:4]]
    line = tuple(_point(i / (POINTS - 1), i, waves) for i in range(POINTS))
    flourish = tuple(
        StrokePoint(0.2 + 0.5 * t / 20, 0.24 - 0.03 * math.sin(t / 6), (POINTS + t) * POINT_MS)
        for t in range(20)
    )
    return Ink((line, flourish), ASPECT)


def _point(t: float, i: int, waves: list[tuple[int, float]]) -> StrokePoint:
    swing = sum(math.sin(t * 6.3 * k + 6.3 * phase) for k, phase in waves) / len(waves)
    loop = 0.02 * math.cos(t * 6.3 * waves[0][0])
    x = min(max(0.08 + 0.8 * t + loop, 0.0), 1.0)
    return StrokePoint(x, 0.14 + 0.09 * swing * (1 - 0.5 * t), i * POINT_MS)
