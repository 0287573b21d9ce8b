"""The form for a person's name, date of birth, sex, numbers and alert."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QLocale, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.patient import Demographics, Sex
from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.people.birth_date import BirthDateError, DateFault, read_birth_date
from app.ui.people.identifier_rows import IdentifierRows
from app.ui.widgets.choices import Choice, Segmented
from app.ui.widgets.fields import Field
from app.ui.widgets.text import Label, Look

LEAST_TWO_COLUMNS = 560  # px at 100 %


def month_comes_first() -> bool:
    """Whether the window's language writes 3/12 for the 12th of March."""
    return QLocale().dateFormat(QLocale.FormatType.ShortFormat).upper().startswith("M")


class DemographicsForm(QWidget):
    """What is known of a person; says beside the field what is wrong.

    Signals:
        changed: Something was typed or chosen.
    """

    changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("demographics-form")
        self._today = today
        self._family = Field(self.tr("Family name"), _line("family"))
        self._given = Field(self.tr("Given names"), _line("given"))
        self._birth = Field(self.tr("Date of birth"), _line("birth-date"), self._example())
        self._sex = Segmented(self.tr("Sex"), self._sexes())
        self._sex.setObjectName("sex")
        self._numbers = IdentifierRows()
        self._alert = Field(
            self.tr("Alert"),
            _line("alert"),
            self.tr("One short line for the banner, such as an allergy to adhesive tape."),
        )
        self._sex_field = QWidget()
        self._grid = QGridLayout(self)
        self._narrow: bool | None = None
        self.setFocusProxy(self._family.input)
        self._build()
        self._connect()

    def demographics(self) -> Demographics | None:
        """What was entered; None while something is wrong, which is then said beside it."""
        birth, right = self._birth_date()
        identifiers = self._numbers.identifiers()
        named = bool(self._text(self._family) or self._text(self._given))
        missing = not named and not identifiers
        self._family.set_error(self.tr("A name or a number is needed.") if missing else "")
        if not right or identifiers is None or missing:
            return None
        return Demographics(
            family=self._text(self._family),
            given=self._text(self._given),
            birth_date=birth,
            sex=Sex(self._sex.value() or Sex.UNKNOWN),
            identifiers=identifiers,
            alert=self._text(self._alert),
        )

    def entered(self) -> Demographics:
        """What was entered so far, for finding duplicates; says nothing about what is wrong."""
        try:
            birth = read_birth_date(
                self._text(self._birth), today=self._today(), month_first=month_comes_first()
            )
        except BirthDateError:
            birth = None
        identifiers = self._numbers.complete()
        return Demographics(
            family=self._text(self._family),
            given=self._text(self._given),
            birth_date=birth,
            identifiers=identifiers,
        )

    def set_demographics(self, person: Demographics) -> None:
        """Show these; what was wrong is forgotten."""
        self._line_of(self._family).setText(person.family)
        self._line_of(self._given).setText(person.given)
        born = person.birth_date
        self._line_of(self._birth).setText(born.isoformat() if born else "")
        self._sex.set_value(person.sex if person.sex is not Sex.UNKNOWN else None)
        self._numbers.set_identifiers(person.identifiers)
        self._line_of(self._alert).setText(person.alert)
        for field in (self._family, self._given, self._birth):
            field.set_error("")

    def _birth_date(self) -> tuple[date | None, bool]:
        try:
            found = read_birth_date(
                self._text(self._birth), today=self._today(), month_first=month_comes_first()
            )
        except BirthDateError as error:
            self._birth.set_error(self._fault(error.fault))
            return None, False
        self._birth.set_error("")
        return found, True

    def _fault(self, fault: DateFault) -> str:
        words = {
            DateFault.SHAPE: self.tr("This is no date. {example}").format(example=self._example()),
            DateFault.SHORT_YEAR: self.tr("Type the year with four digits."),
            DateFault.NO_SUCH_DAY: self.tr("There is no such day."),
            DateFault.FUTURE: self.tr("The date of birth lies in the future."),
        }
        return words[fault]

    def _example(self) -> str:
        if month_comes_first():
            return self.tr("Month, day, year: 03/12/1992. Or 1992-03-12.")
        return self.tr("Day, month, year: 12.03.1992 or 12/03/1992. Or 1992-03-12.")

    def _sexes(self) -> list[Choice]:
        tr = self.tr
        return [
            Choice(Sex.FEMALE, tr("Female")),
            Choice(Sex.MALE, tr("Male")),
            Choice(Sex.OTHER, tr("Other")),
            Choice(Sex.UNKNOWN, tr("Not known")),
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns, or one where there is no room."""
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < theme().px(LEAST_TWO_COLUMNS))

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return QSize(theme().px(280), super().minimumSizeHint().height())

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        places = {
            self._family: (0, 0),
            self._given: (1, 0) if narrow else (0, 1),
            self._birth: (2, 0) if narrow else (1, 0),
            self._sex_field: (3, 0) if narrow else (1, 1),
        }
        for part, place in places.items():
            self._grid.addWidget(part, *place)
        span = 1 if narrow else 2
        self._grid.addWidget(self._numbers, 4, 0, 1, span)
        self._grid.addWidget(self._alert, 5, 0, 1, span)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 0 if narrow else 1)
        self._grid.setRowStretch(6, 1)

    def _build(self) -> None:
        sex = QVBoxLayout(self._sex_field)
        sex.setContentsMargins(0, 0, 0, 0)
        sex.setSpacing(6)
        sex.addWidget(Label(self.tr("Sex"), Look.SMALL, Role.INK_2))
        sex.addWidget(self._sex)
        sex.addStretch(1)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.L)
        self._arrange(narrow=False)

    def _connect(self) -> None:
        for field in (self._family, self._given, self._birth, self._alert):
            self._line_of(field).textChanged.connect(self.changed)
        self._sex.chosen.connect(self._tell)
        self._numbers.changed.connect(self.changed)

    def _tell(self, _value: str) -> None:
        self.changed.emit()

    def _line_of(self, field: Field) -> QLineEdit:
        assert isinstance(field.input, QLineEdit)
        return field.input

    def _text(self, field: Field) -> str:
        return " ".join(self._line_of(field).text().split())


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    return line
