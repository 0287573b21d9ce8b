"""Where things live outside the vault: settings, logs; and inside the program: resources, forms."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

APP = "clinigraph"


def settings_file() -> Path:
    """The settings of this user; no personal data in it."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.toml"


def log_folder() -> Path:
    """Diagnostic logs of this user; no personal data in them."""
    return Path(platformdirs.user_log_dir(APP, appauthor=False))


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
