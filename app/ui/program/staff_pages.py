"""The pages of an open vault, and the ways between them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import EncounterId, PatientId
from app.domain.staff import Right
from app.services.workplace import Door
from app.ui.activity.activity_page import ActivityPage
from app.ui.backup.backup_keeper import BackupKeeper
from app.ui.backup.reminder import BackupReminder
from app.ui.capture.cameras import Cameras
from app.ui.frame.main_window import MainWindow
from app.ui.frame.rail import Place
from app.ui.patients.patient_page import PatientPage
from app.ui.patients.patients_page import PatientsPage
from app.ui.people.role_words import role_name
from app.ui.preferences import Preferences
from app.ui.program.find_sheet import FindSheet
from app.ui.program.switch_sheet import SwitchSheet
from app.ui.room import Room
from app.ui.session.session_frame import SessionFrame
from app.ui.session.session_view import SessionView
from app.ui.settings_page.settings_page import SettingsPage
from app.ui.today.today_page import TodayPage

SESSION = "session"
PATIENT = "patient"
_UNDER = {SESSION: Place.TODAY, PATIENT: Place.PATIENTS}


class StaffPages(QObject):
    """Made when a vault is opened, gone when it is locked.

    Attributes:
        room: The open vault.
        session: The session's page.
        backups: Keeps the schedule of backups.
        settings: The settings' page.

    Signals:
        help_wanted: Argument: a help topic or an error's code.
        lock_wanted: Lock was chosen.
        switched: Somebody else is signed in. Argument: their workplace.
    """

    help_wanted = Signal(str)
    lock_wanted = Signal()
    switched = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        room: Room,
        preferences: Preferences,
        door: Door,
        cameras: Cameras | None = None,
    ) -> None:
        super().__init__()
        self._window = window
        self._door = door
        self._before_session: str = Place.TODAY
        self.room = room
        room.setParent(self)
        self.today = TodayPage(room)
        self.activity = ActivityPage(room)
        self.patients = PatientsPage(room)
        self.patient = PatientPage(room)
        self.backups = BackupKeeper(room, preferences, self)
        self.settings = SettingsPage(room, preferences, door, self.backups)
        self._reminder = BackupReminder(room, self.backups)
        self.today.add_reminder(self._reminder)
        self.session = SessionView(room, cameras, preferences)
        self._frame = SessionFrame(window, self.session)
        self._register()
        self._connect()

    def show_first(self, unfinished: EncounterId | None) -> None:
        """Go on with the session that the lock interrupted, or show Today."""
        if unfinished is not None:
            self.session.resume(unfinished)
        else:
            self.go(Place.TODAY)
        self.backups.start()

    def unfinished(self) -> EncounterId | None:
        """The session that is open and has not ended."""
        encounter = self.session.session.encounter
        return encounter.id if encounter is not None and encounter.open else None

    def suspend(self) -> None:
        """The vault is about to be locked: let cameras go."""
        self.session.suspend()
        self.backups.cancel()

    def go(self, place: str) -> None:
        """Show a place; one that is not offered is not gone to."""
        if place not in self._places:
            return
        page = self._places[place]
        refresh = getattr(page, "refresh", None)
        if refresh is not None:
            refresh()
        self._show(place)

    def begin_session(self, patient: PatientId | None) -> None:
        """Begin a session, with a patient or with looking for one."""
        self.session.begin(patient)

    def open_patient(self, patient: PatientId) -> None:
        """Show a patient's page; never one person's page under another person's banner."""
        encounter = self.session.session.encounter
        if encounter is not None and encounter.open and encounter.patient != patient:
            told = self.tr("A session is open. Close it to open the page of another patient.")
            self._window.toast.tell(told)
            return
        self.patient.show_patient(patient)
        self._show(PATIENT)

    def resume_session(self, encounter: EncounterId) -> None:
        """Go on with an unfinished session."""
        self.session.resume(encounter)

    def find(self) -> None:
        """Open "find anything"."""
        actions = (
            ("session", self.tr("New session"), "camera"),
            ("settings", self.tr("Settings"), "settings"),
            ("switch", self.tr("Let somebody else sign in"), "user"),
            ("lock", self.tr("Lock"), "lock"),
        )
        sheet = FindSheet(self.room, actions, self._window)
        sheet.action_chosen.connect(self._act)
        sheet.patient_chosen.connect(self.open_patient)
        sheet.open()

    def _act(self, action: str) -> None:
        if action == "lock":
            self.lock_wanted.emit()
        elif action == "switch":
            self.switch()
        elif action == "session":
            self.begin_session(None)
        else:
            self.go(action)

    def switch(self) -> None:
        """Let somebody else work on."""
        visit = self.session.session.encounter
        session_of = self.room.desk.staff.name if visit is not None and visit.open else ""
        sheet = SwitchSheet(self.room, self._door, self._window, session_of=session_of)
        sheet.switched.connect(self.switched)
        sheet.open()

    def _show_person(self) -> None:
        staff = self.room.desk.staff
        self._window.rail.set_person(staff.name, role_name(staff.role))

    def _show(self, name: str) -> None:
        self._window.show_page(name)
        self._window.rail.set_place(_UNDER.get(name, name))
        self._window.steps.setVisible(name == SESSION and self.session.is_open)

    def _show_session(self) -> None:
        current = self._window.current_name()
        if current != SESSION:
            self._before_session = current or Place.TODAY
        self._show(SESSION)

    def _leave_session(self) -> None:
        if self._before_session == PATIENT:
            self.patient.refresh()
            self._show(PATIENT)
        else:
            self.go(self._before_session)

    def _register(self) -> None:
        self._places: dict[str, QWidget] = {
            Place.TODAY: self.today,
            Place.PATIENTS: self.patients,
            Place.ACTIVITY: self.activity,
            Place.SETTINGS: self.settings,
        }
        for place, page in self._places.items():
            self._window.register(place, page)
        self._window.register(SESSION, self.session)
        self._window.register(PATIENT, self.patient)
        if not self.room.desk.staff.may(Right.READ_AUDIT):
            del self._places[Place.ACTIVITY]
        for place in Place:
            self._window.rail.set_offered(place, offered=place in self._places)
        self._show_person()

    def _connect(self) -> None:
        window = self._window
        window.place_requested.connect(self.go)
        window.find_requested.connect(self.find)
        window.person_requested.connect(self.switch)
        for page in (self.today, self.patient):
            page.session_wanted.connect(self.begin_session)
            page.session_resumed.connect(self.resume_session)
        self.today.patient_opened.connect(self.open_patient)
        self.patients.patient_opened.connect(self.open_patient)
        self._reminder.settings_wanted.connect(partial(self.go, Place.SETTINGS))
        self.settings.said.connect(window.toast.tell)
        self.settings.help_requested.connect(self.help_wanted)
        self.session.help_wanted.connect(self.help_wanted)
        self.session.opened.connect(self._show_session)
        self.session.closed.connect(self._leave_session)
