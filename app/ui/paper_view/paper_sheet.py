"""One kept paper in a sheet: look at it, print it, save it, or note that it is not wanted."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.disclosure import HandOver
from app.domain.document import StoredDocument
from app.errors import KnownError
from app.ui.design.tokens import Space
from app.ui.paper_view.hand_over import PaperHandOver
from app.ui.paper_view.pdf_view import PdfView
from app.ui.room import Room
from app.ui.widgets.buttons import QuietButton, SecondaryButton
from app.ui.widgets.notices import Notice, Tone
from app.ui.widgets.sheet import Sheet, list_height

WIDTH, HEIGHT, LEAST = 760, 460, 160


class PaperSheet(Sheet):
    """Shows a paper; every way out of it is recorded before it is taken."""

    def __init__(
        self, room: Room, host: QWidget, title: str, document: StoredDocument, data: bytes
    ) -> None:
        super().__init__(title, "", host, width=WIDTH)
        self.primary.setText(self.tr("Done"))
        self.secondary.hide()
        self._room = room
        self.view = PdfView(title)
        self.hand_over = PaperHandOver(room, self)
        self.hand_over.set_paper(document, data)
        self.print_button = SecondaryButton(self.tr("Print"), icon="printer")
        self.save_button = SecondaryButton(self.tr("Save for the patient"), icon="save")
        self.decline_button = QuietButton(self.tr("Not wanted"))
        self._notice: Notice | None = None
        self._lay_out()
        self.view.show_pdf(data)
        self.print_button.clicked.connect(self.hand_over.print_copy)
        self.save_button.clicked.connect(self.hand_over.save_copy)
        self.decline_button.clicked.connect(self.hand_over.decline)
        self.hand_over.given.connect(self._given)
        self.hand_over.failed.connect(self._failed)

    def _first(self) -> QWidget:
        """Printing is what one comes for."""
        return self.print_button

    def _lay_out(self) -> None:
        self.print_button.setObjectName("paper-print")
        self.save_button.setObjectName("paper-save")
        self.decline_button.setObjectName("paper-decline")
        self.view.setMinimumHeight(list_height(self, HEIGHT))
        self.body.addWidget(self.view, 1)
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        for button in (self.print_button, self.save_button, self.decline_button):
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)

    def _given(self, way: HandOver) -> None:
        words = {
            HandOver.PRINTED: self.tr("Printed for the patient"),
            HandOver.SAVED: self.tr("Saved for the patient"),
            HandOver.DECLINED: self.tr("The patient did not want a copy"),
        }
        self._say(Notice(Tone.GRANTED, words[way], self.tr("It is noted in the vault.")))
        self._room.changed.emit()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self._say(Notice.for_error(error))
        else:
            self._room.runner.failed.emit(error)

    def _say(self, notice: Notice) -> None:
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = notice
        self.body.insertWidget(0, notice)
        left = list_height(self, HEIGHT) - notice.sizeHint().height() - Space.M
        self.view.setMinimumHeight(max(left, LEAST))
