"""Asks for a network camera, and shows its picture before it is saved."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.errors import KnownError
from app.ui.camera.camera_choice import NetworkCamera, StreamDoor
from app.ui.camera.stream_source import StreamSource
from app.ui.camera.viewfinder import Viewfinder
from app.ui.design.tokens import Space
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.fields import Field
from app.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from app.ui.camera.frame_source import FrameSource

NAME_LENGTH = 60  # fits the combo box at large print


class AddCameraSheet(Sheet):
    """Name, address and, where the camera asks for them, user name and password.

    Signals:
        camera_added: The user saved it. Argument: the NetworkCamera.
        help_requested: The user wants the help page. Argument: the error's code.
    """

    camera_added = Signal(object)
    help_requested = Signal(str)

    def __init__(self, door: StreamDoor, taken: Collection[str], host: QWidget) -> None:
        self._door = door
        self._taken = {name.casefold() for name in taken}
        self._trial: FrameSource | None = None
        super().__init__("", "", host, width=560)
        title = self.tr("Add a network camera")
        self.title.setText(title)
        self.setAccessibleName(title)
        self.primary.setText(self.tr("Add camera"))
        self._name = self._line("camera-name", self.tr("Name"))
        self._address = self._line("camera-address", self.tr("Address"))
        self._user = self._line("camera-user", self.tr("User name"))
        self._password = self._line("camera-password", self.tr("Password"))
        self._password.input.setEchoMode(QLineEdit.EchoMode.Password)
        self._try = SecondaryButton(self.tr("Try it"), icon="play")
        self._try.setObjectName("camera-try")
        self._picture = Viewfinder()
        self._arrange()
        self._try.clicked.connect(self._try_it)
        self._picture.help_requested.connect(self.help_requested)
        self._typed()

    def accept(self) -> None:
        """Save, unless something is wrong with the address."""
        address = self._whole_address()
        if address is not None:
            self.camera_added.emit(NetworkCamera(self._name.input.text().strip(), address))
            super().accept()

    def done(self, result: int) -> None:
        """Close, and let the camera go."""
        self._end_trial()
        super().done(result)

    def _line(self, object_name: str, label: str) -> _LineField:
        field = _LineField(label)
        field.input.setObjectName(object_name)
        field.input.textChanged.connect(self._typed)
        return field

    def _arrange(self) -> None:
        self._name.input.setMaxLength(NAME_LENGTH)
        self._address.input.setPlaceholderText("rtsp://192.168.1.20/stream1")
        self._address.set_hint(self.tr("As the camera's manual names it"))
        self._user.set_hint(self.tr("If the camera asks for it"))
        self._picture.setMinimumHeight(200)
        self._picture.setVisible(False)
        login = QHBoxLayout()
        login.setSpacing(Space.M)
        for field in (self._user, self._password):
            login.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        trial = QHBoxLayout()
        trial.addWidget(self._try)
        trial.addStretch(1)
        self.body.setSpacing(Space.M)
        self.body.addWidget(self._name)
        self.body.addWidget(self._address)
        self.body.addLayout(login)
        self.body.addLayout(trial)
        self.body.addWidget(self._picture)

    def _typed(self) -> None:
        """What was tried is not what would be saved any more."""
        self._end_trial()
        self._address.set_error("")
        name = self._name.input.text().strip()
        taken = name.casefold() in self._taken
        self._name.set_error(self.tr("Another camera has this name") if taken else "")
        complete = bool(name and self._address.input.text().strip()) and not taken
        self.primary.setEnabled(complete)
        self._try.setEnabled(bool(self._address.input.text().strip()))

    def _whole_address(self) -> str | None:
        texts = (field.input.text() for field in (self._address, self._user, self._password))
        try:
            return self._door.address(*texts)
        except KnownError as error:
            self._address.set_error(error.advice.format(**error.facts))
            self._address.input.setFocus()
            return None

    def _try_it(self) -> None:
        self._end_trial()
        address = self._whole_address()
        if address is None:
            return
        self._trial = StreamSource(self._door.open(address), self)
        self._trial.start()
        self._picture.watch(self._trial)
        self._picture.setVisible(True)
        self._place()

    def _end_trial(self) -> None:
        trial, self._trial = self._trial, None
        if trial is not None:
            self._picture.watch(None)
            self._picture.setVisible(False)
            trial.stop()
            trial.deleteLater()
            self._place()


class _LineField(Field):
    """A field whose input is known to be a line."""

    input: QLineEdit

    def __init__(self, label: str) -> None:
        super().__init__(label, QLineEdit())
