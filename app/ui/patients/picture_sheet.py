"""One picture large, with its facts, and putting right what was said about it."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.body_site import site_caption
from app.domain.clinical_image import FiledImage, ImageFactKind, ImageState
from app.domain.picture import EncodedPicture
from app.domain.rendition import Edits
from app.errors import KnownError
from app.services import checking, intake
from app.services.ports import Records
from app.ui.capture.strip_items import view_name
from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.patients.picture_correction import PictureCorrection
from app.ui.patients.picture_words import history_lines
from app.ui.patients.refile_sheet import RefileSheet
from app.ui.people.person_words import DOT, clock_word, day_word
from app.ui.room import Room
from app.ui.session.folding import ScrollColumn
from app.ui.tasks import Progress, Step
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.cards import Facts
from app.ui.widgets.notices import Notice
from app.ui.widgets.pictures import PictureView
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Label, Look

WIDTH, HEIGHT = 960, 420
SIDE_PX = 1400
SIDE_WIDTH = 320


class PictureSheet(Sheet):
    """Shows the picture as it was checked; what was said about it can be put right."""

    def __init__(self, room: Room, host: QWidget, filed: FiledImage) -> None:
        super().__init__("", "", host, width=WIDTH)
        self._room, self._filed = room, filed
        self.primary.setText(self.tr("Done"))
        self.secondary.hide()
        self.picture = PictureView(self.tr("Picture"))
        self.facts = Facts(self._about())
        self.correction = PictureCorrection(filed)
        self.refile = SecondaryButton(self.tr("Move to another patient…"), icon="folder-input")
        self.history = Label("", Look.SMALL, Role.INK_3, wrap=True)
        self._notice: Notice | None = None
        self._lay_out()
        self.correction.wanted.connect(self._correct)
        self.refile.clicked.connect(self._refile)
        self._tell()
        self._load()

    def _about(self) -> list[tuple[str, str]]:
        image, zone = self._filed.image, self._room.desk.zone
        received = image.received.at.astimezone(zone)
        when = DOT.join((day_word(received.date()), clock_word(received, self._room.desk)))
        facts = [
            (self.tr("Received"), when),
            (self.tr("Size"), f"{image.width_px} × {image.height_px} px"),
            (self.tr("View"), view_name(self._filed.view) or "–"),
            (self.tr("Kind"), image.media_type),
            (self.tr("Fingerprint"), image.sha256[:16]),
        ]
        if image.camera_time:
            taken = f"{day_word(image.camera_time.date())}, {image.camera_time:%H:%M}"
            facts.insert(1, (self.tr("Camera's clock"), taken))
        return facts

    def _lay_out(self) -> None:
        self.refile.setObjectName("picture-move")
        self.history.setObjectName("picture-history")
        self.picture.setMinimumHeight(HEIGHT)
        area = ScrollColumn()
        area.setMinimumWidth(theme().px(SIDE_WIDTH))
        column = area.body
        column.setContentsMargins(Space.XS, Space.XS, Space.S, Space.XS)  # room for the focus ring
        column.setSpacing(Space.M)
        for part in (self.facts, self.correction, self.refile):
            column.addWidget(part)
        column.addWidget(Label(self.tr("History"), Look.STRONG))
        column.addWidget(self.history)
        column.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(Space.L)
        line.addWidget(self.picture, 3)
        line.addWidget(area, 2)
        self.body.addLayout(line)

    def _load(self) -> None:
        if self._filed.state is ImageState.DISCARDED:
            self.picture.set_words(self.tr("This picture was discarded."))
            return
        image, desk = self._filed, self._room.desk

        def read(records: Records) -> bytes:
            made = records.images.renditions(image.id)
            if made:
                return checking.picture_of(records, desk, made[-1].id)
            return checking.original_of(records, desk, image.id)

        self._room.ask(read, self._render, on_failure=self._failed)

    def _render(self, data: bytes) -> None:
        pictures = self._room.workplace.pictures

        def work(_progress: Progress) -> EncodedPicture:
            return pictures.render(data, Edits(), max_side_px=SIDE_PX)

        self._room.work(work, self._show, on_step=_pass, on_failure=self._failed)

    def _show(self, drawn: EncodedPicture) -> None:
        shown = QPixmap()
        shown.loadFromData(drawn.data)
        self.picture.set_picture(shown)

    def _tell(self) -> None:
        filed = self._filed
        self.title.setText(site_caption(filed.body_site, filed.laterality) or self.tr("Picture"))
        self.history.setText("\n".join(history_lines(filed, self._room.desk)))
        here = filed.state is not ImageState.DISCARDED
        self.correction.setVisible(here)
        self.refile.setVisible(here)

    def _correct(self, said: dict[ImageFactKind, str], reason: str) -> None:
        image = self._filed.id
        self._room.change(
            lambda uow, desk: intake.describe(uow, desk, image, said, reason=reason),
            self._corrected,
            on_failure=self._failed,
        )

    def _corrected(self, filed: FiledImage) -> None:
        self._filed = filed
        self.facts.set_facts(self._about())
        self.correction.show_picture(filed)
        self._tell()

    def _refile(self) -> None:
        sheet = RefileSheet(self._room, self, self._filed)
        sheet.written.connect(self._moved)
        sheet.open()

    def _moved(self, _filed: object) -> None:
        self.accept()  # it is no longer this patient's

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            self._room.runner.failed.emit(error)
            return
        if self._notice is not None:
            self._notice.deleteLater()
        self._notice = Notice.for_error(error)
        self.body.insertWidget(0, self._notice)


def _pass(_step: Step) -> None:
    """Drawing one picture takes less than a second; nothing to tell."""
