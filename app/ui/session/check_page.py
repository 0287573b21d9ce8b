"""Step 4: the check before the patient sees a picture: covers, crop, findings, one question."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.encounter import Step
from app.domain.ids import EncounterId, ImageId
from app.domain.rendition import Box, Cover, CoverPattern, Identifiable, Resolution
from app.services.checking import CheckedPicture
from app.ui.capture.large_picture import LargePicture
from app.ui.capture.page_keys import on_key
from app.ui.check.canvas import CheckCanvas, Tool
from app.ui.check.check_facts import CheckFacts, gather, whole_of
from app.ui.check.check_frame import CheckFrame
from app.ui.check.check_strip import check_thumbnail
from app.ui.check.check_work import CheckWork
from app.ui.check.draft import CheckDraft, Sight
from app.ui.check.file_card import FileCard
from app.ui.check.geometry import Whole, covered_share
from app.ui.check.history import History
from app.ui.check.question_card import QuestionCard
from app.ui.check.sight_card import SightCard
from app.ui.check.tool_bar import CheckTools
from app.ui.check.visible_sheet import VisibleSheet
from app.ui.session.step_page import Session, StepPage
from app.ui.widgets.thumbnails import Thumbnail, ThumbnailStrip

BAR_SHARE = 0.12  # of the picture; a smaller cover hides some of a face at the most


class CheckPage(StepPage):
    """One picture after another; what is done to it is burnt in only when it is stored.

    Signals:
        help_requested: Help on an error is wanted. Argument: its code.
    """

    step = Step.CHECK
    help_requested = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._visit: EncounterId | None = None
        self._drafts: dict[ImageId, CheckDraft] = {}
        self._thumbnails: dict[ImageId, QPixmap] = {}
        self._current = ImageId("")
        self._asked = ""
        self._pattern = CoverPattern.SOLID
        self.canvas = CheckCanvas()
        self.tools = CheckTools()
        self.strip = ThumbnailStrip(self.tr("Today's pictures"))
        self.file = FileCard()
        self.sights = SightCard()
        self.question = QuestionCard()
        self.work = CheckWork(session.room, self)
        self._large = LargePicture(session.room, parent=self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", 1)
        self._build()
        self._connect_tools()
        self._connect_rest()
        self._add_keys()

    # the life of a step

    def begin(self) -> None:
        """Read what is stored; what was begun and not stored is still here."""
        visit = self.session.visit
        if visit.id != self._visit:
            self._visit = visit.id
            self._forget()
        desk = self.session.room.desk
        self.session.room.ask(
            lambda records: gather(records, desk, visit), self._take, on_failure=self.failed.emit
        )
        self._reflect()
        self.setFocus()

    def finish(self) -> None:
        """Store the picture and go on to the next; when all are stored, to the patient."""
        draft = self._draft()
        if self._all_checked():
            self.finished.emit()
        elif draft is not None and not self._is_done(draft):
            self.accept()
        else:
            self._go_to_open()

    def leave(self) -> None:
        """Hold no large picture while nobody looks."""
        self._large.forget()
        self.canvas.set_picture(QImage(), Whole(1, 1))

    def primary_text(self) -> str:
        """The words on the primary button."""
        return self.tr("Show to the patient") if self._all_checked() else self.tr("Picture done")

    # what the user does

    def accept(self) -> None:
        """The picture is done as it stands: store it, and show the next one."""
        draft = self._draft()
        if draft is not None and draft.complete and not self._is_done(draft):
            self.work.store(draft)
            self._go_to_open()

    def answer(self, identifiable: Identifiable) -> None:
        """Could somebody recognise the person?"""
        self._change(lambda draft: draft.answer(identifiable))

    def undo(self) -> None:
        """Take the last edit back."""
        self._edit(lambda history: history.undo())

    def redo(self) -> None:
        """Do it again."""
        self._edit(lambda history: history.redo())

    def use_cover(self) -> None:
        """C: draw covers; pressed again, one is put in the middle for the keyboard."""
        if self.canvas.tool() is Tool.COVER:
            self.canvas.add_cover()
        else:
            self._use(Tool.COVER)
        self.canvas.setFocus()

    def use_crop(self) -> None:
        """X: crop; pressed again, look at what is left."""
        self._use(Tool.LOOK if self.canvas.tool() is Tool.CROP else Tool.CROP)
        self.canvas.setFocus()

    def keep_visible(self, what: str) -> VisibleSheet:
        """Ask why something stays visible."""
        draft = self._draft()
        before = draft.seen.get(what, Sight()) if draft is not None else Sight()
        sheet = VisibleSheet(before.reason, self.window())
        self._asked = what
        sheet.reason_given.connect(self._stay_visible)
        sheet.open()
        return sheet

    # changes of the draft

    def _draft(self) -> CheckDraft | None:
        return self._drafts.get(self._current)

    def _change(self, change: Callable[[CheckDraft], CheckDraft]) -> None:
        draft = self._draft()
        if draft is not None and not self.work.is_storing(draft.id):
            self._drafts[draft.id] = change(draft)
            self._reflect()

    def _edit(self, change: Callable[[History], History]) -> None:
        self._change(lambda draft: draft.edit(change(draft.history)))

    def _add_cover(self, cover: Cover) -> None:
        self._edit(lambda history: history.cover(cover))

    def _change_cover(self, place: int, cover: Cover | None) -> None:
        self._edit(lambda history: history.recover(place, cover))

    def _remove_cover(self) -> None:
        place = self.canvas.picked_cover()
        if place >= 0:
            self._change_cover(place, None)

    def _crop(self, box: Box) -> None:
        draft = self._draft()
        if draft is not None:
            whole = whole_of(draft.filed).box
            self._edit(lambda history: history.crop(box, whole))

    def _turn(self) -> None:
        self._edit(lambda history: history.turn())

    def _reset(self) -> None:
        self._edit(lambda history: history.reset())

    def _settle_sight(self, what: str, sight: Sight | None) -> None:
        self._change(lambda draft: draft.see(what, sight))

    def _stay_visible(self, reason: str) -> None:
        self._settle_sight(self._asked, Sight(Resolution.ACCEPTED, reason))

    def _use(self, tool: Tool) -> None:
        self.canvas.set_tool(tool)
        self._reflect_tools()

    def _choose_pattern(self, pattern: CoverPattern) -> None:
        self._pattern = pattern
        self.canvas.set_pattern(pattern)
        self._reflect_tools()

    # what came

    def _take(self, facts: CheckFacts) -> None:
        if self._visit != self.session.visit.id:
            return
        before = self._drafts
        self._drafts = {}
        for stored in facts.pictures:
            known = before.get(stored.filed.id)
            going_on = known is not None and (not known.saved or known.stored == stored)
            fresh = CheckDraft.of(stored)
            self._drafts[stored.filed.id] = known if known is not None and going_on else fresh
        for image, data in facts.thumbnails.items():
            self._thumbnails[image] = QPixmap.fromImage(QImage.fromData(data))
        self._list()
        if self._current in self._drafts:
            self._show(self._current)
        else:
            self._current = ImageId("")
            self._go_to_open()

    def _stored(self, stored: CheckedPicture) -> None:
        draft = self._drafts.get(stored.filed.id)
        if draft is not None:
            self._drafts[draft.id] = draft.store(stored)
        self._reflect()
        self._badge(stored.filed.id)

    def _not_stored(self, image: str, error: Exception) -> None:
        self._badge(ImageId(image))
        self._reflect()
        self.failed.emit(error)

    def _show_large(self, image: str, picture: QImage) -> None:
        draft = self._drafts.get(ImageId(image))
        if image == self._current and draft is not None:
            self.canvas.set_picture(picture, whole_of(draft.filed))

    def _not_shown(self, _image: str, error: Exception) -> None:
        self.failed.emit(error)

    # what is seen

    def _go_to_open(self) -> None:
        """The next picture that is not done, beginning after this one; else stay."""
        order = list(self._drafts)
        place = order.index(self._current) if self._current in order else -1
        for image in (*order[place + 1 :], *order[: place + 1]):
            if not self._is_done(self._drafts[image]):
                self._show(image)
                return
        self._show(self._current if self._current in order else next(iter(order), ImageId("")))

    def _show(self, image: str) -> None:
        draft = self._drafts.get(ImageId(image))
        if draft is None:
            self._reflect()
            return
        if draft.id != self._current:
            self._current = draft.id
            self.canvas.set_tool(Tool.LOOK)
        before = self.strip.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.strip.pick(draft.id)
        self.strip.blockSignals(before)
        self.canvas.set_picture(
            self._thumbnails.get(draft.id, QPixmap()).toImage(), whole_of(draft.filed)
        )
        self.file.show_findings(draft.filed.image.findings)
        self._fetch()
        self._reflect()

    def _fetch(self) -> None:
        """The large picture; while another is being stored its original has the memory."""
        if self._current and not self.work.is_busy():
            self._large.fetch(self._current)

    def _reflect(self) -> None:
        """Show everything as it stands."""
        draft = self._draft()
        storing = draft is not None and self.work.is_storing(draft.id)
        if draft is not None:
            self.canvas.set_edits(draft.edits)
            self.sights.show_sights(draft.seen, draft.edits)
            shown = draft.edits.crop or whole_of(draft.filed).box
            covers = tuple(cover.box for cover in draft.edits.covers)
            bar_only = bool(covers) and covered_share(covers, shown) < BAR_SHARE
            self.question.show_answer(draft.identifiable, bar_only=bar_only)
        for part in (self.sights, self.question, self.canvas):
            part.setEnabled(draft is not None and not storing)
        self.tools.set_enabled(enabled=draft is not None and not storing)
        self._reflect_tools()
        self._tell()

    def _reflect_tools(self, *_: object) -> None:
        draft = self._draft()
        history = draft.history if draft is not None else History()
        place = self.canvas.picked_cover()
        picked = 0 <= place < len(history.edits.covers)
        pattern = history.edits.covers[place].pattern if picked else self._pattern
        self.tools.show_state(self.canvas.tool(), pattern, history, picked=picked)

    def _tell(self) -> None:
        """The footer: how many are checked, what Continue does, whether it can."""
        if self._current:
            self._badge(self._current)
        checked = sum(draft.saved for draft in self._drafts.values())
        total = len(self._drafts)
        said = self.tr("{done} of {total} checked").format(done=checked, total=total)
        self.noted.emit(said if total else "")
        self.primary_changed.emit(self.primary_text())
        draft = self._draft()
        open_here = draft is not None and not self._is_done(draft)
        complete = draft is not None and draft.complete
        others = any(not self._is_done(one) for one in self._drafts.values())
        self.ready_changed.emit(self._all_checked() or (complete if open_here else others))

    def _is_done(self, draft: CheckDraft) -> bool:
        return draft.saved or self.work.is_storing(draft.id)

    def _all_checked(self) -> bool:
        return bool(self._drafts) and all(draft.saved for draft in self._drafts.values())

    def _list(self) -> None:
        self.strip.items.set_items([self._thumbnail(image) for image in self._drafts])

    def _badge(self, image: ImageId) -> None:
        if image in self._drafts:
            self.strip.items.replace(self._thumbnail(image))

    def _thumbnail(self, image: ImageId) -> Thumbnail:
        return check_thumbnail(
            image,
            list(self._drafts).index(image) + 1,
            self._thumbnails.get(image, QPixmap()),
            saved=self._drafts[image].saved,
            storing=self.work.is_storing(image),
        )

    def _forget(self) -> None:
        self._drafts, self._thumbnails, self._current = {}, {}, ImageId("")
        self.strip.items.set_items([])
        self.canvas.set_picture(QImage(), Whole(1, 1))
        self.file.show_findings(())

    # building

    def _build(self) -> None:
        below, cards = (self.canvas, self.strip), (self.file, self.sights)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(CheckFrame(self.tools, below, cards, self.question))

    def _connect_tools(self) -> None:
        self.tools.tool_chosen.connect(self._use)
        self.tools.pattern_chosen.connect(self._choose_pattern)
        self.tools.turn_requested.connect(self._turn)
        self.tools.remove_requested.connect(self._remove_cover)
        self.tools.undo_requested.connect(self.undo)
        self.tools.redo_requested.connect(self.redo)
        self.tools.reset_requested.connect(self._reset)
        self.canvas.cover_drawn.connect(self._add_cover)
        self.canvas.cover_changed.connect(self._change_cover)
        self.canvas.crop_changed.connect(self._crop)
        self.canvas.picked.connect(self._reflect_tools)

    def _connect_rest(self) -> None:
        self.strip.picked.connect(self._show)
        self.sights.settled.connect(self._settle_sight)
        self.sights.reason_wanted.connect(self.keep_visible)
        self.question.answered.connect(self.answer)
        self.work.stored.connect(self._stored)
        self.work.failed.connect(self._not_stored)
        self.work.idle.connect(self._fetch)
        self._large.arrived.connect(self._show_large)
        self._large.failed.connect(self._not_shown)

    def _add_keys(self) -> None:
        on_key(self, "C", self.use_cover)
        on_key(self, "X", self.use_crop)
        on_key(self, "A", self.accept)
        on_key(self, QKeySequence.StandardKey.Undo, self.undo)
        on_key(self, "Ctrl+Y", self.redo)
        on_key(self, "Ctrl+Shift+Z", self.redo)
