"""What every step of a session has in common, and the session as its pages see it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.encounter import Encounter, Step
from app.domain.patient import Demographics
from app.ui.room import Room


class Session(QObject):
    """The open visit; the pages read it, the shell replaces its values.

    Attributes:
        room: The open vault.
        encounter: The visit as it stands; None while the patient is being identified.
        demographics: Of its patient.

    Signals:
        encounter_changed: The visit stands differently now.
        ended: The visit has an ending. Argument: the encounter.
        patient_side_wanted: Full screen for the patient. Argument: the widget to show.
        patient_side_left: Staff has the screen again.
    """

    encounter_changed = Signal()
    ended = Signal(object)
    patient_side_wanted = Signal(object)
    patient_side_left = Signal()

    def __init__(self, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.room = room
        self.encounter: Encounter | None = None
        self.demographics = Demographics()

    def stands(self, encounter: Encounter) -> None:
        """The visit as it stands after a service changed it."""
        self.encounter = encounter
        self.encounter_changed.emit()
        if not encounter.open:
            self.ended.emit(encounter)

    @property
    def visit(self) -> Encounter:
        """The visit, for pages that are shown only while there is one."""
        assert self.encounter is not None
        return self.encounter


class StepPage(QWidget):
    """One step. The shell shows it between step bar and footer.

    Life: `begin()` each time it comes on screen (it loads what it shows from the vault, so that
    nothing is lost by going back or by a crash); Continue calls `finish()`; when everything is
    stored the page emits `finished` and the shell goes on. Pages store each change at once and
    call one service for it through `session.room`.

    Attributes:
        step: Which one.

    Signals:
        finished: Everything of this step is stored.
        ready_changed: Whether Continue may be pressed. Argument: may it.
        primary_changed: The words on the primary button changed. Argument: the words.
        noted: A short line for the middle of the footer ("3 photographs · saved 10:42").
        failed: An error to show above the footer. Argument: the exception.
    """

    step: ClassVar[Step]
    finished = Signal()
    ready_changed = Signal(bool)
    primary_changed = Signal(str)
    noted = Signal(str)
    failed = Signal(Exception)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setProperty("ownFocus", 1)

    def begin(self) -> None:
        """The page came on screen: load and show what is stored."""

    def finish(self) -> None:
        """Continue was pressed: store what is open, then emit `finished`."""
        self.finished.emit()

    def leave(self) -> None:
        """The page leaves the screen: stop cameras and timers."""

    def primary_text(self) -> str:
        """The words on the primary button."""
        return self.tr("Continue")

    def help_topic(self) -> str:
        """Anchor of the help page that F1 opens."""
        return f"step-{self.step.name.lower()}"
