"""Runs functions in the background: the one way in which the window uses threads."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")
Lane = Literal["store", "read", "work", "slow"]

_LOW_PRIORITY = 10
REPORT_EVERY_S = 1 / 30  # a progress bar needs no more; more would flood the event loop


class WorkCancelled(Exception):  # noqa: N818 - an answer, not a failure
    """Raised inside work by `Progress.checkpoint` when the user pressed Cancel."""


@dataclass(frozen=True)
class Step:
    """How far work has come.

    Attributes:
        total: 0 while it is not known.
        what: What is being done, for the user to read.
    """

    done: int
    total: int
    what: str = ""


class Progress:
    """What work is handed to tell how far it is and to learn that it is no longer wanted."""

    def __init__(self, tell: Callable[[Step], None]) -> None:
        self._tell = tell
        self._cancelled = threading.Event()
        self._told_at = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether the user pressed Cancel."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next checkpoint. From any thread."""
        self._cancelled.set()

    def checkpoint(self) -> None:
        """Stop here when cancelled.

        Raises:
            WorkCancelled: The user pressed Cancel.
        """
        if self.cancelled:
            raise WorkCancelled

    def report(self, done: int, total: int = 0, what: str = "") -> None:
        """Tell how far the work is, and stop here when cancelled.

        Raises:
            WorkCancelled: The user pressed Cancel.
        """
        self.checkpoint()
        now = time.monotonic()
        if done >= total or now - self._told_at >= REPORT_EVERY_S:
            self._told_at = now
            self._tell(Step(done, total, what))


@dataclass(frozen=True)
class Task(Generic[T]):
    """Work that was started with `run_with_progress`."""

    future: Future[T]
    progress: Progress

    def cancel(self) -> None:
        """Stop it: at once when it has not begun, else at its next checkpoint."""
        self.progress.cancel()
        self.future.cancel()


@dataclass(frozen=True)
class _Answers:
    on_success: Callable[[Any], Any]
    on_failure: Callable[[Exception], Any] | None
    on_cancelled: Callable[[], Any] | None = None


class TaskRunner(QObject):
    """Run functions in the background and hand their results to the GUI thread.

    The store lane has one thread: everything that writes to the database is serial, in order, and
    on the thread that opened the connection. The read lane has two, for read-only connections. The
    work lane decodes, renders and sends. The slow lane has one, which lets all others go first. A
    callback that is a bound method of a widget which is gone by then is not called.

    Signals:
        failed: An exception that no caller handled. Argument: the exception.
        busy_changed: Work began while nothing ran, or the last work ended. Argument: busy or not.
    """

    failed = Signal(Exception)
    busy_changed = Signal(bool)
    _finished = Signal(object)
    _stepped = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        parallel = max(2, min(4, (os.cpu_count() or 2) - 1))
        self._lanes: dict[Lane, ThreadPoolExecutor] = {
            "store": ThreadPoolExecutor(max_workers=1, thread_name_prefix="store"),
            "read": ThreadPoolExecutor(max_workers=2, thread_name_prefix="read"),
            "work": ThreadPoolExecutor(max_workers=parallel, thread_name_prefix="work"),
            "slow": ThreadPoolExecutor(
                max_workers=1, thread_name_prefix="slow", initializer=_give_way
            ),
        }
        self._open: dict[Future[Any], Lane] = {}
        self._running: set[Progress] = set()
        self._retired = self._closed = False
        # Queued also from this thread: cancelling a future calls back inside the call to cancel().
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._deliver_step, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        on_success: Callable[[T], Any],
        *,
        lane: Lane = "store",
        on_failure: Callable[[Exception], Any] | None = None,
    ) -> Future[T]:
        """Start `work` in a lane; call back on the GUI thread. `work` must not touch a widget."""
        return self._submit(lane, work, _Answers(on_success, on_failure))

    def run_with_progress(
        self,
        work: Callable[[Progress], T],
        on_success: Callable[[T], Any],
        *,
        on_step: Callable[[Step], Any],
        lane: Lane = "work",
        on_failure: Callable[[Exception], Any] | None = None,
        on_cancelled: Callable[[], Any] | None = None,
    ) -> Task[T]:
        """Start work that tells how far it is and can be cancelled; call back on the GUI thread."""

        def tell(step: Step) -> None:
            self._stepped.emit((on_step, step))

        progress = Progress(tell)
        self._running.add(progress)
        answers = _Answers(on_success, on_failure, on_cancelled)
        future = self._submit(lane, partial(work, progress), answers, progress)
        return Task(future, progress)

    def is_busy(self) -> bool:
        """Whether work is under way or its answer has not been handed over yet."""
        return bool(self._open)

    def retire(self) -> None:
        """Give it up without waiting: answers are no longer handed over, threads end when idle."""
        self._retired = self._closed = True
        for progress in tuple(self._running):
            progress.cancel()
        for executor in self._lanes.values():
            executor.shutdown(wait=False, cancel_futures=True)

    def shutdown(self) -> None:
        """Finish what writes, cancel the rest, wait for what runs, and end all threads."""
        self._closed = True
        for progress in tuple(self._running):
            progress.cancel()
        for future, lane in tuple(self._open.items()):
            if lane != "store":
                future.cancel()
        wait(tuple(self._open))
        for executor in self._lanes.values():
            executor.shutdown(wait=True)

    def _submit(
        self,
        lane: Lane,
        work: Callable[[], T],
        answers: _Answers,
        progress: Progress | None = None,
    ) -> Future[T]:
        assert QThread.currentThread() is self.thread(), "start background work on the GUI thread"
        if self._closed:  # a page that is about to go asks once more: nobody waits for the answer
            unwanted: Future[T] = Future()
            unwanted.cancel()
            return unwanted
        future = self._lanes[lane].submit(work)
        self._open[future] = lane
        if len(self._open) == 1:
            self.busy_changed.emit(self.is_busy())

        def done(finished: Future[T]) -> None:
            self._finished.emit((finished, answers, progress))

        future.add_done_callback(done)
        return future

    @Slot(object)
    def _deliver_step(self, told: tuple[Callable[[Step], Any], Step]) -> None:
        on_step, step = told
        if _alive(on_step) and not self._retired:
            on_step(step)

    @Slot(object)
    def _deliver(self, finished: tuple[Future[Any], _Answers, Progress | None]) -> None:
        future, answers, progress = finished
        self._open.pop(future, None)
        if progress is not None:
            self._running.discard(progress)
        if not self._open:
            self.busy_changed.emit(self.is_busy())
        if self._retired:
            return
        if future.cancelled():
            _call(answers.on_cancelled)
            return
        error = future.exception()
        if error is None:
            _call(answers.on_success, future.result())
        elif isinstance(error, WorkCancelled):
            _call(answers.on_cancelled)
        else:
            self._deliver_failure(error, answers)

    def _deliver_failure(self, error: BaseException, answers: _Answers) -> None:
        if isinstance(error, Exception):
            if answers.on_failure is None:
                self.failed.emit(error)
            else:
                _call(answers.on_failure, error)
            return
        # A bug: raised as it is, SystemExit would end the program without a word.
        raise RuntimeError("work ended in an exception that is none") from error


def _give_way() -> None:
    """Let every other thread go first; Linux counts a thread as a process here, others do not."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOW_PRIORITY)


def _call(callback: Callable[..., Any] | None, *values: Any) -> None:  # noqa: ANN401
    if callback is not None and _alive(callback):
        callback(*values)


def _alive(callback: Callable[..., Any]) -> bool:
    owner = getattr(callback, "__self__", None)
    if isinstance(callback, partial):
        return _alive(callback.func)
    return not isinstance(owner, QObject) or isValid(owner)
