"""Painting one 1080p frame of the live camera, beside drawing the same picture bare."""

from __future__ import annotations

from pathlib import Path

from tests.bench.figure import Figure
from tests.bench.viewfinder_frames import painted_and_scaled_s


def measure(_folder: Path, *, quick: bool) -> list[Figure]:
    """With thirds and subject outline on, at the size that a 1280×800 window gives."""
    frames = 30 if quick else 120
    ours, bare = painted_and_scaled_s(frames)
    note = f"{ours * 1000:.1f} ms beside {bare * 1000:.1f} ms a frame"
    return [
        Figure(
            "live preview of a 1080p frame / smooth scaling alone",
            ours / bare,
            "×",
            1.6,
            False,
            note,
        )
    ]
