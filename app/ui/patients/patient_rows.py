"""What stands on a patient's page, as rows and tiles."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPixmap

from app.domain.body_site import site_caption
from app.domain.clinical_image import FiledImage, ImageState
from app.domain.disclosure import HandOver
from app.domain.document import DocumentKind, StoredDocument
from app.domain.encounter import Ending
from app.domain.patient import Patient
from app.services.ports import Desk
from app.ui.capture.strip_items import view_name
from app.ui.patients.patient_facts import PaperLine, PatientFacts, VisitLine
from app.ui.patients.picture_grid import PictureTile
from app.ui.people.person_words import DOT, clock_word, day_word, name_of, person_line
from app.ui.widgets.chips import ChipState, ChipText
from app.ui.widgets.row_model import Row


def _tr(text: str) -> str:
    return QCoreApplication.translate("PatientRows", text)


def visit_row(line: VisitLine, facts: PatientFacts, desk: Desk) -> Row:
    """One session: when, who, why it ended so, how it ended."""
    visit = line.visit
    at = visit.opened.at.astimezone(desk.zone)
    chip, action = _ending(line)
    return Row(
        visit.id,
        DOT.join((day_word(at.date()), clock_word(at, desk))),
        DOT.join(p for p in (facts.staff.get(visit.opened.by, ""), visit.ending_reason) if p),
        chips=(chip,),
        action=action,
    )


def _ending(line: VisitLine) -> tuple[ChipText, str]:
    ending = line.visit.ending
    if ending is None:
        return ChipText(_tr("Open"), ChipState.ACCENT, "clock"), _tr("Continue")
    if line.put_off and ending is Ending.COMPLETED:
        return ChipText(_tr("Ask later"), ChipState.EXPIRING, "clock"), _tr("Ask now")
    words = {
        Ending.COMPLETED: ChipText(_tr("Completed"), ChipState.GRANTED),
        Ending.DECLINED: ChipText(_tr("Declined"), ChipState.REFUSED),
        Ending.ABANDONED: ChipText(_tr("Stopped"), ChipState.REFUSED),
    }
    return words[ending], ""


def picture_tile(filed: FiledImage, thumbnail: QPixmap, desk: Desk) -> PictureTile:
    """One picture: place, view and day; a discarded one is only a note that it existed."""
    received = filed.image.received.at.astimezone(desk.zone).date()
    gone = filed.state is ImageState.DISCARDED
    chips = {
        ImageState.DISCARDED: (ChipText(_tr("Discarded"), ChipState.REFUSED),),
        ImageState.SUPERSEDED: (ChipText(_tr("Taken again"), ChipState.NEUTRAL, "rotate-ccw"),),
        ImageState.KEPT: (),
    }[filed.state]
    if filed.state is ImageState.KEPT and filed.in_quarantine:
        chips = (ChipText(_tr("Waiting"), ChipState.EXPIRING, "inbox"),)
    return PictureTile(
        filed.id,
        site_caption(filed.body_site, filed.laterality) or _tr("Place not said"),
        DOT.join(part for part in (view_name(filed.view), day_word(received)) if part),
        picture=None if gone else thumbnail,
        chips=chips,
        faded=filed.state is ImageState.SUPERSEDED,
        gone=gone,
    )


def closed_tile(filed: FiledImage, desk: Desk) -> PictureTile:
    """A protected picture that is not open to who looks: that it exists, and nothing of it."""
    received = filed.image.received.at.astimezone(desk.zone).date()
    return PictureTile(
        filed.id,
        _tr("Protected picture"),
        day_word(received),
        chips=(ChipText(_tr("Protected"), ChipState.NEUTRAL, "shield"),),
        closed=True,
    )


def paper_row(line: PaperLine, desk: Desk) -> Row:
    """One paper: what it is, when it was made, what became of its copies."""
    made = line.document.stamp.at.astimezone(desk.zone)
    words = {
        HandOver.PRINTED: ChipText(_tr("Printed"), ChipState.NEUTRAL, "printer"),
        HandOver.SAVED: ChipText(_tr("Saved"), ChipState.NEUTRAL, "download"),
        HandOver.DECLINED: ChipText(_tr("Not wanted"), ChipState.REFUSED),
    }
    given = dict.fromkeys(each.way for each in line.given)
    return Row(
        line.document.id,
        paper_word(line.document),
        DOT.join((day_word(made.date()), clock_word(made, desk))),
        icon="file-text",
        chips=tuple(words[way] for way in given),
        action=_tr("Open"),
    )


def paper_word(document: StoredDocument) -> str:
    """What a paper is."""
    return {
        DocumentKind.CONSENT_COPY: _tr("Consent copy"),
        DocumentKind.WITHDRAWAL_CONFIRMATION: _tr("Confirmation of withdrawal"),
        DocumentKind.PAPER_ORIGINAL: _tr("Paper original"),
    }[document.kind]


def merged_row(absorbed: Patient, desk: Desk) -> Row:
    """One record that was merged into this one."""
    line = person_line(absorbed.now, desk.today())
    return Row(absorbed.id, name_of(absorbed.now), line, icon="merge", action=_tr("Part again"))
