"""Settings: the clinic, its consent forms and people, this workstation, and who is signed in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.clinic import Clinic
from app.errors import KnownError
from app.services.ports import Records
from app.services.workplace import Door
from app.ui.backup.backup_keeper import BackupKeeper
from app.ui.design.theme import theme
from app.ui.design.tokens import Space
from app.ui.frame.page import Page
from app.ui.preferences import Preferences
from app.ui.room import Room
from app.ui.settings_page.about_card import AboutCard
from app.ui.settings_page.backup_card import BackupCard
from app.ui.settings_page.clinic_card import ClinicCard
from app.ui.settings_page.forms_card import FormsCard
from app.ui.settings_page.people_card import PeopleCard
from app.ui.settings_page.person_card import PersonCard
from app.ui.settings_page.workstation_card import WorkstationCard
from app.ui.widgets.notices import Notice

_TWO_COLUMNS_TO = 1.3  # above this scale there is room for one


class SettingsPage(Page):
    """Cards in two columns; whatever is changed holds at once or has its own button.

    Signals:
        said: A short message for the foot of the window.
        help_requested: Argument: a help topic or an error's code.
    """

    said = Signal(str)
    help_requested = Signal(str)

    def __init__(
        self,
        room: Room,
        preferences: Preferences,
        door: Door,
        keeper: BackupKeeper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(help_page="settings", scroll=True, parent=parent)
        self.set_title(self.tr("Settings"))
        self._room = room
        self._notices = QVBoxLayout()
        self._notice: Notice | None = None
        self.clinic = ClinicCard(room)
        self.forms = FormsCard(room)
        self.people = PeopleCard(room)
        self.workstation = WorkstationCard(preferences)
        self.person = PersonCard(room, door, preferences)
        self.backup = BackupCard(room, preferences, keeper)
        self.about = AboutCard()
        self._columns = QHBoxLayout()
        self._build_cards()
        self._connect_cards()

    def refresh(self) -> None:
        """Load what is stored."""
        self.person.show_staff()
        self.backup.show_standing()
        self.people.refresh()
        self._room.ask(_clinic, self._show, on_failure=self._fail)

    def changeEvent(self, event: QEvent) -> None:
        """Follow style and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_columns"):
            self._fit()

    def _show(self, clinic: Clinic) -> None:
        self.clinic.show_clinic(clinic)
        self.forms.show_clinic(clinic)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            self._room.runner.failed.emit(error)
            return
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = Notice.for_error(error, closable=True)
        self._notice.help_requested.connect(self.help_requested)
        self._notices.addWidget(self._notice)
        self._notice.show()

    def _fit(self) -> None:
        wide = theme().scale <= _TWO_COLUMNS_TO
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def _build_cards(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (left, (self.clinic, self.people, self.forms, self.backup)),
            (right, (self.workstation, self.person, self.about)),
        ):
            column.setSpacing(Space.L)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        self._columns.setSpacing(Space.L)
        self._columns.addLayout(left, 6)
        self._columns.addLayout(right, 5)
        self.content.addLayout(self._notices)
        self.content.addLayout(self._columns)
        self.content.addStretch(1)
        self._fit()

    def _connect_cards(self) -> None:
        for card in (self.clinic, self.people, self.forms, self.backup, self.person):
            card.said.connect(self.said)
            card.failed.connect(self._fail)
        self.person.help_requested.connect(self.help_requested)
        self.backup.help_requested.connect(self.help_requested)
        self.about.help_requested.connect(self.help_requested)


def _clinic(records: Records) -> Clinic:
    return records.people.clinic()
