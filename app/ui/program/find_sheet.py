"""Ctrl+K: find a patient or an action by typing."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.ids import PatientId
from app.domain.patient import Patient
from app.services import patients
from app.ui.people.person_words import name_of, person_line
from app.ui.room import Room
from app.ui.widgets.fields import SearchField
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList
from app.ui.widgets.sheet import Sheet, list_height

LIMIT = 20
_ACTION = "action:"
_MOVES = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})


class FindSheet(Sheet):
    """Patients as they are typed, and what can be done; Enter takes the row that is marked.

    Signals:
        patient_chosen: Argument: the `PatientId`.
        action_chosen: Argument: the action's name.
    """

    patient_chosen = Signal(object)
    action_chosen = Signal(str)

    def __init__(self, room: Room, actions: Sequence[tuple[str, str, str]], host: QWidget) -> None:
        """Offer `actions`, each as name, words and icon."""
        super().__init__("", "", host, width=640)
        self.setObjectName("find")
        self._room = room
        self._actions = [Row(f"{_ACTION}{name}", words, icon=icon) for name, words, icon in actions]
        self.title.setText(self.tr("Find anything"))
        self.setAccessibleName(self.tr("Find anything"))
        self.field = SearchField(self.tr("A patient's name or number, or an action"))
        self.field.setObjectName("find-field")
        self.list = RowList(self.tr("Found"))
        self.list.setObjectName("find-list")
        self.list.setMinimumHeight(list_height(host, 380))
        self.body.addWidget(self.field)
        self.body.addWidget(self.list, 1)
        self.primary.setText(self.tr("Open"))
        self.primary.clicked.disconnect()
        self.primary.clicked.connect(self._take)
        self.field.installEventFilter(self)
        self.field.query_changed.connect(self._search)
        self.field.submitted.connect(self._submit)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(self._take)
        self._show("", ())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move the mark while one types."""
        if watched is not self.field or event.type() != QEvent.Type.KeyPress:
            return False
        if not isinstance(event, QKeyEvent) or event.key() not in _MOVES:
            return False
        QApplication.sendEvent(self.list, event)
        return True

    def _search(self, words: str) -> None:
        if not words:
            self._show("", ())
            return
        question = partial(patients.find, words=words, limit=LIMIT)
        self._room.ask(question, partial(self._found, words))

    def _found(self, words: str, found: tuple[Patient, ...]) -> None:
        if words == self.field.query():
            self._show(words, found)

    def _show(self, words: str, found: Sequence[Patient]) -> None:
        today = self._room.desk.today()
        rows = [
            Row(patient.id, name_of(patient.now), person_line(patient.now, today), icon="user")
            for patient in found
        ]
        small = words.casefold()
        rows += [row for row in self._actions if small in row.title.casefold()]
        self.list.rows.set_rows(rows)
        self.primary.setEnabled(bool(rows))
        if rows:
            self.list.pick(rows[0].key)

    def _submit(self, words: str) -> None:
        """Enter: what is marked fits, unless a scan was quicker than the search."""
        question = partial(patients.find, words=words, limit=LIMIT)
        self._room.ask(question, partial(self._found_and_take, words))

    def _found_and_take(self, words: str, found: tuple[Patient, ...]) -> None:
        marked = self.list.current_key()
        self._show(words, found)
        with suppress(KeyError):  # what was marked may not fit any more
            self.list.pick(marked or "")
        self._take()

    def _take(self) -> None:
        key = self.list.current_key()
        if key is not None:
            self._open(key)

    def _open(self, key: str) -> None:
        self.accept()
        if key.startswith(_ACTION):
            self.action_chosen.emit(key.removeprefix(_ACTION))
        else:
            self.patient_chosen.emit(PatientId(key))
