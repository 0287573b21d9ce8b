"""The way through the program, driven on the real window, with everything it leaves behind."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.demo.album import Album
from app.demo.clinician import AGREED, Clinician
from app.demo.founding import Founder
from app.demo.people import AMARA
from app.demo.proof import Agreed, prove
from app.demo.results import CONSENT, Results
from app.demo.stage import INTERRUPTED, Stage
from app.demo.throwaway import PASSPHRASE, PIN, Throwaway
from app.demo.visitor import NO, YES, Visitor
from app.domain.clinical_image import Laterality, View
from app.domain.encounter import Step
from app.domain.ids import UseId
from app.domain.rendition import Identifiable
from app.errors import KnownError
from app.ui.body_map.figure import FigureView

Tell = Callable[[str], None]

ADVICE, TEACHING = UseId("colleague-advice"), UseId("teaching-local")
REST = ("teaching-wide", "audit-quality", "ai-development", "public-web", "social-media")
STORY = Agreed(
    granted=frozenset({ADVICE, TEACHING}),
    refused=frozenset(map(UseId, REST)),
    left_out={TEACHING: (1,)},
    taken_back=frozenset({ADVICE}),
)


def tour(place: Throwaway, results: Results, tell: Tell) -> int:
    """Go all the way; 0 only when what it left was read back and holds what was agreed."""
    began = time.monotonic()

    def step(text: str) -> None:
        tell(f"{time.monotonic() - began:6.1f} s  {text}")

    try:
        with Stage(place) as stage:
            Tour(stage, results, step).go()
        prove(place, results, STORY)
    except KnownError as error:
        tell(str(error))
        return FAILED
    except KeyboardInterrupt:
        tell("Ended before its time.")
        return INTERRUPTED
    step(f"Read back and sound. It is all in {results.folder}.")
    return 0


FAILED = 1


class Tour:
    """One visit, from an empty computer to a locked vault."""

    def __init__(self, stage: Stage, results: Results, step: Tell) -> None:
        self._stage = stage
        self._results = results
        self._step = step
        self._album = Album(results, stage.driver, stage.program.preferences)
        self._clinician = Clinician(stage.program, stage.driver)
        self._visitor = Visitor(stage.driver)

    def go(self) -> None:
        """All of it; what goes wrong leaves a picture of where it stood."""
        try:
            self._begin()
            self._photograph()
            self._ask()
            self._sign()
        except BaseException:
            self._step(f"Here it stood: {self._album.take_as_it_is('stuck')}")
            raise

    def _begin(self) -> None:
        Founder(self._stage.driver, self._album).found(self._stage.place)
        self._step("A new vault was made, its recovery code asked back, the form approved.")
        self._album.take("today-empty")
        self._clinician.lock()
        self._stage.place.furnish()
        self._step("Six invented patients and their past are in the vault.")
        self._album.take("unlock")
        self._clinician.unlock(PASSPHRASE)
        self._album.take("today")

    def _photograph(self) -> None:
        clinician, album = self._clinician, self._album
        clinician.begin_session()
        album.take("session-search")
        clinician.find_patient("Okafor")
        album.take("session-confirm")
        clinician.confirm_patient()
        album.take("session-before")
        clinician.ask_before_camera(AGREED)
        album.take("session-before-answered")
        self._step("The right patient was found and confirmed; photographs may be taken.")
        clinician.open_camera()
        album.take("session-capture-empty")
        clinician.say_site(AMARA.site, Laterality(AMARA.side), FigureView.FRONT)
        context, close = self._stage.place.sample_pictures()
        clinician.say_view(View.CONTEXT)
        clinician.bring_files([context])
        clinician.say_view(View.CLOSE_UP)
        clinician.bring_files([close])
        album.take("session-capture")
        self._step("Two photographs were dropped; place and view are said.")

    def _ask(self) -> None:
        clinician, visitor, album = self._clinician, self._visitor, self._album
        clinician.go_on()
        clinician.wait_for(Step.CHECK)
        album.take("session-check")
        clinician.cover(0.3, 0.72, 0.55, 0.86)
        clinician.say_identifiable(Identifiable.NO)
        album.take("session-check-covered")
        clinician.check_all(Identifiable.NO)
        self._step("Both pictures are checked; a part of one is covered.")
        album.take("session-show")
        clinician.hand_over()
        album.take("patient-pictures")
        visitor.look_through_pictures()
        album.take("patient-understanding")
        visitor.understand()
        album.take("patient-statements")
        visitor.read()
        album.take("patient-question")
        visitor.answer(YES)
        visitor.leave_picture_out(1)
        album.take("patient-question-not-this-picture")
        visitor.answer(YES)
        visitor.answer(NO)
        visitor.press("no-to-the-rest")
        album.take("patient-review")
        visitor.press("confirm")
        album.take("patient-hand-back")
        visitor.give_back(PIN)
        album.take("session-answered")
        self._step("The patient said yes to two uses, one of them for one picture, and no else.")

    def _sign(self) -> None:
        clinician, album = self._clinician, self._album
        clinician.go_on()
        clinician.wait_for(Step.SIGN)
        album.take("session-sign")
        clinician.sign_as_shown()
        album.take("session-signed")
        clinician.go_on()
        clinician.sign()
        album.take("session-copy")
        clinician.save_copy(self._results.place(CONSENT))
        album.take("session-copy-saved")
        self._step("Patient and clinician signed; the copy was made, shown and saved.")
        clinician.go_on()
