"""How far an import is, and what became of each file."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.capture.offer_card import OfferCard
from app.ui.capture.outcomes import Ending, Outcome, outcome_text
from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.widgets.chips import ChipState, ChipText
from app.ui.widgets.progress import ProgressStrip
from app.ui.widgets.row_model import ROW_ROLE, Row
from app.ui.widgets.rows import RowList
from app.ui.widgets.sheet import Sheet

_LISTED = 1000  # rows of outcomes kept for the list; an import of ten thousand files has more
_SHOWN_ROWS = 6


class ImportPanel(QWidget):
    """Progress while files come in; afterwards a line about them when something was odd.

    File names stand here and nowhere else: not in the vault, not in any log.

    Signals:
        cancel_requested: The rest is not to be imported.
        help_requested: Help on a refusal is wanted. Argument: the error's code.
    """

    cancel_requested = Signal()
    help_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress = ProgressStrip()
        self._summary = OfferCard("list", Role.EXPIRING)
        self._outcomes: list[Outcome] = []
        self._counted: Counter[Ending] = Counter()
        self._old = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._progress)
        column.addWidget(self._summary)
        self._progress.cancel_requested.connect(self.cancel_requested)
        self._summary.taken.connect(self.show_list)
        self._summary.closed.connect(self.forget)
        self._reflect()

    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of the files of the last import, in order."""
        return tuple(self._outcomes)

    def summary(self) -> str:
        """What the line says."""
        return self._summary.words() if not self._summary.isHidden() else ""

    def report(self, done: int, total: int) -> None:
        """An import goes on."""
        if self._old:
            self.forget()
        if total == 1:
            return  # one picture: its placeholder in the strip says it
        if self._progress.isHidden():
            self._progress.begin(self.tr("Taking pictures in"))
            self._summary.hide()
        self._progress.report(done, total)
        self._reflect()

    def add(self, outcome: Outcome) -> None:
        """One file is settled."""
        self._counted[outcome.ending] += 1
        if len(self._outcomes) < _LISTED or outcome.ending is Ending.REFUSED:
            self._outcomes.append(outcome)

    def finish(self, cancelled: int) -> None:
        """The import is over."""
        self._progress.finish()
        self._old = True
        if cancelled or any(outcome.remarkable for outcome in self._outcomes):
            self._summary.say(self._told(cancelled), self.tr("See each file"))
        self._reflect()

    def forget(self) -> None:
        """Take everything away: the names of files above all."""
        self._outcomes.clear()
        self._counted.clear()
        self._old = False
        self._progress.finish()
        self._summary.hide()
        self._reflect()

    def show_list(self) -> Sheet:
        """Every file with what became of it, over the window."""
        sheet = OutcomeSheet(self._outcomes, self.window())
        sheet.help_requested.connect(self.help_requested)
        sheet.open()
        return sheet

    def _told(self, cancelled: int) -> str:
        if len(self._outcomes) == 1 and not cancelled:
            return outcome_text(self._outcomes[0])
        counts = (
            (self._counted[Ending.STORED], self.tr("{count} stored")),
            (self._counted[Ending.DUPLICATE], self.tr("{count} there already")),
            (self._counted[Ending.REFUSED], self.tr("{count} refused")),
            (cancelled, self.tr("{count} not imported")),
        )
        return " · ".join(text.format(count=count) for count, text in counts if count)

    def _reflect(self) -> None:
        self.setHidden(self._progress.isHidden() and self._summary.isHidden())


class OutcomeSheet(Sheet):
    """The list of what was offered, refusals first.

    Signals:
        help_requested: Argument: the error's code.
    """

    help_requested = Signal(str)

    def __init__(self, outcomes: list[Outcome], host: QWidget) -> None:
        super().__init__(_tr("What became of each file"), _tr("Close"), host, width=720)
        self._codes = {
            outcome.key: outcome.error.code for outcome in outcomes if outcome.error is not None
        }
        self._list = RowList(self.tr("Files"))
        self._list.setObjectName("import-outcomes")
        remarkable = sorted(outcomes, key=_weight)
        self._list.rows.set_rows([_row(outcome) for outcome in remarkable])
        self._list.setMinimumHeight(theme().px(75) * min(_SHOWN_ROWS, max(len(outcomes), 2)))
        self.body.addWidget(self._list)
        self.secondary.hide()
        self._list.action_requested.connect(self._help)

    def rows(self) -> list[Row]:
        """The rows as shown."""
        model = self._list.rows
        found = [model.data(model.index(row), ROW_ROLE) for row in range(model.rowCount())]
        return [row for row in found if isinstance(row, Row)]

    def _help(self, key: str) -> None:
        self.help_requested.emit(self._codes[key])


def _weight(outcome: Outcome) -> int:
    if outcome.ending is Ending.REFUSED:
        return 0
    return 1 if outcome.remarkable else 2


def _row(outcome: Outcome) -> Row:
    chips = {
        Ending.STORED: ChipText(_tr("Stored"), ChipState.GRANTED),
        Ending.DUPLICATE: ChipText(_tr("There already"), ChipState.NEUTRAL, "copy"),
        Ending.REFUSED: ChipText(_tr("Refused"), ChipState.DANGER),
    }
    error = outcome.error
    return Row(
        outcome.key,
        outcome.name,
        outcome_text(outcome),
        chips=(chips[outcome.ending],),
        trailing=error.code if error else "",
        action=_tr("Help") if error else "",
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportPanel", text)
