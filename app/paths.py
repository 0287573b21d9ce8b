"""Where things live outside the vault: settings, logs; and inside the program: resources, forms."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs

APP = "clinigraph"
NOWHERE = Path(os.devnull) / APP
"""A folder that cannot be, for who has no home: better no settings than those of somebody else."""


def settings_file() -> Path:
    """The settings of this user; no personal data in it."""
    return _own(platformdirs.user_config_dir) / "settings.toml"


def log_folder() -> Path:
    """Diagnostic logs of this user; no personal data in them."""
    return _own(platformdirs.user_log_dir)


def _own(folder: Callable[..., str]) -> Path:
    try:
        found = Path(folder(APP, appauthor=False))
    except RuntimeError:  # platformdirs: there is no home
        return NOWHERE
    return found if found.is_absolute() else NOWHERE


def program_folder() -> Path:
    """The folder that holds resources/ and forms/: the checkout, or the frozen bundle."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def resources() -> Path:
    """Icons, fonts, help."""
    return program_folder() / "resources"


def forms() -> Path:
    """Consent forms as data."""
    return program_folder() / "forms"
