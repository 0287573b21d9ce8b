"""The frame of the patient's side: header and page, and no way out of it but its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from app.domain.consent_form import ConsentForm
from app.ui.design.theme import theme
from app.ui.design.tokens import Role
from app.ui.patient_side.header import SideHeader
from app.ui.patient_side.picture_pane import PicturePane
from app.ui.patient_side.print_size import LARGE, MARGIN, NORMAL, PrintSize, side_sheet
from app.ui.patient_side.side_page import SidePage
from app.ui.patient_side.speech import Speech

ABOVE = 28  # px over the header, and between it and the page
BELOW = 32  # px


class SideFrame(QWidget):
    """Shows one page at a time in the form's language and direction, and reads it aloud.

    Signals:
        back_wanted: "Back".
        staff_wanted: Staff wants the screen before the end.
        language_chosen: Argument: BCP 47 tag.
        print_chosen: Larger print, or not. Argument: larger.
    """

    back_wanted = Signal()
    staff_wanted = Signal()
    language_chosen = Signal(str)
    print_chosen = Signal(bool)

    def __init__(self, speech: Speech | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech or Speech(parent=self)
        self._language = ""
        self._page: SidePage | None = None
        self._header: SideHeader | None = None
        self._may_close = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, ABOVE, MARGIN, BELOW)
        self._column.setSpacing(ABOVE)
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setObjectName("patient-side")
        self._speech.ready.connect(self._offer_reading)
        self._speech.speaking_changed.connect(self._reading_changed)

    def page(self) -> SidePage:
        """The page that is on."""
        assert self._page is not None
        return self._page

    def header(self) -> SideHeader:
        """The line above the page."""
        assert self._header is not None
        return self._header

    def dress(self, form: ConsentForm, languages: Sequence[str], size: PrintSize) -> None:
        """Take on a language, its direction and a size of print; the page is to follow."""
        rtl = form.right_to_left
        direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        self._language = form.language
        self.setLayoutDirection(direction)
        self.setStyleSheet(side_sheet(size))
        header = SideHeader(form.patient, languages, form.language, large=size is LARGE)
        header.back.clicked.connect(self.back_wanted)
        header.staff.clicked.connect(self.staff_wanted)
        header.large.toggled.connect(self.print_chosen)
        header.language_chosen.connect(self.language_chosen)
        header.read_aloud.clicked.connect(self._read)
        old, self._header = self._header, header
        self._put(0, old, header)

    def put_on(self, page: SidePage, *, back: bool, staff: bool) -> None:
        """Show a page instead of the present one, which is destroyed.

        Args:
            page: With all that it shows.
            back: Whether there is a page to go back to.
            staff: Whether the header offers the way out for staff.
        """
        self._speech.stop()
        old, self._page = self._page, page
        self._put(1, old, page)
        self.header().back.setVisible(back)
        self.header().staff.setVisible(staff)
        self._offer_reading()
        self.setFocusProxy(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def allow_closing(self) -> None:
        """Staff has the screen again."""
        self._may_close = True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when staff has the screen again."""
        if self._may_close:
            super().closeEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the pictures with the arrows; no other key leads anywhere, Escape least of all."""
        pane = getattr(self._page, "pane", None)
        onward = 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -1
        turns = {Qt.Key.Key_Right: onward, Qt.Key.Key_Left: -onward}
        if isinstance(pane, PicturePane) and event.key() in turns:
            pane.turn(turns[Qt.Key(event.key())])
        event.accept()

    def minimumSizeHint(self) -> QSize:
        """No page may make the window larger than the screen."""
        return QSize(0, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), theme().color(Role.SURFACE))

    def _put(self, place: int, old: QWidget | None, new: QWidget) -> None:
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._column.insertWidget(place, new, place)
        self._column.activate()  # so that it comes on screen in its own size, and only in that
        new.show()

    def _offer_reading(self) -> None:
        if self._header is not None:
            self._header.read_aloud.setVisible(self._speech.can_speak(self._language))

    def _reading_changed(self, reading: bool) -> None:  # noqa: FBT001 - a Qt slot
        if self._header is not None:
            self._header.set_reading(reading)

    def _read(self) -> None:
        if self._speech.is_speaking():
            self._speech.stop()
        else:
            self._speech.say(self.page().spoken, self._language)


def size_of_print(*, large: bool) -> PrintSize:
    """The sizes for normal or large print."""
    return LARGE if large else NORMAL
