"""The way through the program, driven on the real window, with everything it leaves behind."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from app.demo.album import DARK, LIGHT, Album
from app.demo.beside import TourBeside
from app.demo.chapters import Chapters
from app.demo.proof import Agreed, prove
from app.demo.results import CONSENT, WITHDRAWAL, Results
from app.demo.stage import Stage
from app.demo.throwaway import Throwaway, throwaway

log = logging.getLogger(__name__)

Tell = Callable[[str], None]


def offscreen_tour(results: Results, tell: Tell) -> None:
    """Go all the way, in light and in dark colours, and read back what was left.

    Raises:
        KnownError: The window did not do what was expected, or something is missing.
    """
    began = time.monotonic()

    def step(text: str) -> None:
        tell(f"{time.monotonic() - began:6.1f} s  {text}")

    with TourBeside(dark_tour, results.folder) as beside:
        with throwaway(LIGHT) as place:
            papers = results.place(CONSENT), results.place(WITHDRAWAL)
            screens, agreed = _walk(place, results, LIGHT, papers, step)
            prove(place, results, agreed)
            step("The papers were read back, the copy of the vault was opened and is sound.")
        beside.wait()
    step(f"{screens} screens in light and dark colours, papers and vault: {results.folder}")


def dark_tour(folder: Path) -> None:
    """The same way in dark colours; only the pictures of the screens are kept."""
    with throwaway(DARK) as place:
        papers = place.folder / CONSENT, place.folder / WITHDRAWAL
        _walk(place, Results(folder), DARK, papers, _silent)


def _walk(
    place: Throwaway, results: Results, look: str, papers: tuple[Path, Path], step: Tell
) -> tuple[int, Agreed]:
    # Qt reads both when it is loaded, and would make a folder of its own among the temporary files.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["XDG_RUNTIME_DIR"] = str(place.runtime_folder())
    qInstallMessageHandler(_on_qt_message)
    with Stage(place) as stage:
        album = Album(results, stage.driver, look)
        chapters = Chapters(stage, album, step)
        try:
            agreed = chapters.all(*papers)
        except Exception:
            step(f"Here it stood: {album.take_stuck()}")
            raise
    return album.taken, agreed


def _on_qt_message(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """Pass on what Qt says, but not that a window without a display cannot be raised."""
    if not text.startswith("This plugin does not support"):
        log.warning("Qt: %s", text)


def _silent(_text: str) -> None:
    """The tour beside says nothing."""
