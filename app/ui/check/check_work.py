"""Stores checked pictures one after another: reads the original, draws, keeps, assesses."""

from __future__ import annotations

from collections import deque
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.ids import ImageId
from app.domain.picture import EncodedPicture
from app.domain.rendition import Assessment, Rendition
from app.services import checking
from app.services.checking import CheckedPicture
from app.services.ports import Desk, UnitOfWork
from app.ui.check.draft import CheckDraft
from app.ui.room import Room


class CheckWork(QObject):
    """One original is in memory at a time, however fast somebody is.

    Signals:
        stored: Argument: the CheckedPicture as the vault has it now.
        failed: Arguments: the image's id, the exception.
        idle: Nothing is being stored any more.
    """

    stored = Signal(object)
    failed = Signal(str, Exception)
    idle = Signal()

    def __init__(self, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._waiting: deque[CheckDraft] = deque()
        self._now: CheckDraft | None = None

    def is_busy(self) -> bool:
        """Whether something is being stored."""
        return self._now is not None

    def is_storing(self, image: ImageId) -> bool:
        """Whether this picture is being stored, or waits for it."""
        pending = [*self._waiting, *([self._now] if self._now is not None else [])]
        return any(draft.id == image for draft in pending)

    def store(self, draft: CheckDraft) -> None:
        """Store a complete draft."""
        assert draft.complete
        self._waiting.append(draft)
        if self._now is None:
            self._next()

    def _next(self) -> None:
        self._now = self._waiting.popleft() if self._waiting else None
        draft = self._now
        if draft is None:
            self.idle.emit()
        elif draft.drawn:
            self._keep(None)
        else:
            self._room.ask(
                partial(checking.original_of, desk=self._room.desk, image=draft.id),
                self._draw,
                on_failure=self._fail,
            )

    def _draw(self, original: bytes) -> None:
        assert self._now is not None
        self._room.runner.run(
            partial(checking.draw, self._room.workplace.pictures, original, self._now.edits),
            self._keep,
            lane="work",
            on_failure=self._fail,
        )

    def _keep(self, drawn: EncodedPicture | None) -> None:
        assert self._now is not None
        self._room.change(partial(_store, self._now, drawn), self._tell, on_failure=self._fail)

    def _tell(self, kept: tuple[Rendition, Assessment]) -> None:
        draft, self._now = self._now, None
        assert draft is not None
        self.stored.emit(CheckedPicture(draft.filed, *kept))
        self._go_on()

    def _fail(self, error: Exception) -> None:
        draft, self._now = self._now, None
        assert draft is not None
        self.failed.emit(draft.id, error)
        self._go_on()

    def _go_on(self) -> None:
        if self._now is None:
            self._next()


def _store(
    draft: CheckDraft, drawn: EncodedPicture | None, uow: UnitOfWork, desk: Desk
) -> tuple[Rendition, Assessment]:
    rendition = draft.stored.rendition
    if drawn is not None:
        rendition = checking.keep_rendition(uow, desk, draft.id, draft.edits, drawn)
    assert rendition is not None
    answer = draft.identifiable
    assert answer is not None
    return rendition, checking.assess(uow, desk, rendition.id, answer, draft.findings())
