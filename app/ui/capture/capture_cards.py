"""The column beside the picture: place, view and camera, for the next picture or the picked one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.domain.clinical_image import Laterality, Sensitivity, View
from app.ui.camera.camera_chooser import CameraChooser
from app.ui.capture.cameras import Cameras
from app.ui.capture.description import Description
from app.ui.capture.site_card import SiteCard
from app.ui.capture.todays_pictures import TodaysPictures
from app.ui.capture.view_card import ViewCard
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import SideColumn


class CaptureCards(SideColumn):
    """Shows one description and tells each change of it as a whole new one.

    Signals:
        described: Argument: the Description as it is wanted now.
        all_requested: The place is meant for all of today's pictures.
        camera_changed: Another camera was chosen.
        help_requested: Argument: an error's code.
    """

    described = Signal(object)
    all_requested = Signal()
    camera_changed = Signal()
    help_requested = Signal(str)

    def __init__(
        self, pictures: TodaysPictures, cameras: Cameras | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._pictures = pictures
        self._cameras = cameras
        self._shown = Description()
        self.site = SiteCard()
        self.view = ViewCard()
        self._chooser: CameraChooser | None = None
        self.body.addWidget(self.site)
        self.body.addWidget(self.view)
        if cameras is not None:
            self.body.addWidget(self._camera_card(cameras))
        self.site.site_chosen.connect(self._place)
        self.site.all_requested.connect(self.all_requested)
        self.view.view_chosen.connect(self.choose_view)
        self.view.sensitivity_chosen.connect(self._protect)

    def show_description(self, shown: Description, *, chaperone_open: bool) -> None:
        """Show what is said, with how much of the place there is already."""
        self._shown = shown
        here = [one for one in self._pictures.kept() if shown.same_place(one)]
        done = {one.view for one in here if one.view is not None}
        earlier = [one for one in self._pictures.earlier() if shown.same_place(one)]
        self.site.show_place(shown, earlier=len(earlier), chaperone_open=chaperone_open)
        self.view.show_view(shown.view, done, shown.sensitivity)

    def choose_view(self, view: View) -> None:
        """Say another view."""
        self.described.emit(replace(self._shown, view=view))

    def choose_camera(self) -> None:
        """Open the list of cameras."""
        if self._chooser is not None:
            self._chooser.open_box()

    def chooser(self) -> CameraChooser | None:
        """The list of cameras; None where there is no choice."""
        return self._chooser

    def _place(self, code: str, laterality: Laterality | None) -> None:
        self.described.emit(self._shown.at(code, laterality))

    def _protect(self, sensitivity: Sensitivity) -> None:
        self.described.emit(replace(self._shown, sensitivity=sensitivity))

    def _camera_card(self, cameras: Cameras) -> Card:
        card = Card(self.tr("Camera"))
        chooser = CameraChooser(cameras.inputs, cameras.door)
        chooser.set_network_cameras(cameras.network_cameras())
        chooser.set_choice(cameras.choice())
        chooser.network_camera_added.connect(cameras.add)
        chooser.chosen.connect(cameras.choose)
        chooser.chosen.connect(self._tell_camera)
        chooser.help_requested.connect(self.help_requested)
        for box in chooser.findChildren(QComboBox):
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press leaves Space to the shutter
        card.body.addWidget(chooser)
        self._chooser = chooser
        return card

    def _tell_camera(self, _choice: object) -> None:
        self.camera_changed.emit()
