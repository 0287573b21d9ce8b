"""One patient: what stands, sessions, pictures, papers, and taking a yes back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.body_site import site_caption
from app.domain.clinical_image import ImageState
from app.domain.disclosure import HandOver
from app.domain.document import DocumentKind, StoredDocument
from app.domain.encounter import Encounter, Ending
from app.domain.ids import DocumentId, EncounterId, PatientId
from app.domain.patient import Patient
from app.services import encounters, papers, patients
from app.services.ports import Records
from app.ui.capture.strip_items import view_name
from app.ui.design.tokens import Space
from app.ui.frame.page import Page
from app.ui.paper_view.paper_sheet import PaperSheet
from app.ui.patients.merge_sheet import MergeSheet, PartSheet
from app.ui.patients.patient_editor import PatientEditor
from app.ui.patients.patient_facts import (
    PaperLine,
    PatientFacts,
    PictureLine,
    VisitLine,
    patient_facts,
)
from app.ui.patients.picture_sheet import PictureSheet
from app.ui.patients.standing_words import use_row
from app.ui.patients.withdraw_sheet import Withdrawn, WithdrawSheet
from app.ui.people.person_words import DOT, clock_word, day_word, name_of, person_line
from app.ui.room import Room
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.cards import Card
from app.ui.widgets.chips import Chip, ChipState, ChipText
from app.ui.widgets.notices import EmptyState
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList


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
        self.edit = SecondaryButton(self.tr("Correct"), icon="pencil")
        self.merge = SecondaryButton(self.tr("Merge…"), icon="merge")
        self.withdraw = SecondaryButton(self.tr("Withdraw"), icon="undo-2", compact=True)
        self.alert = Chip("", ChipState.EXPIRING, "triangle-alert")
        self.uses = RowList(self.tr("What stands now"))
        self.visits = RowList(self.tr("Sessions"))
        self.pictures = RowList(self.tr("Pictures"))
        self.papers = RowList(self.tr("Papers"))
        self.merged = RowList(self.tr("Merged records"))
        self.merged_card = _card(self.tr("Merged into this record"), self.merged)
        self.never_asked = EmptyState(
            "signature",
            self.tr("Nothing was asked yet"),
            self.tr("Uses and answers stand here after the first session."),
        )
        self._build()
        self._connect()

    def show_patient(self, patient: PatientId) -> None:
        """Show a patient; that the page was opened is in the audit trail."""
        self._patient, self._facts = patient, None
        self.set_title("", "")
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

    def _changed(self) -> None:
        if self.isVisible() and self._facts is not None:
            self.refresh()

    def _build(self) -> None:
        lists = {
            "patient-uses": self.uses,
            "patient-visits": self.visits,
            "patient-pictures": self.pictures,
            "patient-papers": self.papers,
            "patient-merged": self.merged,
        }
        for name, rows in lists.items():
            rows.setObjectName(name)
            rows.setProperty("bare", "true")
        self.edit.setObjectName("patient-edit")
        self.merge.setObjectName("patient-merge")
        self.withdraw.setObjectName("patient-withdraw")
        self.heading.addWidget(self.alert)
        self.heading.addWidget(self.merge)
        self.heading.addWidget(self.edit)
        uses = Card(self.tr("What stands now"), self.withdraw, flush=True)
        uses.body.addWidget(self.uses, 1)
        uses.body.addWidget(self.never_asked, 1)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(Space.M)
        left.addWidget(uses, 3)
        left.addWidget(_card(self.tr("Sessions"), self.visits), 2)
        left.addWidget(self.merged_card, 1)
        self.merged_card.hide()
        right.addWidget(_card(self.tr("Pictures"), self.pictures), 3)
        right.addWidget(_card(self.tr("Papers"), self.papers), 2)
        columns = QHBoxLayout()
        columns.setSpacing(Space.L)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        self.content.addLayout(columns, 1)
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
        self._room.changed.connect(self._changed)

    # what is shown

    def _show(self, facts: PatientFacts) -> None:
        self._facts = facts
        today = self._room.desk.today()
        self.set_title(name_of(facts.shown), person_line(facts.shown, today))
        self.alert.setVisible(bool(facts.shown.alert))
        self.alert.show_chip(ChipText(facts.shown.alert, ChipState.EXPIRING, "triangle-alert"))
        self.uses.rows.set_rows([use_row(line, self._room.desk.zone) for line in facts.uses])
        self.visits.rows.set_rows([self._visit_row(line) for line in facts.visits])
        self.pictures.rows.set_rows([self._picture_row(p) for p in reversed(facts.pictures)])
        self.papers.rows.set_rows([self._paper_row(line) for line in facts.papers])
        self.merged.rows.set_rows([self._merged_row(each) for each in facts.absorbed])
        self.merged_card.setVisible(bool(facts.absorbed))
        self.uses.setVisible(bool(facts.uses))
        self.never_asked.setVisible(not facts.uses)
        self.withdraw.setEnabled(bool(facts.granted))

    def _day(self, visit: Encounter) -> str:
        at = visit.opened.at.astimezone(self._room.desk.zone)
        return DOT.join((day_word(at.date()), clock_word(at, self._room.desk)))

    def _visit_row(self, line: VisitLine) -> Row:
        visit = line.visit
        chip, action = self._ending(line)
        return Row(visit.id, self._day(visit), visit.ending_reason, chips=(chip,), action=action)

    def _ending(self, line: VisitLine) -> tuple[ChipText, str]:
        ending = line.visit.ending
        if ending is None:
            return ChipText(self.tr("Open"), ChipState.ACCENT), self.tr("Continue")
        if line.put_off and ending is Ending.COMPLETED:
            return ChipText(self.tr("Ask later"), ChipState.EXPIRING), self.tr("Ask now")
        words = {
            Ending.COMPLETED: ChipText(self.tr("Completed"), ChipState.GRANTED),
            Ending.DECLINED: ChipText(self.tr("Declined"), ChipState.REFUSED),
            Ending.ABANDONED: ChipText(self.tr("Stopped"), ChipState.REFUSED),
        }
        return words[ending], ""

    def _picture_row(self, line: PictureLine) -> Row:
        filed = line.filed
        shown = QPixmap()
        if line.thumbnail:
            shown.loadFromData(line.thumbnail)
        received = filed.image.received.at.astimezone(self._room.desk.zone).date()
        title = site_caption(filed.body_site, filed.laterality) or self.tr("Place not said")
        view = view_name(filed.view)
        chips = {
            ImageState.DISCARDED: (ChipText(self.tr("Discarded"), ChipState.REFUSED),),
            ImageState.SUPERSEDED: (ChipText(self.tr("Retaken"), ChipState.NEUTRAL),),
            ImageState.KEPT: (
                (ChipText(self.tr("Waiting"), ChipState.EXPIRING, "inbox"),)
                if filed.in_quarantine
                else ()
            ),
        }
        words = DOT.join(part for part in (view, day_word(received)) if part)
        return Row(filed.id, title, words, picture=shown, chips=chips[filed.state])

    def _paper_row(self, line: PaperLine) -> Row:
        made = line.document.stamp.at.astimezone(self._room.desk.zone)
        words = {
            HandOver.PRINTED: self.tr("Printed"),
            HandOver.SAVED: self.tr("Saved"),
            HandOver.DECLINED: self.tr("Not wanted"),
        }
        given = tuple(dict.fromkeys(words[each.way] for each in line.given))
        chips = tuple(ChipText(word, ChipState.NEUTRAL, "") for word in given)
        when = DOT.join((day_word(made.date()), clock_word(made, self._room.desk)))
        return Row(
            line.document.id, self._paper_word(line.document), when, icon="file-text", chips=chips
        )

    def _paper_word(self, document: StoredDocument) -> str:
        return {
            DocumentKind.CONSENT_COPY: self.tr("Consent copy"),
            DocumentKind.WITHDRAWAL_CONFIRMATION: self.tr("Confirmation of withdrawal"),
            DocumentKind.PAPER_ORIGINAL: self.tr("Paper original"),
        }[document.kind]

    def _merged_row(self, absorbed: Patient) -> Row:
        line = person_line(absorbed.now, self._room.desk.today())
        return Row(absorbed.id, name_of(absorbed.now), line, action=self.tr("Part again"))

    # what the user wants

    def _want_session(self) -> None:
        if self._patient is not None:
            self.session_wanted.emit(self._patient)

    def _edit(self) -> None:
        if self._facts is not None:
            PatientEditor(self._room, self, self._facts.patient).open()

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
        filed = next(p.filed for p in self._facts.pictures if p.filed.id == key)
        PictureSheet(self._room, self, filed).open()

    def _open_paper(self, key: str) -> None:
        assert self._facts is not None
        line = next(p for p in self._facts.papers if p.document.id == DocumentId(key))

        def read(records: Records) -> bytes:
            return papers.read(records, line.document.id)

        self._room.ask(read, partial(self._show_paper, line.document))

    def _show_paper(self, document: StoredDocument, data: bytes) -> None:
        PaperSheet(self._room, self, self._paper_word(document), document, data).open()

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


def _card(title: str, rows: RowList) -> Card:
    card = Card(title, flush=True)
    card.body.addWidget(rows, 1)
    return card
