"""The first start: from an empty computer to a vault that is ready for patients."""

from __future__ import annotations

from enum import IntEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.consent_form import ConsentForm
from app.domain.paper import PageSize
from app.errors import KnownError
from app.services import clinic as clinics
from app.services.ports import Desk, UnitOfWork
from app.services.workplace import Door, FirstEntries, Founded
from app.ui.design.tokens import Space
from app.ui.door.form_reader import FormReader, shipped_forms
from app.ui.door.founding_pages import ClinicPage, FoundingPage, MakingPage, PlacePage, YouPage
from app.ui.door.recovery_step import RecoveryStep
from app.ui.door.step_column import StepColumn
from app.ui.frame.footer import FooterBar
from app.ui.room import Room
from app.ui.tasks import TaskRunner
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.cards import Card
from app.ui.widgets.notices import Notice


class FoundingStep(IntEnum):
    """The steps, in order."""

    CLINIC = 0
    YOU = 1
    PLACE = 2
    RECOVERY = 3
    FORM = 4


class Founding(QWidget):
    """The wizard. Until the vault is made one can go back; then on only.

    Signals:
        left: Back from the first step.
        opened: The vault is made and open. Arguments: the workplace and the vault's path.
        finished: The last step is done.
        help_requested: Argument: an error's code.
    """

    left = Signal()
    opened = Signal(object, object)
    finished = Signal()
    help_requested = Signal(str)

    def __init__(
        self, door: Door, runner: TaskRunner, size: PageSize, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._door = door
        self._runner = runner
        self._size = size
        self._step = FoundingStep.CLINIC
        self._path = Path()
        self._room: Room | None = None
        self._form: ConsentForm | None = None
        self._asked = Path()  # the place whose warnings have been shown
        self._clinic = ClinicPage(door.pictures, runner)
        self._you = YouPage()
        self._place = PlacePage()
        self._making = MakingPage()
        self._recovery: RecoveryStep | None = None
        self._steps = StepColumn(self._names())
        self._stack = QStackedWidget()
        self._notices = QVBoxLayout()
        self._notice: Notice | None = None
        self._later = QuietButton(self.tr("Later"))
        self.footer = FooterBar()
        self._build()
        self._connect()
        self._show(FoundingStep.CLINIC)

    @property
    def step(self) -> FoundingStep:
        """Where it is."""
        return self._step

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer keys."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.footer.press_primary()
            event.accept()
        else:
            super().keyPressEvent(event)

    # going on

    def _go_on(self) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, FoundingPage) and not page.is_good():
            return
        self._show_error(None)
        if self._step is FoundingStep.PLACE:
            self._look_at_place()
        elif self._step is FoundingStep.RECOVERY:
            self._ask_back()
        elif self._step is FoundingStep.FORM:
            self._approve()
        else:
            self._show(FoundingStep(self._step + 1))

    def _go_back(self) -> None:
        self._show_error(None)
        if self._recovery is not None:
            self._recovery.ask(asking=False)
            self._words()
        elif self._step is FoundingStep.CLINIC:
            self.left.emit()
        else:
            self._show(FoundingStep(self._step - 1))

    def _look_at_place(self) -> None:
        path = self._place.place.path()
        assert path is not None, "the page was asked before"
        self.footer.primary.setEnabled(False)
        self._path = path
        self._runner.run(
            partial(self._door.look_at_place, path),
            self._looked,
            lane="work",
            on_failure=self._refused,
        )

    def _looked(self, synchronised: bool) -> None:  # noqa: FBT001 - an answer
        self.footer.primary.setEnabled(True)
        self._place.place.show_synchronised(synchronised)
        if synchronised and self._asked != self._path:
            self._asked = self._path  # the second press goes on, in spite of the warning
            self.footer.set_primary(self.tr("Make it here all the same"))
            return
        self._make()

    def _make(self) -> None:
        details = self._clinic.form.clinic()
        assert details is not None, "the page was asked before"
        first = FirstEntries(
            details,
            self._you.name.text().strip(),
            self._you.passphrase.take(),
            self._you.pin.take(),
        )
        self.footer.hide()
        self._stack.setCurrentWidget(self._making)
        create = partial(self._door.create, self._path, first)
        self._runner.run(create, self._made, on_failure=self._refused)

    def _made(self, founded: Founded) -> None:
        room = Room(founded.workplace, self._runner, self)
        self._room = room
        self._recovery = RecoveryStep(room, founded.recovery_groups, self._size)
        self._recovery.help_requested.connect(self.help_requested)
        self._recovery.ask_back.changed.connect(self._words)
        page = FoundingPage(
            self.tr("Recovery code"),
            self.tr(
                "If the passphrase is forgotten, this code is the only way back in. Nobody can"
                " look it up: not the supplier, not your IT department."
            ),
        )
        page.body.addWidget(self._recovery)
        page.body.addStretch(1)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.opened.emit(founded.workplace, self._path)
        self.footer.show()
        self._enter(FoundingStep.RECOVERY)

    def _refused(self, error: Exception) -> None:
        self.footer.show()
        self.footer.primary.setEnabled(True)
        if self._stack.currentWidget() is self._making:
            # The passphrase was overwritten; it has to be typed again before the next try.
            self._show(FoundingStep.YOU)
        if isinstance(error, KnownError):
            self._show_error(error)
        else:
            self._runner.failed.emit(error)

    def _ask_back(self) -> None:
        assert self._recovery is not None
        if not self._recovery.is_asking():
            self._recovery.ask(asking=True)
            self._words()
        elif self._recovery.ask_back.is_good():
            self._forget_code()
            self._read_form()

    def _forget_code(self) -> None:
        page = self._stack.currentWidget()
        assert page is not None
        self._stack.removeWidget(page)
        page.deleteLater()
        self._recovery = None

    def _read_form(self) -> None:
        assert self._room is not None
        forms = shipped_forms(self._room.workplace.forms.forms)
        if not forms:
            self.finished.emit()
            return
        self._form = forms[0]
        page = FoundingPage(
            self.tr("Consent form"),
            self.tr(
                "Patients are asked with these words. Read them: numbers, times and places are"
                " claims about your clinic. Without an approved form no consent can be asked."
            ),
        )
        reader = FormReader()
        reader.show_form(self._form)
        reader.setMinimumHeight(320)
        card = Card(
            self._form.title,
            self.tr("Version {version}, {language}").format(
                version=self._form.version, language=self._form.language
            ),
            flush=True,
        )
        reader.setProperty("bare", "true")
        card.body.addWidget(reader)
        page.body.addWidget(card, 1)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._enter(FoundingStep.FORM)
        self.footer.primary.setEnabled(False)
        self.footer.set_note(self.tr("Read it to its end to approve it."))
        reader.read_to_end.connect(self._read)
        reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        self.footer.primary.setEnabled(True)
        self.footer.set_note("")

    def _approve(self) -> None:
        assert self._room is not None
        form = self._form
        assert form is not None
        self.footer.primary.setEnabled(False)

        def work(uow: UnitOfWork, desk: Desk) -> object:
            return clinics.approve_form(uow, desk, form)

        self._room.change(work, self._approved, on_failure=self._refused)

    def _approved(self, _clinic: object) -> None:
        self.finished.emit()

    # showing

    def _show(self, step: FoundingStep) -> None:
        page = (self._clinic, self._you, self._place)[step]
        self._stack.setCurrentWidget(page)
        self._enter(step)
        first = (self._clinic.form.name, self._you.name, self._place.place.name)[step]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self, step: FoundingStep) -> None:
        self._step = step
        self._steps.set_at(step)
        self._words()

    def _words(self) -> None:
        asking = self._recovery is not None and self._recovery.is_asking()
        noted = self.tr("Continue") if asking else self.tr("It is on paper")
        name = self._you.name.text().strip()
        primary = {
            FoundingStep.CLINIC: self.tr("Continue"),
            FoundingStep.YOU: self.tr("Continue"),
            FoundingStep.PLACE: self.tr("Make the vault"),
            FoundingStep.RECOVERY: noted,
            FoundingStep.FORM: self.tr("Approve as {name}").format(name=name),
        }
        self.footer.set_primary(primary[self._step].replace("&", "&&"))
        back = self._step <= FoundingStep.PLACE or asking
        shown = self.tr("Show the code again") if asking else self.tr("Back")
        self.footer.set_back(shown if back else "")
        self._later.setVisible(self._step is FoundingStep.FORM)

    def _changed(self) -> None:
        self._show_error(None)
        self._place.place.show_synchronised(synchronised=False)
        self._asked = Path()
        self._words()

    def _show_error(self, error: KnownError | None) -> None:
        if self._notice is not None:
            self._notices.removeWidget(self._notice)
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None
        if error is not None:
            self._notice = Notice.for_error(error)
            self._notice.help_requested.connect(self.help_requested)
            self._notices.addWidget(self._notice)

    def _names(self) -> tuple[str, ...]:
        return (
            self.tr("Your clinic"),
            self.tr("You"),
            self.tr("Place"),
            self.tr("Recovery code"),
            self.tr("Consent form"),
        )

    def _build(self) -> None:
        for page in (self._clinic, self._you, self._place, self._making):
            self._stack.addWidget(page)
        self._later.setObjectName("founding-later")
        self._later.hide()
        self.footer.extras.addWidget(self._later)
        self._notices.setContentsMargins(Space.XXL, 0, Space.XXL, Space.L)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addLayout(self._notices)
        right.addWidget(self.footer)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._steps)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.footer.primary_requested.connect(self._go_on)
        self.footer.back_requested.connect(self._go_back)
        self._later.clicked.connect(self.finished)
        for page in (self._clinic, self._you, self._place):
            page.changed.connect(self._changed)
