"""One patient: what stands, sessions, pictures, papers, and taking a yes back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from app.domain.clinical_image import FiledImage, ImageState
from app.domain.document import StoredDocument
from app.domain.encounter import Encounter
from app.domain.ids import DocumentId, EncounterId, ImageId, PatientId
from app.domain.patient import Patient
from app.domain.protection import is_protected
from app.domain.staff import Right
from app.services import encounters, papers, patients, sight
from app.services.ports import Records
from app.ui.frame.page import Page
from app.ui.paper_view.paper_sheet import PaperSheet
from app.ui.patients.list_card import ListCard
from app.ui.patients.merge_sheet import MergeSheet, PartSheet
from app.ui.patients.patient_editor import PatientEditor
from app.ui.patients.patient_facts import PatientFacts, patient_facts
from app.ui.patients.patient_rows import (
    closed_tile,
    merged_row,
    paper_row,
    paper_word,
    picture_tile,
    visit_row,
)
from app.ui.patients.picture_grid import PictureGrid, PictureTile
from app.ui.patients.picture_sheet import PictureSheet
from app.ui.patients.protected_sheets import BreakGlassSheet, ViewersSheet
from app.ui.patients.standing_words import use_row
from app.ui.patients.withdraw_sheet import Withdrawn, WithdrawSheet
from app.ui.people.person_words import clock_word, name_of, person_line
from app.ui.room import Room
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.chips import Chip, ChipState, ChipText
from app.ui.widgets.rows import RowList
from app.ui.widgets.two_columns import TwoColumns, fit_rows

AT_ONCE = 24  # small pictures


class PatientPage(Page):
    """Everything that the vault holds of one patient; that it was opened is recorded.

    Signals:
        session_wanted: Begin a session. Argument: the patient.
        session_resumed: Go on with a session. Argument: the visit.
    """

    session_wanted = Signal(object)
    session_resumed = Signal(object)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(help_page="patients", parent=parent)
        self._room = room
        self._facts: PatientFacts | None = None
        self._patient: PatientId | None = None
        self._thumbnails: dict[ImageId, QPixmap] = {}
        self.edit = SecondaryButton(self.tr("Correct"), icon="pencil")
        self.merge = SecondaryButton(self.tr("Merge…"), icon="merge")
        self.withdraw = SecondaryButton(self.tr("Withdraw…"), icon="undo-2", compact=True)
        self.alert = Chip("", ChipState.EXPIRING, "triangle-alert")
        self.glass = Chip("", ChipState.EXPIRING, "shield-alert")
        self._closing = QTimer(self)
        self._closing.setSingleShot(True)
        self.uses = RowList(self.tr("What stands now"), compact=True)
        self.visits = RowList(self.tr("Sessions"), compact=True)
        self.pictures = PictureGrid(self.tr("Pictures"))
        self.papers = RowList(self.tr("Papers"), compact=True)
        self.merged = RowList(self.tr("Merged into this record"), compact=True)
        self._columns = TwoColumns()
        self._make_cards()
        self._build()
        self._connect()

    def show_patient(self, patient: PatientId) -> None:
        """Show a patient; that the page was opened is in the audit trail."""
        self._patient = patient
        self._forget()
        self._room.change(lambda uow, desk: patients.open_page(uow, desk, patient), self._opened)

    def refresh(self) -> None:
        """Read everything again."""
        if self._patient is None:
            return
        patient, desk, forms = self._patient, self._room.desk, self._room.workplace.forms
        self._room.ask(lambda records: patient_facts(records, desk, forms, patient), self._show)

    def _opened(self, patient: Patient) -> None:
        self._patient = patient.id
        self.refresh()

    def _forget(self) -> None:
        """Nothing of the patient before stays on the page."""
        self._facts = None
        self._thumbnails.clear()
        self.set_title("", "")
        self.alert.hide()
        self.glass.hide()
        self._closing.stop()
        self.merged_card.hide()
        self.withdraw.setEnabled(False)
        for rows in (self.uses, self.visits, self.pictures, self.papers, self.merged):
            rows.rows.set_rows([])

    def _changed(self) -> None:
        if self.isVisible() and self._facts is not None:
            self.refresh()

    def _make_cards(self) -> None:
        self._uses_card = ListCard(
            self.tr("What stands now"),
            self.uses,
            self.tr("Nothing was asked yet. Uses and answers stand here after the first session."),
            self.withdraw,
        )
        self._visits_card = ListCard(
            self.tr("Sessions"), self.visits, self.tr("No session yet. “New session” begins one.")
        )
        self._pictures_card = ListCard(
            self.tr("Pictures"), self.pictures, self.tr("Pictures of all sessions stand here.")
        )
        self._papers_card = ListCard(
            self.tr("Papers"),
            self.papers,
            self.tr("The patient's copies and confirmations of withdrawals stand here."),
        )
        self.merged_card = ListCard(self.tr("Merged into this record"), self.merged, "")
        self._cards = (
            self._uses_card,
            self._visits_card,
            self._pictures_card,
            self._papers_card,
            self.merged_card,
        )
        self.never_asked = self._uses_card.nothing

    def _build(self) -> None:
        parts: dict[str, QWidget] = {
            "patient-uses": self.uses,
            "patient-visits": self.visits,
            "patient-pictures": self.pictures,
            "patient-papers": self.papers,
            "patient-merged": self.merged,
            "patient-edit": self.edit,
            "patient-merge": self.merge,
            "patient-withdraw": self.withdraw,
        }
        for name, part in parts.items():
            part.setObjectName(name)
        for button in (self.glass, self.alert, self.merge, self.edit):
            self.heading.addWidget(button)
        first, second = self._columns.first, self._columns.second
        first.addWidget(self._uses_card)
        first.addWidget(self._visits_card)
        first.addWidget(self.merged_card)
        second.addWidget(self._pictures_card, 5)
        second.addWidget(self._papers_card, 2)
        self.merged_card.hide()
        self.glass.setObjectName("patient-glass")
        self.glass.hide()
        self.content.addWidget(self._columns, 1)
        self.use_footer(self.tr("New session")).set_back("")

    def _connect(self) -> None:
        self.primary_requested.connect(self._want_session)
        self.edit.clicked.connect(self._edit)
        self.merge.clicked.connect(self._merge)
        self.withdraw.clicked.connect(self._withdraw)
        self.merged.action_requested.connect(self._part)
        self.visits.action_requested.connect(self._go_on)
        self.pictures.opened.connect(self._open_picture)
        self.papers.opened.connect(self._open_paper)
        self.papers.action_requested.connect(self._open_paper)
        self._columns.folded_changed.connect(self._fit)
        self._closing.timeout.connect(self._close_glass)
        self._room.changed.connect(self._changed)

    # what is shown

    def _show(self, facts: PatientFacts) -> None:
        if facts.patient.id != self._patient:
            return  # an answer about the patient before
        self._facts = facts
        desk = self._room.desk
        self.set_title(name_of(facts.shown), person_line(facts.shown, desk.today()))
        self.alert.setVisible(bool(facts.shown.alert))
        self.alert.show_chip(ChipText(facts.shown.alert, ChipState.EXPIRING, "triangle-alert"))
        self.uses.rows.set_rows([use_row(line, desk) for line in facts.uses])
        self.visits.rows.set_rows([visit_row(line, facts, desk) for line in facts.visits])
        self.pictures.rows.set_rows([self._tile(filed) for filed in reversed(facts.pictures)])
        self.papers.rows.set_rows([paper_row(line, desk) for line in facts.papers])
        self.merged.rows.set_rows([merged_row(each, desk) for each in facts.absorbed])
        self.merged_card.setVisible(bool(facts.absorbed))
        self._pictures_card.set_trailing(str(len(facts.pictures) or ""))
        self._tell_of_glass()
        self.withdraw.setEnabled(bool(facts.granted))
        self._fit()
        self._read_thumbnails()

    def _fit(self, *_folded: object) -> None:
        whole = self._columns.is_folded()
        fit_rows(self.uses, whole=whole, most=99)
        for rows in (self.visits, self.papers, self.merged):
            fit_rows(rows, whole=whole, most=8)
        self.pictures.setMinimumHeight(self.pictures.whole_height(4) if whole else 0)
        first = self._columns.first
        first.setStretchFactor(self._uses_card, self.uses.rows.rowCount() + 1)
        first.setStretchFactor(self._visits_card, min(self.visits.rows.rowCount(), 3) + 1)
        for card in self._cards:
            card.look()

    def _tile(self, filed: FiledImage) -> PictureTile:
        known = self._thumbnails.get(filed.id, QPixmap())
        if self._facts is not None and filed.id in self._facts.closed:
            return closed_tile(filed, self._room.desk)
        return picture_tile(filed, known, self._room.desk)

    def _read_thumbnails(self) -> None:
        """Read the small pictures a few at a time, the newest first."""
        facts = self._facts
        if facts is None:
            return
        wanted = [
            filed.id
            for filed in reversed(facts.pictures)
            if filed.state is not ImageState.DISCARDED
            and filed.id not in self._thumbnails
            and filed.id not in facts.closed
        ]
        if wanted:
            self._room.ask(
                partial(sight.thumbnails, desk=self._room.desk, images=wanted[:AT_ONCE]),
                partial(self._show_thumbnails, facts),
            )

    def _show_thumbnails(
        self, facts: PatientFacts, read: tuple[tuple[ImageId, bytes], ...]
    ) -> None:
        if facts is not self._facts:
            return  # the page has gone on, and asked anew
        filed = {each.id: each for each in facts.pictures}
        for image, data in read:
            self._thumbnails[image] = QPixmap()
            self._thumbnails[image].loadFromData(data)
            self.pictures.rows.replace(self._tile(filed[image]))
        self._read_thumbnails()

    # what the user wants

    def _want_session(self) -> None:
        if self._patient is not None:
            self.session_wanted.emit(self._patient)

    def _edit(self) -> None:
        if self._facts is not None:
            PatientEditor(self._room, self, self._facts.patient, self._facts.staff).open()

    def _merge(self) -> None:
        if self._facts is not None:
            MergeSheet(self._room, self, self._facts).open()

    def _part(self, key: str) -> None:
        PartSheet(self._room, self, PatientId(key)).open()

    def _go_on(self, key: str) -> None:
        assert self._facts is not None
        visit = next(v.visit for v in self._facts.visits if v.visit.id == EncounterId(key))
        if visit.open:
            self.session_resumed.emit(visit.id)
            return
        self._room.change(
            lambda uow, desk: encounters.take_up_again(uow, desk, visit.id), self._taken_up
        )

    def _taken_up(self, visit: Encounter) -> None:
        self.session_resumed.emit(visit.id)

    def _open_picture(self, key: str) -> None:
        assert self._facts is not None
        filed = next(each for each in self._facts.pictures if each.id == key)
        if filed.id in self._facts.closed:
            self._open_closed(filed)
            return
        PictureSheet(self._room, self, filed).open()

    def _open_closed(self, filed: FiledImage) -> None:
        """A protected picture: name people for it, or open it with a reason."""
        assert self._facts is not None
        desk = self._room.desk
        if desk.staff.may(Right.NAME_VIEWERS):
            ViewersSheet(self._room, self, filed).open()
        elif desk.staff.may(Right.BREAK_GLASS):
            patient, count = self._facts.patient.id, len(self._facts.closed)
            BreakGlassSheet(self._room, self, patient, count).open()

    def _tell_of_glass(self) -> None:
        """Say until when protected pictures are open; then they are closed on this page, too."""
        glass = self._facts.glass if self._facts is not None else None
        self.glass.setVisible(glass is not None)
        self._closing.stop()
        if glass is None:
            return
        desk = self._room.desk
        until = clock_word(glass.until.astimezone(desk.zone), desk)
        told = self.tr("Open to you until {time}").format(time=until)
        tip = self.tr("The protected pictures of this patient")
        self.glass.show_chip(ChipText(told, ChipState.EXPIRING, "shield-alert", tip))
        left = glass.until - desk.clock.now()
        self._closing.start(max(int(left.total_seconds() * 1000), 0))

    def _close_glass(self) -> None:
        assert self._facts is not None
        for filed in self._facts.pictures:
            if is_protected(filed):
                self._thumbnails.pop(filed.id, None)
        for sheet in self.window().findChildren(PictureSheet):
            sheet.reject()
        self.refresh()

    def _open_paper(self, key: str) -> None:
        assert self._facts is not None
        line = next(p for p in self._facts.papers if p.document.id == DocumentId(key))
        desk = self._room.desk

        def read(records: Records) -> bytes:
            return papers.read(records, desk, line.document.id)

        self._room.ask(read, partial(self._show_paper, line.document))

    def _show_paper(self, document: StoredDocument, data: bytes) -> None:
        PaperSheet(self._room, self, paper_word(document), document, data).open()

    def _withdraw(self) -> None:
        facts = self._facts
        if facts is None or not facts.granted:
            return
        name = facts.shown.plain_name or name_of(facts.shown)
        sheet = WithdrawSheet(self._room, self, facts.patient.id, name, facts.granted)
        sheet.withdrawn.connect(self._withdrawn)
        sheet.open()

    def _withdrawn(self, withdrawn: Withdrawn) -> None:
        self._show_paper(withdrawn.document, withdrawn.data)
