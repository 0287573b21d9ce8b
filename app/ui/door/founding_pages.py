"""The pages of the first start; each shows inputs and says whether they will do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.services.ports import Pictures
from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.door.clinic_form import ClinicForm
from app.ui.door.new_passphrase import NewPassphrase
from app.ui.door.new_pin import NewPin
from app.ui.door.vault_place import VaultPlace
from app.ui.tasks import TaskRunner
from app.ui.widgets.cards import Card
from app.ui.widgets.fields import Field
from app.ui.widgets.signs import Busy
from app.ui.widgets.text import Label, Look, Paragraph

_WIDTH = 680


class FoundingPage(QWidget):
    """A title, a text, and a column of cards that scrolls.

    Attributes:
        body: The layout for the content.

    Signals:
        changed: Something was typed.
    """

    changed = Signal()

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self._column = QWidget()
        self.body = QVBoxLayout(self._column)
        self.body.setContentsMargins(Space.XXL, Space.XXL, Space.XXL, Space.XL)
        self.body.setSpacing(Space.L)
        words = QVBoxLayout()
        words.setSpacing(Space.S)
        words.addWidget(Label(title, Look.DISPLAY, wrap=True))
        words.addWidget(Paragraph(text, Look.BODY, Role.INK_2))
        self.body.addLayout(words)
        self._build_frame()
        self._fit()

    def is_good(self) -> bool:
        """Whether what was typed will do; says beside each input what is missing."""
        return True

    def changeEvent(self, event: QEvent) -> None:
        """Follow style and font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self._column.setMaximumWidth(theme().px(_WIDTH) + 2 * Space.XXL)

    def _build_frame(self) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self._column, 1000)
        row.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)


class ClinicPage(FoundingPage):
    """Who holds the vault."""

    def __init__(self, pictures: Pictures, runner: TaskRunner) -> None:
        super().__init__(
            self.tr("Your clinic"),
            self.tr("This stands on every paper that a patient takes home."),
        )
        self.form = ClinicForm(pictures, runner)
        card = Card(padding=Space.XL)
        card.body.addWidget(self.form)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.form.changed.connect(self.changed)

    def is_good(self) -> bool:
        """Whether what was typed will do; says beside each input what is missing."""
        return self.form.clinic() is not None


class YouPage(FoundingPage):
    """Who uses it first."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("You"),
            self.tr(
                "You are the vault's first user and its administrator. Nobody can look the"
                " passphrase up for you: choose one that you will remember."
            ),
        )
        self.name = QLineEdit()
        self.name.setObjectName("your-name")
        self._name = Field(
            self.tr("Your name"), self.name, self.tr("As it is printed under your signature")
        )
        self.passphrase = NewPassphrase()
        self.pin = NewPin()
        card = Card(padding=Space.XL)
        card.body.setSpacing(Space.L)
        card.body.addWidget(self._name)
        card.body.addWidget(self.passphrase)
        self.body.addWidget(card)
        card = Card(self.tr("Staff PIN"), padding=Space.XL)
        card.body.addWidget(
            Paragraph(
                self.tr(
                    "When the patient has the screen, only this PIN gives it back to you. It does"
                    " not open the vault. You may leave it empty and set it later in Settings;"
                    " until then the screen cannot be handed over."
                ),
                Look.BODY,
                Role.INK_2,
            )
        )
        card.body.addWidget(self.pin)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.name.textEdited.connect(self._forgive)
        self.passphrase.changed.connect(self.changed)
        self.pin.changed.connect(self.changed)

    def is_good(self) -> bool:
        """Whether what was typed will do; says beside each input what is missing."""
        named = bool(self.name.text().strip())
        self._name.set_error("" if named else self.tr("Your name stands under what you sign."))
        pin, passphrase = self.pin.is_good(), self.passphrase.is_good()
        if not named:
            self.name.setFocus()
        return named and passphrase and pin

    def _forgive(self) -> None:
        self._name.set_error("")
        self.changed.emit()


class PlacePage(FoundingPage):
    """Where the vault lies."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Where the vault lies"),
            self.tr(
                "On a disk of this computer, in a folder that is backed up. The two files belong"
                " together; without both, nothing can be opened."
            ),
        )
        self.place = VaultPlace()
        card = Card(padding=Space.XL)
        card.body.addWidget(self.place)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.place.changed.connect(self._tell)

    def is_good(self) -> bool:
        """Whether what was typed will do; says beside each input what is missing."""
        return self.place.is_good()

    def _tell(self) -> None:
        self.changed.emit()


class MakingPage(QWidget):
    """While the vault is made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = self.tr("Making the vault…")
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setSpacing(Space.M)
        column.addStretch(2)
        column.addWidget(Busy(words, 40), 0, middle)
        column.addWidget(Label(words, Look.TITLE), 0, middle)
        note = self.tr("A slow lock is a good lock: this takes a moment on purpose.")
        column.addWidget(Label(note, Look.BODY, Role.INK_2), 0, middle)
        column.addStretch(3)
