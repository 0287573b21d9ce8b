"""`clinigraph demo`: a throw-away vault to try, or the whole way driven without a display."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from app.cli.exit_codes import ExitCode
from app.demo.results import Results
from app.demo.throwaway import throwaway
from app.errors import KnownError

DEFAULT_OUT = Path("demo-out")
NO_DISPLAYS = frozenset({"offscreen", "minimal", "vnc"})


def show(*, offscreen: bool, out: Path | None) -> int:
    """Try Clinigraph with invented patients; the exit code.

    Args:
        offscreen: Drive the real window without a display.
        out: Where papers, screenshots and a copy of the vault are left; only without a display.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if not offscreen and not has_display():
        tell("There is no display here. The demonstration runs without one, as with --offscreen.")
        offscreen = True
    if not offscreen:
        return _on_display()
    try:
        _offscreen(out or DEFAULT_OUT)
    except KnownError as error:
        tell(str(error))
        return ExitCode.NOT_DONE
    return ExitCode.DONE


def _on_display() -> int:
    from app.demo.hands_on import hands_on  # noqa: PLC0415 - Qt is loaded when it is needed

    with throwaway() as place:
        return hands_on(place, tell)


def _offscreen(out: Path) -> None:
    from app.demo.tour import offscreen_tour  # noqa: PLC0415 - Qt is loaded when it is needed

    offscreen_tour(Results.prepared(out), tell)


def has_display() -> bool:
    """Whether a window can be shown to somebody."""
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in NO_DISPLAYS:
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def tell(text: str) -> None:
    """Say a line to whoever started the demonstration."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
