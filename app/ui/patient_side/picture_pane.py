"""The picture on a page of the patient's side, with the way to the others below it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.form_wording import PatientTexts, filled
from app.domain.ids import RenditionId
from app.ui.design.tokens import Radius, Role, Space
from app.ui.patient_side.buttons import SideButton
from app.ui.patient_side.picture_shelf import PictureShelf
from app.ui.patient_side.print_size import PrintSize
from app.ui.widgets.buttons import Kind
from app.ui.widgets.pictures import PictureView
from app.ui.widgets.text import Label, Look

ASPECT = (4, 3)  # of the frame; a picture of another shape stands in it on neutral grey


class _Frame(PictureView):
    """Tells when its picture has really been drawn on a screen.

    Signals:
        drawn: The picture was painted while the frame was to be seen.
    """

    drawn = Signal()

    def __init__(self, label: str, parent: QWidget) -> None:
        super().__init__(label, radius=Radius.ANSWER, parent=parent)
        self._told = False
        # Out of the paint event, in which nothing may change what is painted.
        self._tell = QTimer(self)
        self._tell.setSingleShot(True)
        self._tell.timeout.connect(self.drawn)

    def expect(self) -> None:
        """Another picture is put in: tell again when it is drawn."""
        self._told = False
        self._tell.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        super().paintEvent(event)
        if self.has_picture() and self.isVisible() and not self._told:
            self._told = True
            self._tell.start(0)


class PicturePane(QWidget):
    """One picture of several, "Picture 1 of 3" with arrows, and "Not this picture".

    Attributes:
        frame: Where the picture stands.
        back: To the picture before.
        forward: To the next picture.
        leave_out: Takes the picture that is on out of a yes; hidden where there is but one.

    Signals:
        seen: A picture was really on screen. Argument: its rendition.
        lost: A picture cannot be shown. Argument: its rendition.
        turned: Another picture is on. Argument: its rendition.
    """

    seen = Signal(str)
    lost = Signal(str)
    turned = Signal(str)

    def __init__(
        self,
        shelf: PictureShelf,
        says: PatientTexts,
        pictures: Sequence[RenditionId],
        size: PrintSize,
        *,
        left_out: Collection[RenditionId] | None = None,
    ) -> None:
        super().__init__()
        self._shelf = shelf
        self._says = says
        self._pictures = tuple(pictures)
        self._at = 0
        self._asks = left_out is not None
        self._left_out = set(left_out or ())
        self.frame = _Frame("", self)
        self.frame.setObjectName("picture")
        self.back = self._arrow("chevron-left", says.previous_picture, size)
        self.forward = self._arrow("chevron-right", says.next_picture, size)
        self.leave_out = SideButton(
            says.not_this_picture, Kind.SECONDARY, size_px=size.small, icon="square"
        )
        self._where = Label("", Look.PATIENT_BODY, Role.INK_2)
        self._covered = Label(says.covered_note, Look.PATIENT_BODY, Role.INK_2, wrap=True)
        self._below = QWidget(self)
        self._under = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self._connect()
        shelf.fetch(self._pictures)
        self.turn_to(self._pictures[0])

    def current(self) -> RenditionId:
        """The picture that is on."""
        return self._pictures[self._at]

    def left_out(self) -> frozenset[RenditionId]:
        """The pictures that a yes is to leave out."""
        return frozenset(self._left_out)

    def covered_note(self) -> Label:
        """What is said under a picture with a cover."""
        return self._covered

    def take_over(self, other: PicturePane) -> None:
        """Go on where another pane of the same pictures stood."""
        self._left_out = set(other.left_out())
        self.turn_to(other.current())

    def turn_to(self, rendition: RenditionId) -> None:
        """Show one of the pictures."""
        self._at = self._pictures.index(rendition)
        self._show()
        self.turned.emit(rendition)

    def turn(self, by: int) -> None:
        """Go on or back by so many pictures, as far as there are any."""
        at = min(max(self._at + by, 0), len(self._pictures) - 1)
        if at != self._at:
            self.turn_to(self._pictures[at])

    def hasHeightForWidth(self) -> bool:
        """The frame keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that picture and words need in a width."""
        return width * ASPECT[1] // ASPECT[0] + Space.S + self._below_height(width)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(480, self.heightForWidth(480))

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return QSize(96, 72 + Space.S + self._below_height(max(self.width(), 96)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Make room when what stands below the picture changes."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def _below_height(self, width: int) -> int:
        layout = self._below.layout()
        assert layout is not None
        wraps = layout.hasHeightForWidth()
        return layout.totalHeightForWidth(width) if wraps else layout.sizeHint().height()

    def _place(self) -> None:
        """Picture above, the rest below; "Not this picture" beside the arrows if it can be."""
        width = self.width()
        wanted = self._arrows.sizeHint().width() + Space.S + self.leave_out.sizeHint().width()
        beside = self.leave_out.isHidden() or wanted <= width
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._under.setDirection(across if beside else down)
        below = self._below_height(width)
        height = min(width * ASPECT[1] // ASPECT[0], self.height() - below - Space.S)
        self.frame.setGeometry(0, 0, width, max(height, 0))
        self._below.setGeometry(0, max(height, 0) + Space.S, width, below)

    def _build(self) -> None:
        self._where.setProperty("print", "small")
        self._where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._covered.setProperty("print", "small")
        self.leave_out.setObjectName("not-this-picture")
        self.leave_out.setCheckable(True)
        self._arrows = QWidget()
        arrows = QHBoxLayout(self._arrows)
        arrows.setContentsMargins(0, 0, 0, 0)
        arrows.setSpacing(Space.XS)
        arrows.addWidget(self.back)
        arrows.addWidget(self._where)
        arrows.addWidget(self.forward)
        middle = Qt.AlignmentFlag.AlignHCenter if not self._asks else Qt.AlignmentFlag.AlignLeading
        self._under.setSpacing(Space.S)
        self._under.addWidget(self._arrows, 1, middle)
        self._under.addWidget(self.leave_out)
        column = QVBoxLayout(self._below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(self._under)
        column.addWidget(self._covered)
        several = len(self._pictures) > 1  # shown once inside: before, each would be a window
        self.leave_out.setVisible(several and self._asks)
        self._arrows.setVisible(several)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _connect(self) -> None:
        self.back.clicked.connect(self._turn_back)
        self.forward.clicked.connect(self._turn_on)
        self.leave_out.toggled.connect(self._leave_out)
        self.frame.drawn.connect(self._drawn)
        self._shelf.arrived.connect(self._arrived)
        self._shelf.failed.connect(self._failed)

    def _arrow(self, icon: str, label: str, size: PrintSize) -> SideButton:
        button = SideButton("", Kind.QUIET, size_px=size.small, icon=icon)
        button.setAccessibleName(label)
        button.setToolTip(label)
        button.setObjectName(f"picture-{icon}")
        return button

    def _show(self) -> None:
        rendition, total = self.current(), len(self._pictures)
        where = filled(self._says.picture_of, n=self._at + 1, m=total)
        shown = self._shelf.picture(rendition)
        self.frame.expect()
        self.frame.setAccessibleName(where)
        self.frame.set_picture(shown.pixmap if shown else None)
        self._where.setText(where)
        self._covered.setVisible(shown is not None and shown.covered)
        self.back.setEnabled(self._at > 0)
        self.forward.setEnabled(self._at < total - 1)
        self.leave_out.setChecked(rendition in self._left_out)
        if self._shelf.lost(rendition):
            self.lost.emit(rendition)

    def _turn_back(self) -> None:
        self.turn(-1)

    def _turn_on(self) -> None:
        self.turn(1)

    def _leave_out(self, checked: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.leave_out.set_icon("square-check" if checked else "square")
        if checked:
            self._left_out.add(self.current())
        else:
            self._left_out.discard(self.current())

    def _drawn(self) -> None:
        self.seen.emit(self.current())

    def _arrived(self, rendition: str) -> None:
        if rendition == self.current():
            self._show()

    def _failed(self, rendition: str, _error: Exception) -> None:
        if rendition == self.current():
            self._show()
