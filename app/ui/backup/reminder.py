"""On Today: that a backup is overdue, or why the one that was due was not made."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.backup import BackupTimeliness
from app.ui.backup.backup_keeper import BackupKeeper
from app.ui.people.person_words import day_word
from app.ui.room import Room
from app.ui.widgets.notices import Notice, Tone


class BackupReminder(QWidget):
    """To be seen only while somebody has to look after the backups.

    Signals:
        settings_wanted: The settings are to be shown.
    """

    settings_wanted = Signal()

    def __init__(self, room: Room, keeper: BackupKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("backup-reminder")
        self._room = room
        self._keeper = keeper
        self.notice = Notice(Tone.WARN, "")
        self.notice.offer(self.tr("Backup settings"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)
        self.notice.acted.connect(self.settings_wanted)
        keeper.changed.connect(self._show)
        self.hide()

    def _show(self) -> None:
        keeper = self._keeper
        standing = keeper.standing
        overdue = standing is not None and standing.timeliness is BackupTimeliness.OVERDUE
        waits = standing is not None and standing.timeliness is not BackupTimeliness.FRESH
        if overdue and not keeper.running:
            self.notice.set_message(self._title(), self._why())
        elif keeper.failure is not None and waits and not keeper.running:
            self.notice.set_message(self.tr("The backup that was due was not made."), self._why())
        else:
            self.hide()
            return
        self.show()

    def _title(self) -> str:
        standing = self._keeper.standing
        if standing is None or standing.last is None:
            return self.tr("No backup of this vault has been made yet.")
        day = day_word(standing.last.stamp.at.astimezone(self._room.desk.zone).date())
        return self.tr("A backup is overdue: the last one is of {day}.").format(day=day)

    def _why(self) -> str:
        error = self._keeper.failure
        if error is None:
            return self.tr("One is made by itself shortly, if the folder for backups is there.")
        message = error.message.format(**error.facts)
        return f"{message} {error.advice.format(**error.facts)}"
