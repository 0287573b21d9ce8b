"""Two records of one person become one, and part again when that was a mistake."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.ids import PatientId
from app.domain.patient import Patient
from app.services import patients
from app.services.ports import Desk, UnitOfWork
from app.ui.design.theme import theme
from app.ui.design.tokens import Space
from app.ui.patients.comparison import Comparison, RecordInBrief
from app.ui.patients.other_patient_sheet import OtherPatientSheet
from app.ui.patients.patient_facts import PatientFacts
from app.ui.patients.reason_sheet import ReasonSheet
from app.ui.people.person_words import name_of
from app.ui.room import Room
from app.ui.session.folding import ScrollColumn

AROUND, LEAST = 390, 120  # px at 100 %: everything around the comparison; its least height
ROOMY = 640  # px at 100 %: from this height on there is room for the explanation as well


class MergeSheet(OtherPatientSheet):
    """The record that is open stays; the one that is chosen becomes part of it."""

    def __init__(self, room: Room, host: QWidget, facts: PatientFacts) -> None:
        self._into = facts.patient.id
        self._this = RecordInBrief(facts.shown, len(facts.visits), len(facts.pictures))
        text = QCoreApplication.translate(
            "MergeSheet",
            "Choose the other record of {name}. Its sessions, pictures and consents are shown on "
            "this page from then on. Name and date of birth of this record hold. Nothing is "
            "removed, and the two can part again.",
        )
        super().__init__(
            room,
            host,
            QCoreApplication.translate("MergeSheet", "Merge two records of one person"),
            QCoreApplication.translate("MergeSheet", "Merge"),
            self._merge,
            text=text.format(name=name_of(facts.shown)),
            but=frozenset({facts.patient.id, *(each.id for each in facts.absorbed)}),
        )

    def shown(self, other: RecordInBrief) -> tuple[QWidget, ...]:
        """Both records side by side."""
        comparison = Comparison(self._this, other)
        area = ScrollColumn()
        area.body.addWidget(comparison)
        room = max(self._room_height() - theme().px(AROUND), theme().px(LEAST))
        area.setMinimumHeight(min(comparison.sizeHint().height() + Space.S, room))
        self.text.setVisible(self._room_height() > theme().px(ROOMY))
        return (area,)

    def _room_height(self) -> int:
        return self.window().height()

    def _merge(self, uow: UnitOfWork, desk: Desk, other: PatientId, reason: str) -> Patient:
        return patients.merge(uow, desk, other, into=self._into, reason=reason)


class PartSheet(ReasonSheet):
    """The merge was wrong: each record has again what was recorded under it."""

    def __init__(self, room: Room, host: QWidget, absorbed: PatientId) -> None:
        self._absorbed = absorbed
        super().__init__(
            room,
            host,
            QCoreApplication.translate("PartSheet", "Part these records again?"),
            QCoreApplication.translate("PartSheet", "Part again"),
            self._part,
            text=QCoreApplication.translate(
                "PartSheet",
                "Each has again the sessions, pictures and consents that were recorded under it.",
            ),
        )

    def _part(self, uow: UnitOfWork, desk: Desk, reason: str) -> Patient:
        return patients.unmerge(uow, desk, self._absorbed, reason=reason)
