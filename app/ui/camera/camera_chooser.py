"""Chooses the camera: those at this computer as they come and go, those on the network, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from app.ui.camera.add_camera_sheet import AddCameraSheet
from app.ui.camera.camera_choice import (
    NO_CAMERA,
    CameraChoice,
    CameraKind,
    NetworkCamera,
    StreamDoor,
)
from app.ui.camera.video_inputs import VideoInputs
from app.ui.design.icons import icon
from app.ui.design.theme import theme
from app.ui.design.tokens import TARGET

_SIGNS = {CameraKind.NONE: "x", CameraKind.LOCAL: "camera", CameraKind.NETWORK: "wifi"}
_CHOICE = Qt.ItemDataRole.UserRole


class CameraChooser(QWidget):
    """A box with all cameras; it keeps nothing and opens nothing but the trial picture.

    Signals:
        chosen: The user chose another camera. Argument: the CameraChoice.
        network_camera_added: The user added one; `chosen` follows. Argument: the NetworkCamera.
        help_requested: The user wants the help page. Argument: the error's code.
    """

    chosen = Signal(object)
    network_camera_added = Signal(object)
    help_requested = Signal(str)

    def __init__(
        self, inputs: VideoInputs, door: StreamDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._inputs = inputs
        self._door = door
        self._network: tuple[NetworkCamera, ...] = ()
        self._choice = NO_CAMERA
        self._box = QComboBox()
        self._box.setObjectName("camera-choice")
        self._box.setAccessibleName(self.tr("Camera"))
        self._box.setMinimumHeight(theme().px(TARGET))
        self._box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._box.setMinimumContentsLength(12)
        self._box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._box)
        self.setFocusProxy(self._box)
        inputs.changed.connect(self._list)
        self._box.activated.connect(self._activate)
        self._list()

    def choice(self) -> CameraChoice:
        """What is chosen."""
        return self._choice

    def set_choice(self, choice: CameraChoice) -> None:
        """Choose without telling; a camera that is not there is listed as not connected."""
        self._choice = choice
        self._list()

    def set_network_cameras(self, cameras: Sequence[NetworkCamera]) -> None:
        """Offer these network cameras."""
        self._network = tuple(cameras)
        self._list()

    def network_cameras(self) -> tuple[NetworkCamera, ...]:
        """Those that are offered."""
        return self._network

    def choices(self) -> list[CameraChoice]:
        """All that can be chosen, in the order of the box."""
        known = [*self._local(), *self._remote(), NO_CAMERA]
        kept = {(one.kind, one.key) for one in known}
        if (self._choice.kind, self._choice.key) not in kept:
            known.insert(0, self._choice)
        return known

    def open_box(self) -> None:
        """Show the list, as if the box had been pressed."""
        self._box.setFocus()
        self._box.showPopup()

    def add_network_camera(self) -> AddCameraSheet:
        """Ask for a network camera over the window."""
        taken = [camera.name for camera in self._network]
        sheet = AddCameraSheet(self._door, taken, self.window())
        sheet.camera_added.connect(self._add)
        sheet.help_requested.connect(self.help_requested)
        sheet.open()
        return sheet

    def _local(self) -> list[CameraChoice]:
        listed = self._inputs.listed()
        total = Counter(one.name for one in listed)
        seen: Counter[str] = Counter()
        choices = []
        for one in listed:
            seen[one.name] += 1
            name = one.name if total[one.name] == 1 else f"{one.name} ({seen[one.name]})"
            choices.append(CameraChoice(CameraKind.LOCAL, one.id, name))
        return choices

    def _remote(self) -> list[CameraChoice]:
        return [CameraChoice(CameraKind.NETWORK, one.name, one.name) for one in self._network]

    def _list(self) -> None:
        connected = {(one.kind, one.key) for one in (*self._local(), *self._remote(), NO_CAMERA)}
        self._box.clear()
        for choice in self.choices():
            text = choice.name or self.tr("No camera")
            if (choice.kind, choice.key) not in connected:
                text = self.tr("{camera} (not connected)").format(camera=text)
            self._box.addItem(icon(_SIGNS[choice.kind]), text, choice)
            if (choice.kind, choice.key) == (self._choice.kind, self._choice.key):
                self._box.setCurrentIndex(self._box.count() - 1)
        self._box.insertSeparator(self._box.count())
        self._box.addItem(icon("plus"), self.tr("Add a network camera …"), None)

    def _activate(self, index: int) -> None:
        choice = self._box.itemData(index, _CHOICE)
        if isinstance(choice, CameraChoice):
            self._choose(choice)
        else:
            self._list()  # what is shown stays what is chosen
            self.add_network_camera()

    def _choose(self, choice: CameraChoice) -> None:
        if choice != self._choice:
            self._choice = choice
            self._list()
            self.chosen.emit(choice)

    def _add(self, camera: NetworkCamera) -> None:
        self._network = (*self._network, camera)
        self.network_camera_added.emit(camera)
        self._choose(CameraChoice(CameraKind.NETWORK, camera.name, camera.name))
