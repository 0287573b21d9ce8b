"""Typed settings of one user on one workstation, kept in one TOML file; no personal data."""

from __future__ import annotations

import logging
import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import tomli_w

log = logging.getLogger(__name__)

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set; each has a default that suits a clinic.

    Attributes:
        theme: "system", "light", "dark" or "contrast".
        font_percent: 100 to 200.
        language: Of the window, BCP 47; empty follows the system.
        idle_minutes: The vault locks after this long without input; 1 to 120.
        pin_hours: After an idle lock the PIN of who was there opens the vault again for this long
            after the passphrase was typed; 0 to 12, 0 for never.
        last_vault: Path of the vault that was open last; chosen by the user.
        paper: "a4" or "letter"; empty follows the system's region.
        camera: Id of the camera that was used last.
        stream_cameras: Names and addresses of network cameras, name and address divided by a tab.
        left_handed: Mirrors the patient's side.
        workstation: Id of this workstation in the audit trails; made at the first start.
        backup_folder: Where backups go; empty while none was chosen.
        backup_days: A backup is made every so many days, 0 to 90; 0 for by hand only.
    """

    theme: str = "system"
    font_percent: int = 100
    language: str = ""
    idle_minutes: int = 10
    pin_hours: int = 4
    last_vault: str = ""
    paper: str = ""
    camera: str = ""
    stream_cameras: tuple[str, ...] = ()
    left_handed: bool = False
    workstation: str = ""
    backup_folder: str = ""
    backup_days: int = 1


_RANGES = {
    "font_percent": (100, 200),
    "idle_minutes": (1, 120),
    "pin_hours": (0, 12),
    "backup_days": (0, 90),
}
_WORDS = {"theme": {"system", "light", "dark", "contrast"}, "paper": {"", "a4", "letter"}}


def load(path: Path) -> Settings:
    """The settings in a file; defaults for what is missing, odd or unreadable."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError):
        log.warning("settings could not be read; defaults are used")
        return Settings()
    try:
        return _read(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError):
        log.warning("settings are no TOML; defaults are used")
        return Settings()


def save(settings: Settings, path: Path) -> None:
    """Write the settings whole or not at all; a path that is no Unicode is not remembered.

    Raises:
        OSError: They cannot be written there; those that were there stay.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    values: dict[str, Any] = {"schema_version": SCHEMA_VERSION, **asdict(settings)}
    values["stream_cameras"] = list(settings.stream_cameras)
    for path_name in ("last_vault", "backup_folder"):
        values[path_name] = values[path_name] if _is_unicode(values[path_name]) else ""
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        tomli_w.dump(values, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read(values: Mapping[str, Any]) -> Settings:
    """Only what has the right type and lies in its range counts."""
    default = Settings()
    taken: dict[str, Any] = {}
    for field in fields(Settings):
        value = values.get(field.name)
        if isinstance(value, list):
            value = tuple(item for item in value if isinstance(item, str))
        if type(value) is type(getattr(default, field.name)) and _admitted(field.name, value):
            taken[field.name] = value
    return Settings(**taken)


def _admitted(name: str, value: Any) -> bool:  # noqa: ANN401 - the types of TOML
    if name in _RANGES:
        low, high = _RANGES[name]
        return bool(low <= value <= high)
    return name not in _WORDS or value in _WORDS[name]
