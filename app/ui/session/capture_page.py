"""Step 3: taking pictures, by camera, from files, by dropping and pasting."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.clinical_image import FiledImage, ImageSource, ImageState, View
from app.domain.encounter import Step
from app.domain.ids import EncounterId, ImageId
from app.domain.staff import RIGHTS, Right
from app.ui.body_map.site_names import site_words
from app.ui.capture.camera_post import CameraPost
from app.ui.capture.cameras import Cameras
from app.ui.capture.capture_cards import CaptureCards
from app.ui.capture.corrections import Corrections
from app.ui.capture.description import Description
from app.ui.capture.filing_offers import FilingOffers
from app.ui.capture.ghost import Ghost
from app.ui.capture.import_panel import ImportPanel
from app.ui.capture.import_queue import ImportQueue
from app.ui.capture.large_picture import LargePicture
from app.ui.capture.offers import Offer
from app.ui.capture.outcomes import Ending, Outcome
from app.ui.capture.page_keys import on_key
from app.ui.capture.reception import Reception
from app.ui.capture.shutter_bar import ShutterBar
from app.ui.capture.stage import Stage
from app.ui.capture.strip_items import saved_words, view_name
from app.ui.capture.todays_pictures import TodaysPictures
from app.ui.capture.todays_strip import TodaysStrip
from app.ui.design.tokens import Space
from app.ui.people.person_words import clock_word
from app.ui.session.step_page import Session, StepPage
from app.ui.widgets.toast import Toast

_VIEW_KEYS = {"1": View.CONTEXT, "2": View.CLOSE_UP, "3": View.DERMOSCOPIC}
_SHUTTER_KEYS = {Qt.Key.Key_Space, Qt.Key.Key_PageDown}  # a pedal is one of the two


class CapturePage(StepPage):
    """Pictures come in; place and view are said for the next one, or corrected for a picked one.

    Signals:
        help_requested: Help on an error is wanted. Argument: its code.
    """

    step = Step.CAPTURE
    help_requested = Signal(str)

    def __init__(
        self, session: Session, cameras: Cameras | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, parent)
        room = session.room
        self._next = Description()
        self._picked = ""
        self._here = False
        self._undo = ImageId("")
        self._visit: EncounterId | None = None
        self.pictures = TodaysPictures(room, self)
        self.queue = ImportQueue(room, self)
        self.corrections = Corrections(room, self)
        self.reception = Reception(self, room.workplace.stills)
        self.stage = Stage()
        self.bar = ShutterBar()
        self.cards = CaptureCards(self.pictures, cameras)
        self.imports = ImportPanel()
        self.offers = FilingOffers()
        self.strip = TodaysStrip(self.bar.strip, self.pictures, self)
        self.camera = CameraPost(cameras, self.stage.viewfinder, room.workplace.stills, self)
        self.ghost = Ghost(room, self.stage.viewfinder, self)
        self._large = LargePicture(room, parent=self)
        self._toast = Toast(self.stage)
        self.stage.first.set_camera_offered(offered=cameras is not None)
        self.bar.set_shutter_enabled(enabled=False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", 1)
        self._build()
        self._connect_intake()
        self._connect_pictures()
        self._add_keys()

    # the life of a step

    def begin(self) -> None:
        """Read today's pictures and switch the camera on."""
        visit = self.session.visit
        if visit.id != self._visit:
            self._begin_visit(visit.id)
        self._here = True
        self.camera.start()
        self.pictures.load(visit)
        self._reflect()
        self.setFocus()

    def leave(self) -> None:
        """Let the camera go; what is coming in goes on."""
        self._here = False
        self.bar.stop()
        self.camera.stop()
        self._toast.hide()
        self._pick("")
        self.ghost.clear()
        if not self.queue.is_busy():
            self.imports.forget()

    def finish(self) -> None:
        """Everything is stored already."""
        if self._ready():
            self.finished.emit()

    def primary_text(self) -> str:
        """The words on the primary button."""
        return self.tr("Check the pictures")

    # what the user does

    def import_files(self, paths: Sequence[Path], source: ImageSource = ImageSource.FILE) -> None:
        """Take files and folders in, as they are described now."""
        self.queue.offer_files(paths, source, self._next.filing(self.session.visit))

    def take_in(self, offer: Offer) -> None:
        """Take one picture in at once."""
        self.queue.offer(offer, self._next.filing(self.session.visit))

    def press_shutter(self) -> None:
        """The shutter, the space bar or the pedal."""
        if self._picked and self.camera.has_camera():
            self._pick("")
        self.bar.press()

    def retake(self) -> None:
        """Mark the picked picture, or else the newest one, as taken again; or take that back."""
        filed = self.pictures.get(self._picked) or next(reversed(self.pictures.kept()), None)
        if filed is None:
            return
        if filed.state is ImageState.SUPERSEDED:
            self.corrections.keep(filed.id)
        else:
            self.corrections.retake(filed.id)

    def undo(self) -> None:
        """Take the last retake back."""
        image, self._undo = self._undo, ImageId("")
        self._toast.hide()
        if image:
            self.corrections.keep(image)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Page Down are the shutter; Escape goes back to the live picture."""
        if event.key() in _SHUTTER_KEYS:
            if not event.isAutoRepeat():
                self.press_shutter()
        elif event.key() == Qt.Key.Key_Escape and self._picked and self.camera.has_camera():
            self._pick("")
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space is the shutter in the strip too; a list would select with it."""
        if (
            watched is self.bar.strip
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _SHUTTER_KEYS
        ):
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    # what came

    def _begin_visit(self, visit: EncounterId) -> None:
        self._visit = visit
        self.queue.cancel()
        self._next, self._picked, self._undo = Description(), "", ImageId("")
        self.pictures.forget()
        self.strip.forget()
        self.offers.forget()
        self.imports.forget()

    def _settled(self, outcome: Outcome) -> None:
        self.strip.settle(outcome)
        self.imports.add(outcome)
        filed = outcome.image
        if filed is not None and outcome.other_patient:
            permitted = Right.CORRECT_FILING in RIGHTS[self.session.room.desk.staff.role]
            self.offers.offer_move(filed, permitted=permitted)
        elif filed is not None:
            self.pictures.put(filed, outcome.thumbnail)
        if outcome.ending is Ending.DUPLICATE and not outcome.other_patient:
            self._toast.tell(self.tr("This picture is in the vault already."))

    def _progressed(self, done: int, total: int) -> None:
        self.imports.report(done, total)
        self._tell()

    def _finished(self, cancelled: int) -> None:
        self.imports.finish(cancelled)
        self._tell()

    def _stored(self, filed: FiledImage) -> None:
        self.pictures.put(filed)
        here = filed.encounter == self._visit
        if here and self.pictures.thumbnail(filed.id).isNull():
            self.pictures.load(self.session.visit)  # it was not one of today's before

    def _retaken(self, filed: FiledImage) -> None:
        self._undo = filed.id
        if filed.id == self._picked and self.camera.has_camera():
            self._pick("")
        self._toast.tell(self.tr("Marked as retaken; nothing is deleted."), undo=True)

    def _take_waiting_in(self) -> None:
        waiting = [one.id for one in self.pictures.waiting()]
        self.corrections.take_in(waiting, self.session.visit)

    def _move_here(self, image: str, reason: str) -> None:
        self.corrections.move_here(ImageId(image), self.session.visit, reason)

    # what is said

    def _described(self, wanted: Description) -> None:
        filed = self.pictures.get(self._picked)
        if filed is None:
            self._next = wanted
        else:
            self.corrections.describe([filed.id], wanted.changes(Description.of(filed)))
        self._reflect()

    def _describe_all(self) -> None:
        filed = self.pictures.get(self._picked)
        if filed is None:
            return
        for one in self.pictures.kept():
            said = Description.of(one)
            wanted = said.at(filed.body_site, filed.laterality)
            self.corrections.describe([one.id], wanted.changes(said))
        self._next = self._next.at(filed.body_site, filed.laterality)

    # what is seen

    def _pick(self, image: str) -> None:
        self._picked = image
        self.strip.pick(image)
        if image:
            self.stage.show_picked(self.pictures.thumbnail(image))
            self._large.fetch(ImageId(image))
        else:
            self._large.forget()
            self.stage.picked.set_picture(None)
        self._reflect()

    def _unpick(self) -> None:
        self._pick("")
        self.setFocus()

    def _show_large(self, image: str, picture: QImage) -> None:
        if image == self._picked:
            self.stage.show_picked(picture)

    def _not_shown(self, _image: str, error: Exception) -> None:
        self.failed.emit(error)

    def _loaded(self, *_: object) -> None:
        """Without a camera there is always a picture to be seen, once there is one."""
        newest = next(reversed(self.pictures.kept()), None)
        alone = self._here and not self._picked and not self.camera.has_camera()
        if newest is not None and alone:
            self._pick(newest.id)
        else:
            self._reflect()

    def _camera_changed(self) -> None:
        self._pick("")
        self.camera.change()
        self._loaded()

    def _live_changed(self, live: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.bar.set_shutter_enabled(enabled=live)

    def _reflect(self) -> None:
        """Show everything as it stands."""
        if self._visit is None:
            return
        filed = self.pictures.get(self._picked)
        shown = Description.of(filed) if filed is not None else self._next
        before = self.session.visit.before
        open_question = before is None or before.chaperone_offered is None
        self.cards.show_description(shown, chaperone_open=open_question)
        several = filed is not None and len(self.pictures.kept()) > 1
        self.cards.site.offer_all(offered=several and bool(shown.body_site))
        if self._here:
            self.ghost.look_for(self.pictures.earlier(), self._next)
        self.offers.offer_waiting(len(self.pictures.waiting()))
        self._show_stage(filed)
        self._tell()

    def _show_stage(self, filed: FiledImage | None) -> None:
        live = self.camera.has_camera()
        if filed is not None:
            words = (site_words(filed.body_site, filed.laterality), view_name(filed.view))
            self.stage.picked.tell(
                " · ".join(word for word in words if word),
                superseded=filed.state is ImageState.SUPERSEDED,
                back=self.tr("Back to the camera") if live else "",
            )
        elif live:
            self.stage.show_live()
        else:
            self.stage.show_first()

    def _ready(self) -> bool:
        return bool(self.pictures.kept()) and not self.queue.is_busy()

    def _tell(self) -> None:
        """The footer: how many there are, when the last was stored, whether one may go on."""
        kept = self.pictures.kept()
        self.ready_changed.emit(self._ready())
        note = ""
        if kept:
            newest = max(one.image.received.at for one in kept)
            note = saved_words(len(kept), clock_word(newest, self.session.room.desk))
        self.noted.emit(note)

    # building

    def _build(self) -> None:
        self.bar.set_hint(self.tr("Space or pedal: take\nR: retake"))
        self.bar.strip.installEventFilter(self)
        left = QVBoxLayout()
        left.setSpacing(Space.L)
        left.addWidget(self.offers)
        left.addWidget(self.imports)
        left.addWidget(self.stage, 1)
        left.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        row.setSpacing(Space.L)
        row.addLayout(left, 1)
        row.addWidget(self.cards)

    def _connect_intake(self) -> None:
        self.reception.files_brought.connect(self.import_files)
        self.reception.picture_brought.connect(self.take_in)
        self.reception.invited.connect(self.stage.invite_drop)
        self.bar.import_requested.connect(self.reception.choose_files)
        self.bar.released.connect(self.camera.take)
        self.bar.counted.connect(self.stage.show_seconds)
        self.camera.shot.connect(self.take_in)
        self.camera.live_changed.connect(self._live_changed)
        self.queue.began.connect(self.strip.begin)
        self.queue.dropped.connect(self.strip.drop)
        self.queue.settled.connect(self._settled)
        self.queue.progressed.connect(self._progressed)
        self.queue.finished.connect(self._finished)
        self.imports.cancel_requested.connect(self.queue.cancel)
        self.imports.help_requested.connect(self.help_requested)
        self.offers.take_in_requested.connect(self._take_waiting_in)
        self.offers.move_requested.connect(self._move_here)
        self.stage.first.import_requested.connect(self.reception.choose_files)
        self.stage.first.camera_requested.connect(self.cards.choose_camera)
        self.stage.viewfinder.choose_requested.connect(self.cards.choose_camera)
        self.stage.viewfinder.help_requested.connect(self.help_requested)

    def _connect_pictures(self) -> None:
        self.pictures.loaded.connect(self._loaded)
        self.pictures.changed.connect(self._loaded)
        self.strip.picked.connect(self._pick)
        self.stage.picked.closed.connect(self._unpick)
        self.stage.picked.retake_requested.connect(self.retake)
        self._large.arrived.connect(self._show_large)
        self._large.failed.connect(self._not_shown)
        self.corrections.stored.connect(self._stored)
        self.corrections.retaken.connect(self._retaken)
        self.cards.described.connect(self._described)
        self.cards.all_requested.connect(self._describe_all)
        self.cards.camera_changed.connect(self._camera_changed)
        self.cards.help_requested.connect(self.help_requested)
        self._toast.undo_requested.connect(self.undo)
        for part in (self.pictures, self.corrections, self.camera, self.reception):
            part.failed.connect(self.failed)

    def _add_keys(self) -> None:
        on_key(self, "R", self.retake)
        on_key(self, QKeySequence.StandardKey.Undo, self.undo)
        on_key(self, QKeySequence.StandardKey.Paste, self.reception.paste)
        for digit, view in _VIEW_KEYS.items():
            on_key(self, digit, self.cards.view.row(view).click)
