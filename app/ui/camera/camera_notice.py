"""What stands where the live picture would be while there is none: why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.errors import KnownError
from app.ui.camera.frame_source import CameraState, CameraStatus
from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.widgets.buttons import QuietButton, SecondaryButton
from app.ui.widgets.signs import Busy, Sign
from app.ui.widgets.text import Label, Look, Paragraph

TEXT_WIDTH = 360  # px; some 60 characters, a comfortable line


class Action(StrEnum):
    """What the notice offers."""

    NONE = ""
    CHOOSE = "choose"
    RETRY = "retry"
    START = "start"


@dataclass(frozen=True, slots=True)
class NoticeText:
    """One notice.

    Attributes:
        icon: Lucide name; "" shows the wheel that turns.
        code: Of the error, "" without one.
    """

    icon: str
    title: str
    text: str = ""
    action: Action = Action.NONE
    code: str = ""


def notice_for(status: CameraStatus | None) -> NoticeText:
    """What to say in a status; None when no camera is chosen."""
    if status is None:
        return NoticeText(
            "camera",
            _tr("No camera is chosen"),
            _tr("Choose a camera to see its picture here. Pictures can also be imported."),
            Action.CHOOSE,
        )
    if status.problem is not None:
        return _problem(status.problem)
    if status.state is CameraState.STOPPED:
        return NoticeText(
            "pause", _tr("The camera is off"), _tr("Other programs can use it now."), Action.START
        )
    return NoticeText("", _tr("Opening the camera …"), _tr("The first picture comes in a moment."))


def _problem(problem: KnownError) -> NoticeText:
    return NoticeText(
        "image-off",
        problem.message.format(**problem.facts),
        problem.advice.format(**problem.facts),
        Action.RETRY,
        problem.code,
    )


class CameraNotice(QWidget):
    """Sign, sentence, advice and one action in the middle of the well.

    Signals:
        acted: The user took the offer. Argument: the Action.
        help_requested: The user wants the help page. Argument: the error's code.
    """

    acted = Signal(object)
    help_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice = notice_for(None)
        self._sign = Sign("camera", Role.INK_3, 40)
        self._busy = Busy(self.tr("Opening the camera"), 32)
        self._title = Label("", Look.EMPHASIS, wrap=True)
        self._text = Paragraph("", Look.BODY, Role.INK_2)
        self._act = SecondaryButton("", icon="refresh-cw")
        self._act.setObjectName("camera-action")
        self._help = QuietButton("", icon="circle-help")
        self._help.setObjectName("camera-help")
        self._build()
        self._act.clicked.connect(self._offer)
        self._help.clicked.connect(self._ask_help)
        self.show_notice(self._notice)

    def notice(self) -> NoticeText:
        """What is shown."""
        return self._notice

    def show_notice(self, notice: NoticeText) -> None:
        """Show another one."""
        self._notice = notice
        self._sign.setVisible(bool(notice.icon))
        self._busy.setVisible(not notice.icon)
        if notice.icon:
            self._sign.set_sign(notice.icon, Role.INK_3)
        self._title.setText(notice.title)
        self._text.setText(notice.text)
        label, sign = self._offers()[notice.action]
        self._act.setText(label)
        self._act.set_icon(sign)
        self._act.setVisible(notice.action is not Action.NONE)
        self._help.setText(self.tr("Help ({code})").format(code=notice.code))
        self._help.setVisible(bool(notice.code))
        self._fit()
        self.setAccessibleName(notice.title)
        self.setAccessibleDescription(notice.text)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(theme().px(TEXT_WIDTH), theme().px(220))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._fit()

    def _offers(self) -> dict[Action, tuple[str, str]]:
        return {
            Action.NONE: ("", ""),
            Action.CHOOSE: (self.tr("Choose a camera"), "camera"),
            Action.RETRY: (self.tr("Try again"), "refresh-cw"),
            Action.START: (self.tr("Switch it on"), "play"),
        }

    def _build(self) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addStretch(1)
        buttons.addWidget(self._act)
        buttons.addWidget(self._help)
        buttons.addStretch(1)
        page = QVBoxLayout(self)
        page.setSpacing(Space.S)
        page.addStretch(2)
        for sign in (self._sign, self._busy):
            page.addWidget(sign, 0, middle)
        page.addSpacing(Space.S)
        for label in (self._title, self._text):
            label.setAlignment(middle)
            page.addWidget(label, 0, middle)
        page.addSpacing(Space.S)
        page.addLayout(buttons)
        page.addStretch(3)

    def _fit(self) -> None:
        """Give the texts the height that they need in the room there is."""
        width = max(1, min(self.width() - 2 * Space.L, theme().px(TEXT_WIDTH)))
        for label in (self._title, self._text):
            label.ensurePolished()
            label.setMinimumSize(0, 0)  # or it would never ask for less than it has
            label.setFixedSize(width, label.heightForWidth(width))

    def _offer(self) -> None:
        self.acted.emit(self._notice.action)

    def _ask_help(self) -> None:
        self.help_requested.emit(self._notice.code)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CameraNotice", text)
