"""The way through the program, driven on the real window, with everything it leaves behind."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from app.demo.album import Album
from app.demo.clinician import AGREED, Clinician
from app.demo.founding import Founder
from app.demo.people import AMARA
from app.demo.stage import Stage
from app.demo.throwaway import PASSPHRASE, Throwaway
from app.demo.visitor import Visitor
from app.domain.clinical_image import Laterality, View
from app.ui.body_map.figure import FigureView

Tell = Callable[[str], None]


def tour(place: Throwaway, out: Path, tell: Tell) -> int:
    """Go all the way; 0 when the papers and the vault that it leaves hold what was agreed."""
    began = time.monotonic()

    def step(text: str) -> None:
        tell(f"{time.monotonic() - began:6.1f} s  {text}")

    with Stage(place) as stage:
        Tour(stage, out, step).go()
    return 0


class Tour:
    """One visit, from an empty computer to a locked vault."""

    def __init__(self, stage: Stage, out: Path, step: Tell) -> None:
        self._stage = stage
        self._out = out
        self._step = step
        self._album = Album(out / "screens", stage.driver, stage.program.preferences)
        self._clinician = Clinician(stage.program, stage.driver)
        self._visitor = Visitor(stage.driver)

    def go(self) -> None:
        self._begin()
        self._visit()

    def _begin(self) -> None:
        Founder(self._stage.driver, self._album).found(self._stage.place)
        self._step("A new vault was made, its recovery code asked back, the form approved.")
        self._album.take("today-empty")
        self._clinician.lock()
        self._stage.place.furnish()
        self._step("Six invented patients and their past are in the vault.")
        self._album.take("unlock")
        self._clinician.unlock(PASSPHRASE)
        self._step("The vault is unlocked.")
        self._album.take("today")

    def _visit(self) -> None:
        clinician = self._clinician
        clinician.begin_session()
        self._album.take("session-search")
        clinician.find_patient("Okafor")
        self._album.take("session-confirm")
        clinician.confirm_patient()
        self._album.take("session-before")
        clinician.ask_before_camera(AGREED)
        self._album.take("session-before-answered")
        self._step("The right patient was found and confirmed; photographs may be taken.")
        clinician.open_camera()
        self._album.take("session-capture-empty")
        clinician.say_site(AMARA.site, Laterality(AMARA.side), FigureView.FRONT)
        clinician.say_view(View.CONTEXT)
        context, close = self._stage.place.sample_pictures()
        clinician.bring_files([context])
        clinician.say_view(View.CLOSE_UP)
        clinician.bring_files([close])
        self._album.take("session-capture")
