"""What is set for this workstation; each change holds at once."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.settings import Settings
from app.ui.design.tokens import Role, Space
from app.ui.preferences import Preferences
from app.ui.widgets.cards import Card, Rule
from app.ui.widgets.choices import Choice, Segmented
from app.ui.widgets.numbers import NumberField
from app.ui.widgets.text import Label, Look
from app.ui.widgets.toggles import ToggleRow

SIZES = (100, 125, 150, 175, 200)


class WorkstationCard(Card):
    """Appearance, size of text, lock, paper, and the patient's side."""

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("This workstation"))
        self._preferences = preferences
        self.appearance = self._segmented(
            "theme",
            self.tr("Appearance"),
            (
                ("system", self.tr("System")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
                ("contrast", self.tr("Contrast")),
            ),
        )
        sizes = tuple((str(size), f"{size} %") for size in SIZES)
        self.text_size = self._segmented("text-size", self.tr("Size of text"), sizes)
        self.paper = self._segmented(
            "paper",
            self.tr("Paper"),
            (("", self.tr("As the region")), ("a4", "A4"), ("letter", "Letter")),
        )
        self.minutes = NumberField(1, 120)
        self.minutes.setObjectName("idle-minutes")
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setKeyboardTracking(False)
        self.minutes.setAccessibleName(self.tr("Lock after"))
        self.pin_hours = NumberField(0, 12)
        self.pin_hours.setObjectName("pin-hours")
        self.pin_hours.setSuffix(self.tr(" h"))
        self.pin_hours.setSpecialValueText(self.tr("Never"))
        self.pin_hours.setKeyboardTracking(False)
        self.pin_hours.setAccessibleName(self.tr("Back with the PIN"))
        self.left_handed = ToggleRow(
            self.tr("Patient's side for the left hand"),
            self.tr("The answers stand at the left, the picture at the right."),
        )
        self.left_handed.setObjectName("left-handed")
        self._build()
        self._follow(preferences.settings)
        self._connect()

    def _segmented(self, name: str, label: str, choices: tuple[tuple[str, str], ...]) -> Segmented:
        made = Segmented(label, [Choice(value, title) for value, title in choices])
        made.setObjectName(name)
        return made

    def _build(self) -> None:
        rows = (
            (self.tr("Appearance"), "", self.appearance),
            (self.tr("Size of text"), "", self.text_size),
            (
                self.tr("Lock after"),
                self.tr("Without input for so long, the vault is closed."),
                self.minutes,
            ),
            (
                self.tr("Back with the PIN"),
                self.tr("After such a lock, for so long after the passphrase was typed."),
                self.pin_hours,
            ),
            (
                self.tr("Paper"),
                self.tr("For the patient's copy and other papers."),
                self.paper,
            ),
        )
        for label, hint, control in rows:
            self.body.addLayout(_row(label, hint, control))
            self.body.addWidget(Rule())
        self.body.addWidget(self.left_handed)

    def _connect(self) -> None:
        self.appearance.chosen.connect(self._set_theme)
        self.text_size.chosen.connect(self._set_size)
        self.paper.chosen.connect(self._set_paper)
        self.minutes.valueChanged.connect(self._set_minutes)
        self.pin_hours.valueChanged.connect(self._set_pin_hours)
        self.left_handed.toggled.connect(self._set_left_handed)
        self._preferences.changed.connect(self._follow)

    def _follow(self, settings: Settings) -> None:
        self.appearance.set_value(settings.theme)
        self.text_size.set_value(str(settings.font_percent))
        self.paper.set_value(settings.paper)
        self.minutes.setValue(settings.idle_minutes)
        self.pin_hours.setValue(settings.pin_hours)
        self.left_handed.setChecked(settings.left_handed)

    def _set_theme(self, value: str) -> None:
        self._preferences.change(theme=value)

    def _set_size(self, value: str) -> None:
        self._preferences.change(font_percent=int(value))

    def _set_paper(self, value: str) -> None:
        self._preferences.change(paper=value)

    def _set_minutes(self, minutes: int) -> None:
        self._preferences.change(idle_minutes=minutes)

    def _set_pin_hours(self, hours: int) -> None:
        self._preferences.change(pin_hours=hours)

    def _set_left_handed(self, on: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._preferences.change(left_handed=on)


def _row(label: str, hint: str, control: QWidget) -> QHBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addStretch(1)
    words.addWidget(Label(label, Look.BODY))
    if hint:
        words.addWidget(Label(hint, Look.SMALL, Role.INK_3, wrap=True))
    words.addStretch(1)
    row = QHBoxLayout()
    row.setSpacing(Space.L)
    row.addLayout(words, 1)
    row.addWidget(control)
    return row
