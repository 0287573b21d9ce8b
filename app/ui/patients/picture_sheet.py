"""One picture large, with its facts, and putting right what was said about it."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.body_site import body_site, site_caption
from app.domain.clinical_image import FiledImage, ImageFactKind, ImageState, Laterality
from app.domain.picture import EncodedPicture
from app.domain.rendition import Edits
from app.errors import KnownError
from app.services import checking, intake
from app.services.ports import Records
from app.ui.design.tokens import Role, Space
from app.ui.people.person_words import DOT, clock_word, day_word
from app.ui.room import Room
from app.ui.tasks import Progress, Step
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.cards import Facts
from app.ui.widgets.choices import Choice, Segmented
from app.ui.widgets.fields import Field
from app.ui.widgets.notices import Notice
from app.ui.widgets.pictures import PictureView
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Label, Look

WIDTH, HEIGHT = 960, 420
SIDE_PX = 1400


class PictureSheet(Sheet):
    """Shows the picture as it was checked; the side can be corrected with a reason."""

    def __init__(self, room: Room, host: QWidget, filed: FiledImage) -> None:
        super().__init__("", "", host, width=WIDTH)
        self._room, self._filed = room, filed
        self.title.setText(site_caption(filed.body_site, filed.laterality) or self.tr("Picture"))
        self.primary.setText(self.tr("Done"))
        self.secondary.hide()
        self.picture = PictureView(self.tr("Picture"))
        self.facts = Facts(self._about())
        sides = [Choice("L", self.tr("Left")), Choice("R", self.tr("Right"))]
        side = filed.laterality.value if filed.laterality else None
        self.side = Segmented(self.tr("Side"), sides, side if side in {"L", "R"} else None)
        self.reason = Field(self.tr("Why is it corrected?"), QLineEdit())
        self.correct = SecondaryButton(self.tr("Correct the side"), icon="flip-horizontal-2")
        self._notice: Notice | None = None
        self._lay_out()
        self.side.chosen.connect(self._look)
        self.correct.clicked.connect(self._correct)
        typed = self.reason.input
        assert isinstance(typed, QLineEdit)
        typed.textChanged.connect(self._look)
        self._look()
        self._load()

    def _about(self) -> list[tuple[str, str]]:
        image, zone = self._filed.image, self._room.desk.zone
        received = image.received.at.astimezone(zone)
        when = DOT.join((day_word(received.date()), clock_word(received, self._room.desk)))
        facts = [
            (self.tr("Received"), when),
            (self.tr("Size"), f"{image.width_px} × {image.height_px} px"),
            (self.tr("View"), self._filed.view.value if self._filed.view else "–"),
            (self.tr("Kind"), image.media_type),
            (self.tr("Fingerprint"), image.sha256[:16]),
        ]
        if image.camera_time:
            taken = f"{day_word(image.camera_time.date())}, {image.camera_time:%H:%M}"
            facts.insert(1, (self.tr("Camera's clock"), taken))
        return facts

    def _lay_out(self) -> None:
        self.side.setObjectName("picture-side")
        self.reason.input.setObjectName("picture-reason")
        self.correct.setObjectName("picture-correct")
        self.picture.setMinimumHeight(HEIGHT)
        column = QVBoxLayout()
        column.setSpacing(Space.M)
        column.addWidget(self.facts)
        site = body_site(self._filed.body_site)
        if site is not None and site.paired:
            for widget in (self.side, self.reason, self.correct):
                column.addWidget(widget)
            column.addWidget(
                Label(self.tr("What was said before stays in the history."), Look.SMALL, Role.INK_3)
            )
        column.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(Space.L)
        line.addWidget(self.picture, 3)
        line.addLayout(column, 2)
        self.body.addLayout(line)

    def _load(self) -> None:
        if self._filed.state is ImageState.DISCARDED:
            self.picture.set_words(self.tr("This picture was discarded."))
            return
        image = self._filed

        def read(records: Records) -> bytes:
            made = records.images.renditions(image.id)
            if made:
                return checking.picture_of(records, made[-1].id)
            return checking.original_of(records, image.id)

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

    def _look(self, *_value: object) -> None:
        side = self.side.value()
        same = self._filed.laterality is not None and side == self._filed.laterality.value
        self.correct.setEnabled(side is not None and not same and bool(self._reason()))

    def _reason(self) -> str:
        typed = self.reason.input
        assert isinstance(typed, QLineEdit)
        return typed.text().strip()

    def _correct(self) -> None:
        side, image, reason = self.side.value(), self._filed.id, self._reason()
        assert side is not None
        said = {ImageFactKind.LATERALITY: Laterality(side).value}
        self._room.change(
            lambda uow, desk: intake.describe(uow, desk, image, said, reason=reason),
            self._corrected,
            on_failure=self._failed,
        )

    def _corrected(self, filed: FiledImage) -> None:
        self._filed = filed
        self.title.setText(site_caption(filed.body_site, filed.laterality))
        self._look()

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
