"""Where the bundled fonts, icons and themes lie, from source and in a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path


def resource_folder(name: str) -> Path:
    """The folder of that name in `resources`."""
    frozen = getattr(sys, "_MEIPASS", None)  # set by PyInstaller's boot loader
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[3]
    return root / "resources" / name
