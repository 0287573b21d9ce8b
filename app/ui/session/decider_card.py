"""Who decides about the photographs, and whether the person photographed can."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.domain.encounter import BeforeCamera, Capacity, Consenter, ConsenterKind
from app.domain.patient import Demographics
from app.ui.design.tokens import Role, Space
from app.ui.session.deciding import (
    DECIDERS,
    capacities,
    is_adult,
    states_authority,
    usual_capacity,
    usual_decider,
)
from app.ui.widgets.cards import Card
from app.ui.widgets.choices import Choice, ChoiceGroup
from app.ui.widgets.fields import Field
from app.ui.widgets.text import Label, Look


class DeciderCard(Card):
    """Two questions, and the fields that their answers call for.

    Signals:
        changed: Something was chosen or typed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("decider-card")
        self._person = Demographics()
        self._age: int | None = None
        self.decider = ChoiceGroup(self.tr("Who decides?"), self._deciders(), columns=4)
        self.decider.setObjectName("decider")
        self.capacity = ChoiceGroup(self.tr("Can the patient decide?"), columns=3)
        self.capacity.setObjectName("capacity")
        self._name = Field(self.tr("Name of the person who decides"), _line("decider-name"))
        self._relationship = Field(
            self.tr("Relationship to the patient"), _line("decider-relationship")
        )
        self._authority = Field(
            self.tr("What the right to decide rests on"),
            _line("decider-authority"),
            self.tr("The paper that was seen, for example the court's order."),
        )
        self._child_note = Label("", Look.SMALL, Role.INK_2, wrap=True)
        self._fields = QGridLayout()
        self._build()
        self.fold(folded=False)
        self._connect()
        self._fit()

    def set_person(self, person: Demographics, age: int | None) -> None:
        """Begin anew for a patient."""
        self._person, self._age = person, age
        for field in (self._name, self._relationship, self._authority):
            _input(field).clear()
            field.set_error("")
        self.decider.set_value(usual_decider(age))
        self._offer_capacities()

    def fold(self, *, folded: bool) -> None:
        """Two choices in a row instead of four where there is no room."""
        self.decider.set_columns(2 if folded else 4)
        self.capacity.set_columns(1 if folded else 3)
        self._fields.addWidget(self._relationship, *((1, 0) if folded else (0, 1)))
        self._fields.addWidget(self._authority, 2, 0, 1, 1 if folded else 2)

    def set_before(self, before: BeforeCamera) -> None:
        """Show what was settled."""
        consenter = before.consenter
        self.decider.set_value(consenter.kind)
        self._offer_capacities()
        self.capacity.set_value(before.capacity)
        _input(self._name).setText(consenter.name)
        _input(self._relationship).setText(consenter.relationship)
        _input(self._authority).setText(consenter.authority)
        self._fit()

    def consenter(self) -> Consenter | None:
        """Who decides; None while something is missing."""
        kind = self._kind()
        if kind is None or not self._complete():
            return None
        if kind is ConsenterKind.PATIENT:
            return Consenter(kind, self._person.plain_name or _text(self._name))
        authority = _text(self._authority) if states_authority(kind) else ""
        return Consenter(kind, _text(self._name), _text(self._relationship), authority)

    def chosen_capacity(self) -> Capacity | None:
        """Whether the person can decide; None while nobody said."""
        value = self.capacity.value()
        return Capacity(value) if value else None

    def complain(self) -> None:
        """Say beside each field what is missing."""
        wanted = {
            self._name: self.tr("Whoever decides has a name."),
            self._relationship: self.tr("For example: mother, brother."),
            self._authority: self.tr("Say which paper was seen."),
        }
        for field, text in wanted.items():
            missing = not field.isHidden() and not _text(field)
            field.set_error(text if missing else "")

    def _kind(self) -> ConsenterKind | None:
        value = self.decider.value()
        return ConsenterKind(value) if value else None

    def _complete(self) -> bool:
        fields = (self._name, self._relationship, self._authority)
        return all(field.isHidden() or _text(field) for field in fields)

    def _offer_capacities(self) -> None:
        kind = self._kind()
        if kind is None:
            self.capacity.set_choices(())
        else:
            words = self._capacity_words()
            self.capacity.set_choices([words[c] for c in capacities(kind, self._age)])
            self.capacity.set_value(usual_capacity(kind, self._age))
        self._fit()

    def _choose_decider(self, _value: str) -> None:
        self._offer_capacities()
        self.changed.emit()

    def _choose_capacity(self, _value: str) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """Only the fields that are needed."""
        kind = self._kind()
        other = kind is not None and kind is not ConsenterKind.PATIENT
        nameless = kind is ConsenterKind.PATIENT and not self._person.plain_name
        self._name.setVisible(other or nameless)
        self._relationship.setVisible(other)
        self._authority.setVisible(other and kind is not None and states_authority(kind))
        self._capacity_label.setVisible(kind is not None)
        self.capacity.setVisible(kind is not None)
        child = self.chosen_capacity() is Capacity.CHILD and not is_adult(self._age)
        waiting = self.chosen_capacity() is Capacity.TEMPORARILY_NOT_ABLE
        note = self.tr("Ask the child too: a child's no, or distress, stops the session.")
        care = self.tr("Only for the care record: about other uses ask after recovery.")
        self._child_note.setText(note if child else care if waiting else "")
        self._child_note.setVisible(child or waiting)

    def _build(self) -> None:
        self._capacity_label = Label(self.tr("Can the patient decide?"), Look.STRONG)
        self._fields.setHorizontalSpacing(Space.L)
        self._fields.setVerticalSpacing(Space.M)
        self._fields.addWidget(self._name, 0, 0)
        self.set_title(self.tr("Who decides?"))
        self.body.addWidget(self.decider)
        self.body.addLayout(self._fields)
        self.body.addSpacing(Space.XS)
        self.body.addWidget(self._capacity_label)
        self.body.addWidget(self.capacity)
        self.body.addWidget(self._child_note)

    def _connect(self) -> None:
        self.decider.chosen.connect(self._choose_decider)
        self.capacity.chosen.connect(self._choose_capacity)
        for field in (self._name, self._relationship, self._authority):
            _input(field).textChanged.connect(self.changed)

    def _deciders(self) -> list[Choice]:
        tr = self.tr
        words = {
            ConsenterKind.PATIENT: tr("The patient"),
            ConsenterKind.PARENT: tr("A parent"),
            ConsenterKind.GUARDIAN: tr("A guardian"),
            ConsenterKind.PROXY: tr("A proxy"),
        }
        return [Choice(kind, words[kind]) for kind in DECIDERS]

    def _capacity_words(self) -> dict[Capacity, Choice]:
        tr = self.tr
        words = {
            Capacity.ABLE: (tr("Yes"), tr("Understands, weighs and decides")),
            Capacity.COMPETENT_CHILD: (tr("Yes, as a child"), tr("Understands enough to decide")),
            Capacity.CHILD: (tr("No, as a child"), tr("A parent or guardian decides")),
            Capacity.NOT_ABLE: (tr("No"), tr("Somebody who may decides instead")),
            Capacity.TEMPORARILY_NOT_ABLE: (tr("Not for now"), tr("Ask again after recovery")),
        }
        return {key: Choice(key, *text) for key, text in words.items()}


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    return line


def _input(field: Field) -> QLineEdit:
    assert isinstance(field.input, QLineEdit)
    return field.input


def _text(field: Field) -> str:
    return " ".join(_input(field).text().split())
