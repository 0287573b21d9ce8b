"""Closing a session before its end: what becomes of today's photographs."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLayout, QLineEdit, QWidget

from app.ui.session.closing_facts import ClosingFacts
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.choices import Choice, ChoiceGroup
from app.ui.widgets.fields import Field
from app.ui.widgets.sheet import Sheet


class Closing(StrEnum):
    """Ways to close a session."""

    COMPLETE = "complete"
    ERASE = "erase"
    KEEP = "keep"


class CloseSessionSheet(Sheet):
    """Asks what becomes of today's photographs; erasing them is what it proposes.

    Attributes:
        choices: The ways that are open.
        reason: Why the photographs are kept.
    """

    def __init__(self, facts: ClosingFacts, host: QWidget) -> None:
        super().__init__(
            QCoreApplication.translate("CloseSessionSheet", "Close this session?"),
            "",
            host,
            danger=True,
        )
        self.setObjectName("close-session-sheet")
        self._facts = facts
        self._erase = self.primary
        self._calm = PrimaryButton("")
        self._calm.setObjectName("sheet-primary-calm")
        self._calm.clicked.connect(self.accept)
        self.choices = ChoiceGroup(self.tr("What becomes of the photographs"), self._offers())
        self.reason = QLineEdit()
        self.reason.setObjectName("keep-reason")
        self._why = Field(self.tr("Why they are kept"), self.reason)
        self._why.set_hint(self.tr("For example: the patient had to leave; care needs them."))
        self._foot().addWidget(self._calm)
        self.body.addWidget(self.choices)
        self.body.addWidget(self._why)
        self.choices.chosen.connect(self._fit)
        self.reason.textChanged.connect(self._fit)
        self.choices.set_value(Closing.COMPLETE if facts.can_complete else Closing.ERASE)
        self._fit()

    def closing(self) -> Closing:
        """The way that is chosen."""
        return Closing(self.choices.value() or Closing.ERASE)

    def accept(self) -> None:
        """Close, unless a reason is missing."""
        if self._ready():
            super().accept()

    def _offers(self) -> list[Choice]:
        tr, count = self.tr, self._facts.pictures
        offers = []
        if self._facts.can_complete:
            offers.append(
                Choice(
                    Closing.COMPLETE,
                    tr("Finish the session"),
                    tr("Everything is recorded; the photographs and the answers stay."),
                    "check",
                )
            )
        offers.append(
            Choice(
                Closing.ERASE,
                tr("Erase today's photographs"),
                tr("1 photograph is erased. This cannot be undone.")
                if count == 1
                else tr("{n} photographs are erased. This cannot be undone.").format(n=count),
                "trash-2",
            )
        )
        if self._facts.can_keep:
            offers.append(
                Choice(
                    Closing.KEEP,
                    tr("Keep them for care"),
                    tr("They stay in the care record and may be used for nothing else."),
                    "shield-check",
                )
            )
        return offers

    def _ready(self) -> bool:
        return self.closing() is not Closing.KEEP or bool(self.reason.text().strip())

    def _fit(self) -> None:
        closing = self.closing()
        self._why.setVisible(closing is Closing.KEEP)
        verbs = {
            Closing.COMPLETE: self.tr("Finish session"),
            Closing.ERASE: self.tr("Erase 1 photograph")
            if self._facts.pictures == 1
            else self.tr("Erase {n} photographs").format(n=self._facts.pictures),
            Closing.KEEP: self.tr("Keep and close"),
        }
        self.primary = self._erase if closing is Closing.ERASE else self._calm
        for button in (self._erase, self._calm):
            button.setText(verbs[closing])
            button.setVisible(button is self.primary)
        self.primary.setEnabled(self._ready())
        self._place()

    def _foot(self) -> QLayout:
        """The line of buttons of every sheet."""
        inner = self.body.parent()
        assert isinstance(inner, QLayout)
        last = inner.itemAt(inner.count() - 1)
        assert last is not None
        foot = last.layout()
        assert foot is not None
        return foot
