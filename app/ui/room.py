"""An open vault as the window works with it: every question and change goes through here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain.staff import Staff
from app.services.ports import Desk, Records, UnitOfWork
from app.services.reading import view
from app.services.workplace import Workplace
from app.ui.tasks import Progress, Step, Task, TaskRunner

T = TypeVar("T")
Answer = Callable[[T], Any]
Failure = Callable[[Exception], Any]


class Room(QObject):
    """The workplace and the lanes on which its services run.

    Attributes:
        workplace: The open vault with everything that working in it needs.
        runner: The lanes.

    Signals:
        changed: Something in the vault changed; lists look again.
    """

    changed = Signal()

    def __init__(
        self, workplace: Workplace, runner: TaskRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.workplace = workplace
        self.runner = runner

    @property
    def desk(self) -> Desk:
        """Who works here."""
        return self.workplace.desk

    def change(
        self,
        service: Callable[[UnitOfWork, Desk], T],
        on_success: Answer[T],
        *,
        on_failure: Failure | None = None,
    ) -> Future[T]:
        """Run one service that writes, on the store lane: `room.change(lambda uow, desk: …)`."""
        vault, desk = self.workplace.vault, self.desk

        def work() -> T:
            return service(vault.unit_of_work(), desk)

        def told(result: T) -> None:
            on_success(result)
            self.changed.emit()

        return self.runner.run(work, told, lane="store", on_failure=on_failure)

    def ask(
        self,
        question: Callable[[Records], T],
        on_success: Answer[T],
        *,
        on_failure: Failure | None = None,
    ) -> Future[T]:
        """Run one question that only reads, on the read lane."""
        vault, desk = self.workplace.vault, self.desk

        def work() -> T:
            with view(vault, desk) as records:
                return question(records)

        return self.runner.run(work, on_success, lane="read", on_failure=on_failure)

    def work(
        self,
        work: Callable[[Progress], T],
        on_success: Answer[T],
        *,
        on_step: Callable[[Step], Any],
        on_failure: Failure | None = None,
        on_cancelled: Callable[[], Any] | None = None,
    ) -> Task[T]:
        """Run long work on the work lane, with progress and Cancel."""
        return self.runner.run_with_progress(
            work, on_success, on_step=on_step, on_failure=on_failure, on_cancelled=on_cancelled
        )

    def set_staff(self, staff: Staff) -> None:
        """Go on as another, or a changed, member of staff."""
        self.workplace = self.workplace.signed_in_as(staff)
