"""The top line of the patient's side: Back, the heading, print size, language, reading aloud."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.form_wording import PatientTexts
from app.ui.design.icons import icon
from app.ui.design.tokens import Role, Space
from app.ui.patient_side.buttons import SideButton
from app.ui.patient_side.print_size import HIT
from app.ui.widgets.buttons import Kind
from app.ui.widgets.selects import Menu
from app.ui.widgets.text import Label, Look

BUTTON_PX = 15
LARGER = "Aa"  # a sign, the same in every language


class SideHeader(QWidget):
    """What stands above every page.

    Attributes:
        back: To the page before; hidden on the first.
        large: Larger print, on and off.
        language: Opens the list of languages; hidden when there is one.
        read_aloud: Reads the page aloud, or stops; hidden without a voice.
        staff: The way out, for whoever knows the staff PIN.

    Signals:
        language_chosen: Argument: BCP 47 tag.
    """

    language_chosen = Signal(str)

    def __init__(
        self, says: PatientTexts, languages: Sequence[str], language: str, *, large: bool
    ) -> None:
        super().__init__()
        self._says = says
        self.back = self._button(says.back, "back", "chevron-left")
        self.large = self._button(LARGER, "large-print", trailing="check" if large else "")
        self.large.setAccessibleName(self.tr("Larger print"))
        self.large.setCheckable(True)
        self.large.setChecked(large)
        native = native_name(language)
        self.language = self._button(native, "language", "languages", "chevron-down")
        self.language.setAccessibleName(f"{says.language}: {native}")
        self.read_aloud = self._button(says.read_aloud, "read-aloud", "volume-2")
        self.staff = self._button("", "staff", "lock-keyhole")
        self.staff.setAccessibleName(self.tr("Staff: take the screen back"))
        self._menu = self._languages(languages, language)
        self._build()
        self.language.setVisible(len(languages) > 1)
        self.language.clicked.connect(self._open_menu)

    def menu(self) -> Menu:
        """The list of languages."""
        return self._menu

    def set_reading(self, reading: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Show whether it is being read aloud."""
        self.read_aloud.set_words(self._says.stop_reading if reading else self._says.read_aloud)
        self.read_aloud.set_icon("volume-x" if reading else "volume-2")

    def _button(self, text: str, name: str, sign: str = "", trailing: str = "") -> SideButton:
        kind = Kind.QUIET if name == "back" else Kind.SECONDARY
        padding = 4 if name == "back" else 0  # so that its sign stands in line with the page
        button = SideButton(
            text, kind, size_px=BUTTON_PX, padding_px=padding, icon=sign, trailing=trailing
        )
        button.setObjectName(name)
        return button

    def _build(self) -> None:
        heading = Label(self._says.heading, Look.PATIENT_HEADING, Role.INK_2)
        heading.setObjectName("heading")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(self.back)
        row.addWidget(heading)
        row.addStretch(1)
        for button in (self.large, self.language, self.read_aloud, self.staff):
            row.addWidget(button)
        self.setFixedHeight(HIT)

    def _languages(self, languages: Sequence[str], chosen: str) -> Menu:
        menu = Menu(self)
        for language in languages:
            action = QAction(native_name(language), menu)
            action.setData(language)
            if language == chosen:
                action.setIcon(icon("check", Role.ACCENT))
            menu.addAction(action)
        menu.triggered.connect(self._choose)
        return menu

    def _open_menu(self) -> None:
        below = QPoint(0, self.language.height() + Space.XS)
        self._menu.popup(self.language.mapToGlobal(below))

    def _choose(self, action: QAction) -> None:
        self.language_chosen.emit(action.data())


def native_name(language: str) -> str:
    """How speakers of a language call it: "English", "Français"; the tag where nobody knows."""
    locale = QLocale(language)
    if locale.language() == QLocale.Language.English:
        return "English"  # Qt says "American English" of plain "en"
    name = locale.nativeLanguageName()
    return name[:1].upper() + name[1:] if name else language
