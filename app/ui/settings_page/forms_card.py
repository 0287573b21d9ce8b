"""The consent forms: read, approve, and see which version patients are asked with."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from app.domain.clinic import Clinic
from app.domain.consent_form import ApprovalState, ConsentForm
from app.domain.staff import RIGHTS, Right
from app.services import clinic as clinics
from app.services.ports import Desk, UnitOfWork
from app.ui.design.theme import theme
from app.ui.door.form_reader import FormReader
from app.ui.people.person_words import day_word
from app.ui.room import Room
from app.ui.widgets.cards import Card
from app.ui.widgets.chips import ChipState, ChipText
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList
from app.ui.widgets.sheet import Sheet, list_height
from app.ui.widgets.text import Label, Look

_SHEET_WIDTH = 760


class FormsCard(Card):
    """One row for each version of each form in each language.

    Signals:
        said: A short message for the foot of the window.
        failed: Argument: the exception.
    """

    said = Signal(str)
    failed = Signal(Exception)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(flush=True, parent=parent)
        self.set_title(self.tr("Consent form"))
        self._room = room
        self._clinic = Clinic("-")
        self._reading: ConsentForm | None = None
        self._sheet: Sheet | None = None
        self.list = RowList(self.tr("Consent forms"))
        self.list.setObjectName("forms")
        self.list.setProperty("bare", "true")
        self.body.addWidget(self.list)
        self.list.opened.connect(self.read)
        self.list.action_requested.connect(self.read)

    def show_clinic(self, clinic: Clinic) -> None:
        """Show which forms this clinic approved."""
        self._clinic = clinic
        rows = [self._row(form) for form in self._forms()]
        self.list.rows.set_rows(rows)
        height = sum(self.list.sizeHintForRow(place) for place in range(len(rows)))
        self.list.setFixedHeight(max(height, theme().px(75)))

    def read(self, key: str) -> None:
        """Open a form to be read, and to be approved by those who may."""
        form = next(form for form in self._forms() if form.text_sha256 == key)
        may = Right.ADMINISTER in RIGHTS[self._room.desk.staff.role]
        approved = self._clinic.approval(form.text_sha256) is not None
        verb = self.tr("Approve as {name}").format(name=self._room.desk.staff.name)
        sheet = Sheet(form.title, verb.replace("&", "&&"), self, width=_SHEET_WIDTH)
        sheet.setObjectName("form-sheet")
        reader = FormReader()
        reader.setMinimumHeight(list_height(self, 420))
        sheet.body.addWidget(reader, 1)
        can_approve = may and not approved and _is_usable(form)
        sheet.primary.setVisible(can_approve)
        sheet.primary.setEnabled(False)
        if can_approve:
            told = self.tr("Read it to its end to approve it for use with your patients.")
            sheet.body.addWidget(Label(told, Look.SMALL, wrap=True))
        else:
            sheet.secondary.setText(self.tr("Close"))
        self._reading, self._sheet = form, sheet
        reader.read_to_end.connect(self._read_through)
        sheet.accepted.connect(self._approve)
        sheet.finished.connect(self._close)
        sheet.open()
        reader.show_form(form)

    def _read_through(self) -> None:
        if self._sheet is not None:
            self._sheet.primary.setEnabled(True)

    def _close(self) -> None:
        self._sheet = None

    def _approve(self) -> None:
        form = self._reading
        assert form is not None

        def work(uow: UnitOfWork, desk: Desk) -> Clinic:
            return clinics.approve_form(uow, desk, form)

        self._room.change(work, self._approved, on_failure=self._refused)

    def _approved(self, clinic: Clinic) -> None:
        self.show_clinic(clinic)
        self.said.emit(self.tr("Approved. Patients are asked with these words from now on."))

    def _refused(self, error: Exception) -> None:
        self.failed.emit(error)

    def _forms(self) -> tuple[ConsentForm, ...]:
        return tuple(reversed(self._room.workplace.forms.forms))

    def _row(self, form: ConsentForm) -> Row:
        told = self.tr("Version {version} · {language}")
        language = QLocale.languageToString(QLocale(form.language).language())
        approval = self._clinic.approval(form.text_sha256)
        subtitle = told.format(version=form.version, language=language)
        if approval is not None:
            chip = ChipText(self.tr("Approved"), ChipState.GRANTED)
            day = day_word(approval.on)
            subtitle += " · " + self.tr("{name}, {day}").format(name=approval.by, day=day)
        elif _is_usable(form):
            chip = ChipText(self.tr("Not approved yet"), ChipState.EXPIRING)
        else:
            chip = ChipText(self.tr("Not in use"), ChipState.NEUTRAL)
        action = self.tr("Read")
        return Row(
            form.text_sha256, form.title, subtitle, icon="file-text", chips=(chip,), action=action
        )


def _is_usable(form: ConsentForm) -> bool:
    return form.approval.state not in {ApprovalState.DRAFT, ApprovalState.RETIRED}
