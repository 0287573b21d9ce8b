"""Backups: where, how often, how they stand, and trying and restoring them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.backup import BackupMade, BackupPoint, BackupTimeliness, Restored
from app.domain.staff import Right
from app.errors import KnownError
from app.settings import Settings
from app.ui.backup.backup_keeper import BackupKeeper
from app.ui.backup.backup_words import moment_word, size_word, slot_words
from app.ui.design.tokens import Role, Space
from app.ui.preferences import Preferences
from app.ui.room import Room
from app.ui.settings_page.restore_sheet import RestoreSheet
from app.ui.settings_page.setting_line import setting_line
from app.ui.tasks import Step
from app.ui.widgets.buttons import QuietButton, SecondaryButton
from app.ui.widgets.cards import Card, Facts, Rule
from app.ui.widgets.notice_place import NoticePlace
from app.ui.widgets.notices import Notice, Tone
from app.ui.widgets.progress import ProgressStrip
from app.ui.widgets.selects import Select
from app.ui.widgets.text import ElidedLabel, Label, Look

DAYS = (0, 1, 2, 7, 14, 30)


class BackupCard(Card):
    """Only administrators choose the folder, try backups out and restore.

    Signals:
        said: A short message for the foot of the window.
        failed: Argument: the exception.
        help_requested: Argument: a help topic or an error's code.
    """

    said = Signal(str)
    failed = Signal(Exception)
    help_requested = Signal(str)

    def __init__(
        self,
        room: Room,
        preferences: Preferences,
        keeper: BackupKeeper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("Backup"))
        self._room = room
        self._preferences = preferences
        self._keeper = keeper
        self._path = ElidedLabel("", Look.SMALL, Role.INK_3)
        self._choose = SecondaryButton(self.tr("Choose…"), compact=True)
        self._same_disk = Label("", Look.SMALL, Role.EXPIRING, wrap=True)
        self.days = Select()
        self.facts = Facts(())
        self.strip = ProgressStrip()
        self._now = SecondaryButton(self.tr("Back up now"), icon="hard-drive")
        self._try = SecondaryButton(self.tr("Test restore"), icon="clipboard-check")
        self._restore = QuietButton(self.tr("Restore…"), icon="history")
        self._notices = NoticePlace()
        self._build()
        self._connect()
        self._follow(preferences.settings)

    def show_standing(self) -> None:
        """Show how the backups stand, and whether something runs."""
        may = self._room.desk.staff.may(Right.BACK_UP)
        chosen, running = bool(self._keeper.schedule.folder), self._keeper.running
        self.facts.set_facts(self._lines())
        self._choose.setEnabled(may and not running)
        self.days.setEnabled(may and not running)
        self._now.setEnabled(chosen and not running)
        self._try.setEnabled(chosen and may and not running)
        self._restore.setEnabled(chosen and may and not running)
        if not running:
            self.strip.finish()
        elif self.strip.isHidden():
            self.strip.begin(self.tr("Working…"))

    def notice(self) -> Notice | None:
        """What was found last."""
        return self._notices.notice()

    def _lines(self) -> tuple[tuple[str, str], ...]:
        standing, zone = self._keeper.standing, self._room.desk.zone
        if standing is None:
            return ()
        last = self.tr("None yet")
        if standing.last is not None:
            size = size_word(standing.last.size_bytes)
            last = f"{moment_word(standing.last.stamp.at, zone)} ({size})"
        words = {
            BackupTimeliness.OFF: self.tr("Not planned"),
            BackupTimeliness.DUE: self.tr("Now"),
            BackupTimeliness.OVERDUE: self.tr("Overdue"),
            BackupTimeliness.FRESH: "",
        }
        upcoming = words[standing.timeliness]
        if not upcoming and standing.next_at is not None:
            upcoming = moment_word(standing.next_at, zone)
        return ((self.tr("Last backup"), last), (self.tr("Next backup"), upcoming))

    def _follow(self, settings: Settings) -> None:
        self._path.setText(settings.backup_folder or self.tr("None chosen yet"))
        self._choose.setText(self.tr("Change…") if settings.backup_folder else self.tr("Choose…"))
        self.days.set_items(self._schedules(settings.backup_days), str(settings.backup_days))
        self._same_disk.setText(
            self.tr("This folder is on the same disk as the vault: if it fails, both are lost.")
        )
        vault = Path(settings.last_vault)
        self._same_disk.setVisible(_on_one_disk(settings.backup_folder, vault.parent))
        self.show_standing()

    def _schedules(self, now: int) -> list[tuple[str, str]]:
        words = {
            0: self.tr("By hand only"),
            1: self.tr("Every day"),
            7: self.tr("Every week"),
            30: self.tr("Every month"),
        }
        told = self.tr("Every {count} days")
        days = sorted({*DAYS, now})
        return [(str(day), words.get(day, told.format(count=day))) for day in days]

    def _set_days(self, days: str) -> None:
        self._preferences.change(backup_days=int(days))

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Folder for backups"))
        dialog.setObjectName("backup-folder-dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._set_folder)
        dialog.open()

    def _set_folder(self, folder: str) -> None:
        self._preferences.change(backup_folder=folder)
        self.said.emit(self.tr("Backups go there from now on."))

    # jobs

    def _back_up(self) -> None:
        self._notices.show_notice(None)
        self._keeper.back_up()

    def _rehearse(self) -> None:
        self._notices.show_notice(None)
        self._keeper.rehearse()

    def _step(self, step: Step) -> None:
        if self.strip.isHidden():
            self.strip.begin(step.what)
        self.strip.report(step.done, step.total, step.what)

    def _made(self, made: BackupMade) -> None:
        if made.unreadable:
            told = self.tr("Pictures and papers that the vault could not read: {count}.")
            text = self.tr("Everything else was backed up. Check the vault with clinigraph verify.")
            self._notices.show_notice(Notice(Tone.WARN, told.format(count=made.unreadable), text))
            return
        told = self.tr("Backed up and read back: {count} new pictures and papers, {size}.")
        self.said.emit(told.format(count=made.copied, size=size_word(made.size_bytes)))

    def _rehearsed(self, result: Restored) -> None:
        at = moment_word(result.point.at, self._room.desk.zone)
        if result.sound:
            told = self.tr("The backup of {at} can be restored.").format(at=at)
            text = self.tr("Every record, picture and paper was checked, and removed again.")
            self._notices.show_notice(Notice(Tone.GRANTED, told, text, closable=True))
            return
        told = self.tr("The backup of {at} cannot be relied on.").format(at=at)
        found = self.tr("Findings: {count}.").format(count=len(result.report.findings))
        trail = self.tr("Its audit trail is not the beginning of this vault's.")
        text = found if result.trail_continues else f"{found} {trail}"
        self._notices.show_notice(Notice(Tone.DANGER, told, text, closable=True))

    def _restored(self, result: Restored, to: Path) -> None:
        told = self.tr("The vault was restored as “{name}”.").format(name=to.stem)
        text = self.tr("Lock this one and open it with a passphrase of that day.")
        if not result.sound:
            found = self.tr("Its check found faults: {count}. Look at it with clinigraph verify.")
            text = found.format(count=len(result.report.findings))
        tone = Tone.GRANTED if result.sound else Tone.WARN
        self._notices.show_notice(
            Notice(tone, told, f"{text} {slot_words(result)}".strip(), closable=True)
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            self._room.runner.failed.emit(error)
            return
        notice = Notice.for_error(error, closable=True)
        notice.help_requested.connect(self.help_requested)
        self._notices.show_notice(notice)

    # restoring

    def _ask_restore(self) -> None:
        folder, backups = Path(self._keeper.schedule.folder), self._room.workplace.backups
        self._room.runner.run(
            partial(backups.points, folder),
            self._choose_point,
            lane="work",
            on_failure=self._failed,
        )

    def _choose_point(self, points: tuple[BackupPoint, ...]) -> None:
        vault = Path(self._preferences.settings.last_vault)
        sheet = RestoreSheet(self._room, points, vault, self)
        sheet.wanted.connect(self._keeper.restore)
        sheet.open()

    def _build(self) -> None:
        self._choose.setObjectName("backup-choose")
        self.days.setObjectName("backup-days")
        self._now.setObjectName("backup-now")
        self._try.setObjectName("backup-test")
        self._restore.setObjectName("backup-restore")
        self.days.setAccessibleName(self.tr("A backup every"))
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(self._now)
        buttons.addWidget(self._try)
        buttons.addStretch(1)
        buttons.addWidget(self._restore)
        self.body.addLayout(setting_line(self.tr("Folder"), self._path, self._choose))
        self.body.addWidget(self._same_disk)
        self.body.addWidget(Rule())
        hint = Label(self.tr("While the vault is open, in the background."), Look.SMALL, Role.INK_3)
        self.body.addLayout(setting_line(self.tr("A backup every"), hint, self.days))
        self.body.addWidget(Rule())
        self.body.addWidget(self.facts)
        self.body.addLayout(self._notices)
        self.body.addWidget(self.strip)
        self.body.addLayout(buttons)

    def _connect(self) -> None:
        self._choose.clicked.connect(self._ask_folder)
        self.days.chosen.connect(self._set_days)
        self._now.clicked.connect(self._back_up)
        self._try.clicked.connect(self._rehearse)
        self._restore.clicked.connect(self._ask_restore)
        self.strip.cancel_requested.connect(self._keeper.cancel)
        self._preferences.changed.connect(self._follow)
        self._keeper.changed.connect(self.show_standing)
        self._keeper.stepped.connect(self._step)
        self._keeper.failed.connect(self._failed)
        self._keeper.made.connect(self._made)
        self._keeper.rehearsed.connect(self._rehearsed)
        self._keeper.restored.connect(self._restored)


def _line(name: str, below: QWidget, control: QWidget) -> QHBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Label(name, Look.BODY))
    words.addWidget(below)
    row = QHBoxLayout()
    row.setSpacing(Space.L)
    row.addLayout(words, 1)
    row.addWidget(control)
    return row


def _on_one_disk(folder: str, vault: Path) -> bool:
    try:
        return bool(folder) and Path(folder).stat().st_dev == vault.stat().st_dev
    except OSError:
        return False
