"""Putting right what was said about a picture: place, side and view, with a reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.body_site import site_caption
from app.domain.clinical_image import FiledImage, ImageFactKind, Laterality, View
from app.ui.body_map.site_sheet import SiteSheet
from app.ui.capture.strip_items import view_name
from app.ui.design.tokens import Space
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.choices import Choice, Segmented
from app.ui.widgets.fields import Field


class PictureCorrection(QWidget):
    """Shows what holds; what is changed needs a reason before it can be recorded.

    Attributes:
        place: Opens the body map.
        view: Chooses the view.
        correct: Records it.

    Signals:
        wanted: Arguments: what is said by its kind, the reason.
    """

    wanted = Signal(object, str)

    def __init__(self, filed: FiledImage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filed = filed
        self._site, self._side = filed.body_site, filed.laterality
        self._why = QLineEdit()
        self.place = SecondaryButton("", icon="map-pin")
        self.view = Segmented(self.tr("View"), [Choice(v, view_name(v)) for v in View])
        self.reason = Field(self.tr("Why is it corrected?"), self._why)
        self.correct = SecondaryButton(self.tr("Correct"), icon="pencil")
        self._lay_out()
        self.place.clicked.connect(self._open_map)
        self.view.chosen.connect(self._look)
        self._why.textChanged.connect(self._look)
        self.correct.clicked.connect(self._want)
        self.show_picture(filed)

    def show_picture(self, filed: FiledImage) -> None:
        """Show what holds now."""
        self._filed = filed
        self._site, self._side = filed.body_site, filed.laterality
        self.view.set_value(filed.view)
        self._why.clear()
        self._look()

    def said(self) -> dict[ImageFactKind, str]:
        """What is said otherwise than it stands."""
        now = {
            ImageFactKind.BODY_SITE: self._site,
            ImageFactKind.LATERALITY: str(self._side or ""),
            ImageFactKind.VIEW: self.view.value() or "",
        }
        return {kind: value for kind, value in now.items() if self._filed.latest(kind) != value}

    def _lay_out(self) -> None:
        self.place.setObjectName("picture-place")
        self.view.setObjectName("picture-view")
        self._why.setObjectName("picture-reason")
        self.correct.setObjectName("picture-correct")
        column = QVBoxLayout(self)
        column.setContentsMargins(2, Space.XS, 2, Space.XS)  # room for the focus ring
        column.setSpacing(Space.M)
        for part in (self.place, self.view, self.reason, self.correct):
            column.addWidget(part)

    def _look(self, *_value: object) -> None:
        self.place.setText(site_caption(self._site, self._side) or self.tr("Choose the place"))
        self.reason.setVisible(bool(self.said()))
        self.correct.setVisible(bool(self.said()))
        self.correct.setEnabled(bool(self._why.text().strip()))

    def _open_map(self) -> None:
        sheet = SiteSheet(self._site, self._side, self)
        sheet.site_chosen.connect(self._choose)
        sheet.open()

    def _choose(self, code: str, side: Laterality | None) -> None:
        self._site, self._side = code, side
        self._look()

    def _want(self) -> None:
        self.wanted.emit(self.said(), self._why.text().strip())
