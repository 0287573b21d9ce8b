"""What stands for a use, in words and as a chip."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QCoreApplication

from app.domain.standing import State
from app.ui.patients.patient_facts import UseLine
from app.ui.people.person_words import DOT, day_word
from app.ui.widgets.chips import ChipState, ChipText
from app.ui.widgets.row_model import Row


def state_chip(state: State) -> ChipText:
    """The state with its icon and word; colour alone says nothing."""
    tr = QCoreApplication.translate
    return {
        State.GRANTED: ChipText(tr("standing", "Granted"), ChipState.GRANTED),
        State.REFUSED: ChipText(tr("standing", "Refused"), ChipState.REFUSED),
        State.WITHDRAWN: ChipText(tr("standing", "Taken back"), ChipState.WITHDRAWN),
        State.EXPIRED: ChipText(tr("standing", "Ended"), ChipState.EXPIRING),
        State.VOID: ChipText(tr("standing", "Void"), ChipState.EXPIRING, "file-x"),
        State.NEVER_ASKED: ChipText(tr("standing", "Not asked"), ChipState.NEUTRAL),
    }[state]


def use_row(line: UseLine, zone: tzinfo) -> Row:
    """One use with what stands for it."""
    tr = QCoreApplication.translate
    words = [
        tr("standing", "{count} of {asked} pictures").format(count=line.count, asked=line.asked)
    ]
    if line.best.state is State.GRANTED and line.best.until is not None:
        words.append(tr("standing", "until {day}").format(day=day_word(line.best.until)))
    elif line.best.since is not None:
        words.append(day_word(line.best.since.astimezone(zone).date()))
    return Row(line.use.id, line.use.title, DOT.join(words), chips=(state_chip(line.best.state),))
