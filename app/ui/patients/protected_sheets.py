"""A protected picture for those to whom it is closed: opening with a reason, and naming people."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.clinical_image import FiledImage
from app.domain.ids import ImageId, PatientId, StaffId
from app.domain.protection import GLASS_OPEN, LEAST_REASON, GlassBroken, GlassReason
from app.domain.staff import Right, Staff
from app.errors import KnownError
from app.services import sight
from app.services.ports import Desk, Records, UnitOfWork
from app.services.sight import Viewers
from app.ui.design.theme import theme
from app.ui.design.tokens import Role
from app.ui.people.role_words import role_name
from app.ui.room import Room
from app.ui.widgets.chips import ChipState, ChipText
from app.ui.widgets.choices import Choice, ChoiceGroup
from app.ui.widgets.fields import Field
from app.ui.widgets.notices import Notice
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList
from app.ui.widgets.sheet import Sheet, list_height
from app.ui.widgets.sheet_column import SheetColumn
from app.ui.widgets.text import Label, Look

WIDTH = 620
TEXT_HEIGHT, LIST_HEIGHT = 84, 300
MINUTES = int(GLASS_OPEN.total_seconds()) // 60


def reason_words(reason: GlassReason) -> str:
    """Why glass was broken, in words."""
    tr = QCoreApplication.translate
    return {
        GlassReason.EMERGENCY: tr("GlassReason", "An emergency"),
        GlassReason.CARE_TODAY: tr("GlassReason", "Care of this patient today"),
        GlassReason.SAFEGUARDING: tr("GlassReason", "Protecting somebody"),
        GlassReason.LEGAL_DUTY: tr("GlassReason", "A legal duty"),
        GlassReason.OTHER: tr("GlassReason", "Another reason"),
    }[reason]


class _ReasonSheet(Sheet):
    """A sheet that asks for a reason and says what was refused; `form` is its middle."""

    def __init__(self, room: Room, host: QWidget, title: str, verb: str, text: str) -> None:
        super().__init__(title, verb, host, text=text, width=WIDTH)
        self._room = room
        self._notice: Notice | None = None
        self._column = SheetColumn(host, WIDTH)
        self.form = self._column.body
        self.body.addWidget(self._column)
        self.why = QPlainTextEdit()
        self.why.setObjectName("protected-reason")
        self.why.setTabChangesFocus(True)
        self.why.setFixedHeight(theme().px(TEXT_HEIGHT))
        self.reason = Field(
            QCoreApplication.translate("ReasonSheet", "The reason in your words"), self.why
        )
        self.why.textChanged.connect(self.look)

    def said(self) -> str:
        """The reason as it will be kept."""
        return " ".join(self.why.toPlainText().split())

    def look(self) -> None:
        """Whether enough was said."""
        self.primary.setEnabled(len(self.said()) >= LEAST_REASON)

    def failed(self, error: Exception) -> None:
        """Say why it was refused."""
        self.look()
        if not isinstance(error, KnownError):
            self._room.runner.failed.emit(error)
            return
        if self._notice is not None:
            self._notice.deleteLater()
        self._notice = Notice.for_error(error)
        self.form.insertWidget(0, self._notice)
        self._column.verticalScrollBar().setValue(0)


class BreakGlassSheet(_ReasonSheet):
    """Opens one patient's protected pictures for half an hour.

    Signals:
        broken: They are open. Argument: the `GlassBroken`.
    """

    broken = Signal(object)

    def __init__(self, room: Room, host: QWidget, patient: PatientId, count: int) -> None:
        tr = QCoreApplication.translate
        told = tr(
            "BreakGlassSheet",
            "You are not named for them. With a reason they are open to you for {minutes} minutes."
            " It is recorded, and the privacy officer reads why.",
        )
        title = tr("BreakGlassSheet", "Protected pictures of this patient: {count}")
        super().__init__(
            room,
            host,
            title.format(count=count),
            tr("BreakGlassSheet", "Open with this reason"),
            told.format(minutes=MINUTES),
        )
        self.setObjectName("break-glass-sheet")
        self._patient = patient
        self.kind = ChoiceGroup(
            tr("BreakGlassSheet", "Why"),
            [Choice(reason.value, reason_words(reason)) for reason in GlassReason],
            columns=2,
        )
        self.kind.setObjectName("glass-reason")
        self.form.addWidget(self.kind)
        self.form.addWidget(self.reason)
        self.kind.chosen.connect(self.look)
        self.look()

    def look(self) -> None:
        """Whether enough was said."""
        super().look()
        self.primary.setEnabled(self.primary.isEnabled() and self.kind.value() is not None)

    def accept(self) -> None:
        """Open them, once a reason was given."""
        kind = self.kind.value()
        if kind is None or not self.primary.isEnabled():
            return
        self.primary.setEnabled(False)
        patient, why, text = self._patient, GlassReason(kind), self.said()

        def work(uow: UnitOfWork, desk: Desk) -> GlassBroken:
            return sight.break_glass(uow, desk, patient, why, text)

        self._room.change(work, self._broken, on_failure=self.failed)

    def _broken(self, broken: GlassBroken) -> None:
        super().accept()
        self.broken.emit(broken)


class ViewersSheet(_ReasonSheet):
    """Who may see a protected picture; the privacy officer names and removes people."""

    def __init__(self, room: Room, host: QWidget, filed: FiledImage) -> None:
        tr = QCoreApplication.translate
        super().__init__(
            room,
            host,
            tr("ViewersSheet", "Who may see this picture"),
            tr("ViewersSheet", "Done"),
            tr(
                "ViewersSheet",
                "It is protected: open to who took it, who led the session, and who is named here."
                " You name others and see nothing of it yourself.",
            ),
        )
        self.setObjectName("viewers-sheet")
        self.secondary.hide()
        self._image = filed.id
        self._allowed: frozenset[StaffId] = frozenset()
        self.list = RowList(tr("ViewersSheet", "People"), compact=True)
        self.list.setObjectName("viewers")
        self.list.setMinimumHeight(list_height(host, LIST_HEIGHT))
        self.form.addWidget(self.reason)
        self._told = Label(
            tr("ViewersSheet", "Say why, then choose the person."), Look.SMALL, Role.INK_2
        )
        self.form.addWidget(self._told)
        self.form.addWidget(self.list)
        self.list.action_requested.connect(self._change)
        self.list.opened.connect(self._change)
        self._read()

    def look(self) -> None:
        """Done is possible at any time."""
        self.primary.setEnabled(True)

    def _read(self) -> None:
        desk, image = self._room.desk, self._image
        self._room.ask(partial(_people, desk=desk, image=image), self._show, on_failure=self.failed)

    def _show(self, found: tuple[Viewers, tuple[Staff, ...]]) -> None:
        viewers, people = found
        self._allowed = frozenset(s.id for s in (*viewers.makers, *viewers.named))
        made = frozenset(s.id for s in viewers.makers)
        self.list.rows.set_rows([self._row(staff, made) for staff in people])
        self.look()

    def _row(self, staff: Staff, made: frozenset[StaffId]) -> Row:
        tr = QCoreApplication.translate
        chips: tuple[ChipText, ...] = ()
        if staff.id in self._allowed:
            took = tr("ViewersSheet", "Took it")
            named = tr("ViewersSheet", "Named")
            chips = (ChipText(took if staff.id in made else named, ChipState.GRANTED),)
        close, name = tr("ViewersSheet", "Close it to them"), tr("ViewersSheet", "Name")
        action = close if staff.id in self._allowed else name
        if staff.id == self._room.desk.staff.id or not (staff.active or staff.id in self._allowed):
            action = ""
        return Row(
            staff.id, staff.name, role_name(staff.role), icon="user", chips=chips, action=action
        )

    def _change(self, key: str) -> None:
        who, image, why = StaffId(key), self._image, self.said()
        if who == self._room.desk.staff.id:
            return
        service = sight.remove_viewer if who in self._allowed else sight.name_viewer

        def work(uow: UnitOfWork, desk: Desk) -> None:
            service(uow, desk, [image], who, reason=why)

        self._room.change(work, self._changed, on_failure=self.failed)

    def _changed(self, _nothing: None) -> None:
        self.why.clear()
        self._read()


def _people(records: Records, desk: Desk, image: ImageId) -> tuple[Viewers, tuple[Staff, ...]]:
    people = records.people.all_staff()
    viewers = sight.who_may_see(records, desk, image)
    allowed = {s.id for s in (*viewers.makers, *viewers.named)}
    shown = tuple(s for s in people if s.id in allowed or (s.active and s.may(Right.READ)))
    return viewers, shown
