"""Taking a yes back in two steps: choose and confirm, then the paper that says so."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.consent import Withdrawal
from app.domain.document import StoredDocument
from app.domain.ids import PatientId, UseId
from app.domain.paper import WithdrawalPaper
from app.errors import KnownError
from app.services import papers, withdrawals
from app.services.ports import Records
from app.ui.design.tokens import Role, Space
from app.ui.paper_view.paper_size import paper_size
from app.ui.patients.patient_facts import UseLine, newest_form
from app.ui.room import Room
from app.ui.tasks import Progress, Step
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.cards import Rule
from app.ui.widgets.choices import Choice, Segmented
from app.ui.widgets.fields import Field
from app.ui.widgets.notices import Notice
from app.ui.widgets.sheet import Sheet, list_height
from app.ui.widgets.text import Label, Look, Paragraph
from app.ui.widgets.toggles import ToggleRow
from app.ui.widgets.two_columns import TwoColumns

WIDTH, HEIGHT = 880, 520
LEAST = 640  # px at 100 %: less, and who takes it back stands under what is taken back


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What the second step shows."""

    withdrawal: Withdrawal
    document: StoredDocument
    data: bytes


class WithdrawSheet(Sheet):
    """The first step; no reason is asked for, and everything is one tap.

    Signals:
        withdrawn: It is recorded and its paper is kept. Argument: a `Withdrawn`.
    """

    withdrawn = Signal(object)

    def __init__(
        self,
        room: Room,
        host: QWidget,
        patient: PatientId,
        name: str,
        granted: tuple[UseLine, ...],
    ) -> None:
        super().__init__("", "", host, width=WIDTH)
        title = self.tr("What is taken back?")
        self.title.setText(title)
        self.setAccessibleName(title)
        self.primary.setText(self.tr("Take back"))
        self._room, self._patient, self._name = room, patient, name
        self.everything = ToggleRow(
            self.tr("Everything"), self.tr("Every use below, for every picture until now.")
        )
        self.uses = {
            line.use.id: ToggleRow(
                line.use.title, self.tr("Pictures with a yes: {count}").format(count=line.count)
            )
            for line in granted
        }
        self.who = Segmented(
            self.tr("Who takes it back?"),
            [
                Choice("patient", self.tr("The patient")),
                Choice("other", self.tr("Somebody for the patient")),
            ],
            "patient",
        )
        self.by_name = Field(self.tr("Name"), QLineEdit())
        self.relationship = Field(self.tr("Relationship to the patient"), QLineEdit())
        self.add_note = QuietButton(self.tr("Add a note"), icon="plus", compact=True)
        self.note = Field(self.tr("Note"), QLineEdit(), self.tr("Nobody has to say why."))
        self._withdrawal: Withdrawal | None = None
        self._notice: Notice | None = None
        self._columns = TwoColumns(
            LEAST, gap=Space.XL, margins=(Space.XS, Space.XS, Space.M, Space.XS)
        )
        self._columns.setMinimumHeight(list_height(host, HEIGHT))
        self._lay_out()
        self._connect()
        self._look()

    def accept(self) -> None:
        """Record the withdrawal, make its paper, and keep that; then close."""
        self.primary.setEnabled(False)
        if self._withdrawal is not None:  # only its paper failed
            self._recorded(self._withdrawal)
            return
        patient, uses = self._patient, self._chosen()
        alone = self.who.value() != "other"
        name = self._name if alone else _typed(self.by_name)
        relationship = "" if alone else _typed(self.relationship)
        note = _typed(self.note)
        self._room.change(
            lambda uow, desk: withdrawals.withdraw(
                uow, desk, patient, uses, by_name=name, relationship=relationship, reason=note
            ),
            self._recorded,
            on_failure=self._failed,
        )

    def _recorded(self, withdrawal: Withdrawal) -> None:
        self._withdrawal = withdrawal
        self._columns.setEnabled(False)
        self.primary.setText(self.tr("Make the confirmation"))
        form = newest_form(self._room.workplace.forms)
        assert form is not None
        desk = self._room.desk

        def read(records: Records) -> tuple[Withdrawal, WithdrawalPaper]:
            return withdrawal, papers.withdrawal_confirmation(records, desk, withdrawal, form)

        self._room.ask(read, self._set, on_failure=self._failed)

    def _set(self, read: tuple[Withdrawal, WithdrawalPaper]) -> None:
        withdrawal, paper = read
        engine, size = self._room.workplace.papers, paper_size()

        def work(_progress: Progress) -> tuple[Withdrawal, bytes]:
            return withdrawal, engine.withdrawal(paper, size)

        self._room.work(work, self._keep, on_step=_pass, on_failure=self._failed)

    def _keep(self, made: tuple[Withdrawal, bytes]) -> None:
        withdrawal, data = made
        self._room.change(
            lambda uow, desk: Withdrawn(
                withdrawal,
                papers.keep_withdrawal_confirmation(uow, desk, withdrawal, data),
                data,
            ),
            self._kept,
            on_failure=self._failed,
        )

    def _kept(self, withdrawn: Withdrawn) -> None:
        self.withdrawn.emit(withdrawn)
        super().accept()

    def _failed(self, error: Exception) -> None:
        self.primary.setEnabled(True)
        if not isinstance(error, KnownError):
            self._room.runner.failed.emit(error)
            return
        if self._notice is not None:
            self._notice.deleteLater()
        self._notice = Notice.for_error(error)
        self.body.insertWidget(0, self._notice)

    def _chosen(self) -> frozenset[UseId]:
        """Empty means everything."""
        if self.everything.isChecked():
            return frozenset()
        return frozenset(use for use, row in self.uses.items() if row.isChecked())

    def _look(self, *_value: object) -> None:
        other = self.who.value() == "other"
        self.by_name.setVisible(other)
        self.relationship.setVisible(other)
        for row in self.uses.values():
            row.setEnabled(not self.everything.isChecked())
        named = not other or bool(_typed(self.by_name) and _typed(self.relationship))
        chosen = self.everything.isChecked() or bool(self._chosen())
        self.primary.setEnabled(named and chosen)

    def _lay_out(self) -> None:
        self.everything.setObjectName("withdraw-everything")
        self.who.setObjectName("withdraw-who")
        self.by_name.input.setObjectName("withdraw-name")
        self.relationship.input.setObjectName("withdraw-relationship")
        self.add_note.setObjectName("withdraw-add-note")
        self.note.input.setObjectName("withdraw-note")
        what, who = self._columns.first, self._columns.second
        what.addWidget(Label(self.tr("Uses with a yes"), Look.STRONG))
        what.addWidget(self.everything)
        what.addWidget(Rule())
        for use, row in self.uses.items():
            row.setObjectName(f"withdraw-{use}")
            what.addWidget(row)
        what.addStretch(1)
        who.addWidget(Label(self.tr("Who takes it back?"), Look.STRONG))
        for widget in (self.who, self.by_name, self.relationship, self.note):
            who.addWidget(widget)
        who.addWidget(self.add_note, 0, Qt.AlignmentFlag.AlignLeading)
        self.note.hide()
        for text in self._told():
            who.addWidget(Paragraph(text, Look.SMALL, Role.INK_2))
        who.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)  # the columns have this room for rings inside
        self.body.addWidget(self._columns)

    def _told(self) -> tuple[str, ...]:
        """What stops at once, what cannot be called back, and what stays in the care record."""
        form = newest_form(self._room.workplace.forms)
        if form is None:
            return ()
        return form.withdraw.effect, form.withdraw.limits, form.paper.care_record_note

    def _show_note(self) -> None:
        self.add_note.hide()
        self.note.show()
        self.note.input.setFocus()

    def _connect(self) -> None:
        self.add_note.clicked.connect(self._show_note)
        self.everything.toggled.connect(self._look)
        self.who.chosen.connect(self._look)
        for row in self.uses.values():
            row.toggled.connect(self._look)
        for field in (self.by_name, self.relationship):
            typed = field.input
            assert isinstance(typed, QLineEdit)
            typed.textChanged.connect(self._look)


def _typed(field: Field) -> str:
    assert isinstance(field.input, QLineEdit)
    return field.input.text().strip()


def _pass(_step: Step) -> None:
    """The paper takes a fraction of a second; nothing to tell."""
