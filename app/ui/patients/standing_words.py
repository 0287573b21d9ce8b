"""What stands for a use, in words and as a chip."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.standing import Standing, State
from app.services.ports import Desk
from app.ui.patients.patient_facts import UseLine
from app.ui.people.person_words import DOT, day_word
from app.ui.session.banner_content import EXPIRING_DAYS
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


def use_row(line: UseLine, desk: Desk) -> Row:
    """One use with what stands for it, for how many pictures, and since or until when."""
    return Row(
        line.use.id,
        line.use.title,
        chips=(_chip(line.best, desk.today()),),
        trailing=DOT.join(part for part in (_pictures(line), _day(line.best, desk)) if part),
    )


def _chip(best: Standing, today: date) -> ChipText:
    near = best.until is not None and (best.until - today).days <= EXPIRING_DAYS
    if best.state is State.GRANTED and near:
        words = QCoreApplication.translate("standing", "Granted, ends soon")
        return ChipText(words, ChipState.EXPIRING, "clock")
    return state_chip(best.state)


def _pictures(line: UseLine) -> str:
    tr = QCoreApplication.translate
    if not line.count:
        return ""
    if line.count < line.pictures:
        words = tr("standing", "{count} of {all} pictures")
    elif line.count == 1:
        words = tr("standing", "1 picture")
    else:
        words = tr("standing", "{count} pictures")
    return words.format(count=line.count, all=line.pictures)


def _day(best: Standing, desk: Desk) -> str:
    if best.state is State.GRANTED and best.until is not None:
        words = QCoreApplication.translate("standing", "until {day}")
        return words.format(day=day_word(best.until))
    return day_word(best.since.astimezone(desk.zone).date()) if best.since else ""
