"""The story of the demonstration: one visit of Amara Okafor, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from app.demo.album import Album
from app.demo.clinician import AGREED, DECLINED, Clinician
from app.demo.founding import Founder
from app.demo.people import AMARA
from app.demo.proof import Agreed
from app.demo.stage import Stage
from app.demo.throwaway import PASSPHRASE, PIN
from app.demo.visitor import NO, YES, Visitor
from app.domain.clinical_image import Laterality, View
from app.domain.encounter import Step
from app.domain.ids import UseId
from app.domain.rendition import Identifiable
from app.ui.body_map.figure import FigureView
from app.ui.frame.rail import Place

ADVICE, TEACHING = UseId("colleague-advice"), UseId("teaching-local")
REST = ("teaching-wide", "audit-quality", "ai-development", "public-web", "social-media")


class Chapters:
    """Each chapter ends where the next one begins."""

    def __init__(self, stage: Stage, album: Album, step: Callable[[str], None]) -> None:
        self._stage = stage
        self._album = album
        self._step = step
        self._clinician = Clinician(stage.program, stage.driver)
        self._visitor = Visitor(stage.driver)

    def all(self, consent: Path, withdrawal: Path) -> Agreed:
        """From the empty computer to the locked vault; what was agreed on the way.

        Args:
            consent: Where the patient's copy is saved.
            withdrawal: Where the confirmation of the withdrawal is saved.
        """
        self._begin()
        self._identify()
        self._photograph()
        self._check()
        self._ask()
        self._sign(consent)
        self._decline()
        self._withdraw(withdrawal)
        self._look_around()
        return Agreed(
            granted=frozenset({ADVICE, TEACHING}),
            refused=frozenset(map(UseId, REST)),
            left_out={TEACHING: (1,)},
            taken_back=frozenset({ADVICE}),
        )

    def _begin(self) -> None:
        Founder(self._stage.driver, self._album).found(self._stage.place)
        self._album.take("today-empty")
        self._step("A vault was made, its recovery code asked back, the consent form approved.")
        self._clinician.lock()
        self._stage.place.furnish()
        self._step("It was locked; six invented patients and their past were put into it.")
        self._album.take("unlock")
        self._clinician.unlock(PASSPHRASE)
        self._album.take("today")
        self._step("It was unlocked with the passphrase.")

    def _identify(self) -> None:
        clinician, album = self._clinician, self._album
        clinician.begin_session()
        album.take("session-search")
        clinician.enter_new_patient()
        album.take("session-new-patient")
        clinician.go_back()
        clinician.find_patient("Okafor")
        album.take("session-confirm")
        clinician.confirm_patient()
        album.take("session-before")
        clinician.ask_before_camera(AGREED)
        album.take("session-before-answered")
        self._step("Amara Okafor was found and confirmed; photographs may be taken.")

    def _photograph(self) -> None:
        clinician, album = self._clinician, self._album
        context, close = self._stage.place.sample_pictures()
        clinician.open_camera()
        album.take("session-capture-empty")
        clinician.open_body_map()
        album.take("session-body-map")
        clinician.tap_site(AMARA.site, Laterality(AMARA.side), FigureView.FRONT)
        clinician.say_view(View.CONTEXT)
        clinician.bring_files([context])
        clinician.say_view(View.CLOSE_UP)
        clinician.bring_files([close])
        album.take("session-capture")
        self._step("Two photographs were dropped onto the page; their place and view are said.")

    def _check(self) -> None:
        clinician, album = self._clinician, self._album
        clinician.go_on()
        clinician.wait_for(Step.CHECK)
        album.take("session-check")
        clinician.cover(0.3, 0.72, 0.55, 0.86)
        clinician.say_identifiable(Identifiable.NO)
        album.take("session-check-covered")
        clinician.check_all(Identifiable.NO)
        album.take("session-show")
        self._step("Both were checked, and a part of one is covered.")

    def _ask(self) -> None:
        clinician, visitor, album = self._clinician, self._visitor, self._album
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
        visitor.answer(YES, NO)
        visitor.press("no-to-the-rest")
        album.take("patient-review")
        visitor.press("confirm")
        album.take("patient-hand-back")
        visitor.give_back(PIN)
        album.take("session-answered")
        self._step(
            "She said yes to two uses, one of them for one picture only, and no to the rest."
        )

    def _sign(self, copy: Path) -> None:
        clinician, album = self._clinician, self._album
        clinician.go_on()
        clinician.wait_for(Step.SIGN)
        album.take("session-sign")
        clinician.sign_as_shown()
        album.take("session-signed")
        clinician.go_on()
        clinician.sign()
        album.take("session-copy")
        clinician.save_copy(copy)
        album.take("session-copy-saved")
        clinician.go_on()
        clinician.wait_for_page(Place.TODAY)
        album.take("today-done")
        self._step("She and the clinician signed; her copy was made, shown and saved.")

    def _decline(self) -> None:
        clinician, album = self._clinician, self._album
        clinician.begin_session()
        clinician.find_patient("Muller", "Müller")
        clinician.confirm_patient()
        clinician.ask_before_camera(DECLINED)
        album.take("session-before-declined")
        clinician.go_on()
        self._stage.driver.find_any("declined-page")
        album.take("session-declined")
        clinician.go_on()
        clinician.wait_for_page(Place.TODAY)
        self._step("Another patient wanted no photographs; that is recorded, and nothing else.")

    def _withdraw(self, confirmation: Path) -> None:
        clinician, album = self._clinician, self._album
        clinician.go(Place.PATIENTS)
        album.take("patients")
        clinician.open_patient("Okafor")
        album.take("patient-page")
        clinician.choose_to_withdraw(ADVICE)
        album.take("withdraw")
        clinician.withdraw()
        album.take("withdraw-confirmation")
        clinician.save_paper(confirmation)
        album.take("withdraw-saved")
        clinician.close_sheet()
        album.take("patient-page-withdrawn")
        self._step("She took one yes back, any day, in two steps; the confirmation was saved.")

    def _look_around(self) -> None:
        clinician, album, drive = self._clinician, self._album, self._stage.driver
        clinician.go(Place.ACTIVITY)
        drive.click("activity-check")
        album.take("activity")
        clinician.go(Place.SETTINGS)
        album.take("settings")
        drive.key(Qt.Key.Key_F1)
        album.take("help")
        drive.key(Qt.Key.Key_Escape)
        drive.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        drive.type_text("Feather")
        album.take("find")
        drive.key(Qt.Key.Key_Escape)
        clinician.lock()
        album.take("locked")
        drive.click("use-recovery")
        album.take("recovery")
        self._step("Activity, settings, help and finding were looked at; the vault is locked.")
