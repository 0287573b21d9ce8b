"""In which language the patient is asked, who interprets, and who is there as chaperone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.encounter import BeforeCamera
from app.ui.patient_side.header import native_name
from app.ui.widgets.cards import Card, Facts, Rule
from app.ui.widgets.choices import Choice, Segmented
from app.ui.widgets.fields import Field
from app.ui.widgets.selects import Select
from app.ui.widgets.toggles import ToggleRow


class Chaperone(StrEnum):
    """What became of the offer (R28)."""

    PRESENT = "present"
    DECLINED = "declined"
    NOT_OFFERED = "not-offered"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What was entered; the names are empty where nobody is needed."""

    language: str
    interpreter: str = ""
    chaperone: str = ""
    chaperone_offered: bool | None = None


class CircumstancesCard(Card):
    """Language, interpreter and chaperone.

    Signals:
        changed: Something was chosen or typed.
        language_chosen: Another language. Argument: its tag.
    """

    changed = Signal()
    language_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("circumstances-card")
        self.language = Select()
        self.language.setObjectName("language")
        self._language = Field(self.tr("The patient is asked in"), self.language)
        self._only = Facts()
        self.interprets = ToggleRow(self.tr("An interpreter helps"))
        self.interprets.setObjectName("interprets")
        self._interpreter = Field(self.tr("Name of the interpreter"), _line("interpreter-name"))
        self.intimate = ToggleRow(
            self.tr("An intimate place is photographed"), self.tr("A chaperone is offered then.")
        )
        self.intimate.setObjectName("intimate")
        self.offer = Segmented(self.tr("Chaperone"), self._offers())
        self.offer.setObjectName("chaperone-offer")
        self._chaperone = Field(self.tr("Name of the chaperone"), _line("chaperone-name"))
        self._build()
        self._connect()
        self._fit()

    def set_languages(self, tags: Sequence[str], tag: str) -> None:
        """Offer these languages, one of them chosen."""
        self.language.set_items([(each, native_name(each)) for each in tags], tag)
        self._language.setVisible(len(tags) > 1)
        self._only.setVisible(len(tags) == 1)
        self._only.set_facts([(self.tr("The patient is asked in"), native_name(tag))])

    def clear(self) -> None:
        """Begin anew for a patient."""
        self.interprets.setChecked(False)
        self.intimate.setChecked(False)
        self.offer.set_value(None)
        for field in (self._interpreter, self._chaperone):
            _input(field).clear()
            field.set_error("")
        self._fit()

    def set_before(self, before: BeforeCamera) -> None:
        """Show what was settled."""
        self.language.set_value(before.language)
        self.interprets.setChecked(bool(before.interpreter))
        _input(self._interpreter).setText(before.interpreter)
        self.intimate.setChecked(before.chaperone_offered is not None)
        if before.chaperone_offered is not None:
            declined = Chaperone.DECLINED if before.chaperone_offered else Chaperone.NOT_OFFERED
            self.offer.set_value(Chaperone.PRESENT if before.chaperone else declined)
        _input(self._chaperone).setText(before.chaperone)
        self._fit()

    def circumstances(self) -> Circumstances | None:
        """What was entered; None while something is missing."""
        language = self.language.value()
        if language is None or not self._complete():
            return None
        interpreter = _text(self._interpreter) if self.interprets.isChecked() else ""
        if not self.intimate.isChecked():
            return Circumstances(language, interpreter)
        offer = Chaperone(str(self.offer.value()))
        chaperone = _text(self._chaperone) if offer is Chaperone.PRESENT else ""
        return Circumstances(language, interpreter, chaperone, offer is not Chaperone.NOT_OFFERED)

    def complain(self) -> None:
        """Say beside each field what is missing."""
        for field in (self._interpreter, self._chaperone):
            missing = not field.isHidden() and not _text(field)
            field.set_error(self.tr("The name is kept with the session.") if missing else "")

    def _complete(self) -> bool:
        fields = (self._interpreter, self._chaperone)
        named = all(field.isHidden() or _text(field) for field in fields)
        return named and (not self.intimate.isChecked() or self.offer.value() is not None)

    def _fit(self) -> None:
        intimate = self.intimate.isChecked()
        self._interpreter.setVisible(self.interprets.isChecked())
        self.offer.setVisible(intimate)
        self._chaperone.setVisible(intimate and self.offer.value() == Chaperone.PRESENT)

    def _refit(self) -> None:
        self._fit()
        self.changed.emit()

    def _build(self) -> None:
        self.body.addWidget(self._language)
        self.body.addWidget(self._only)
        self.body.addWidget(Rule())
        self.body.addWidget(self.interprets)
        self.body.addWidget(self._interpreter)
        self.body.addWidget(Rule())
        self.body.addWidget(self.intimate)
        self.body.addWidget(self.offer)
        self.body.addWidget(self._chaperone)

    def _connect(self) -> None:
        self.language.chosen.connect(self.language_chosen)
        self.interprets.toggled.connect(self._refit)
        self.intimate.toggled.connect(self._refit)
        self.offer.chosen.connect(self._refit)
        for field in (self._interpreter, self._chaperone):
            _input(field).textChanged.connect(self.changed)

    def _offers(self) -> list[Choice]:
        return [
            Choice(Chaperone.PRESENT, self.tr("Is present")),
            Choice(Chaperone.DECLINED, self.tr("Declined by the patient")),
            Choice(Chaperone.NOT_OFFERED, self.tr("Nobody was free")),
        ]


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    return line


def _input(field: Field) -> QLineEdit:
    assert isinstance(field.input, QLineEdit)
    return field.input


def _text(field: Field) -> str:
    return " ".join(_input(field).text().split())
