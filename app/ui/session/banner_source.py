"""Finds out what the patient banner says about the open visit."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain.ids import EncounterId
from app.domain.patient import Demographics
from app.services.ports import Records
from app.ui.session.banner_content import BannerContent, banner_content, earlier_consents
from app.ui.session.step_page import Session


class BannerSource(QObject):
    """Says who it is at once, and what stands from earlier days as soon as that is read.

    Signals:
        changed: The banner says something else. Argument: a `BannerContent`; None hides it.
        failed: It could not be read. Argument: the exception.
    """

    changed = Signal(object)
    failed = Signal(Exception)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._said: tuple[EncounterId, Demographics] | None = None
        session.encounter_changed.connect(self.look_again)

    def clear(self) -> None:
        """Nobody's session is open."""
        self._said = None
        self.changed.emit(None)

    def look_again(self) -> None:
        """Another visit, or another name, may be open now."""
        encounter = self._session.encounter
        person = self._session.demographics
        if encounter is None or self._said == (encounter.id, person):
            return
        self._said = (encounter.id, person)
        room = self._session.room
        today, forms = room.desk.today(), room.workplace.forms
        self.changed.emit(banner_content(person, None, today=today))

        def read(records: Records) -> tuple[EncounterId, BannerContent]:
            earlier = earlier_consents(
                records, forms, encounter.patient, but=encounter.id, on=today
            )
            return encounter.id, banner_content(person, earlier, today=today)

        room.ask(read, self._tell, on_failure=self.failed.emit)

    def _tell(self, found: tuple[EncounterId, BannerContent]) -> None:
        encounter, content = found
        if self._said is not None and self._said[0] == encounter:
            self.changed.emit(content)
