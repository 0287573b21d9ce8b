"""Work runs in its lane, answers on the GUI thread, and leaves no failure unseen."""

import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QWidget

from app.ui.tasks import TaskRunner, WorkCancelled


class Page(QWidget):
    """Remembers what it was told, and on which thread."""

    def __init__(self):
        super().__init__()
        self.told = []

    def take(self, value):
        self.told.append((value, QThread.currentThread() is self.thread()))

    def take_named(self, name, value):
        self.told.append((name, value))


@pytest.fixture
def page(qtbot):
    made = Page()
    qtbot.addWidget(made)
    return made


def test_a_result_comes_back_on_the_gui_thread(qtbot, runner, page):
    runner.run(lambda: threading.current_thread().name, page.take)

    qtbot.waitUntil(lambda: bool(page.told))
    [(thread, on_gui)] = page.told
    assert thread.startswith("store")
    assert on_gui


def test_the_store_lane_is_one_thread_in_order(qtbot, runner):
    seen: list[tuple[int, int]] = []
    for number in range(20):
        work = partial(lambda value: (value, threading.get_ident()), number)
        runner.run(work, seen.append)

    qtbot.waitUntil(lambda: len(seen) == 20)

    assert [value for value, _thread in seen] == list(range(20))
    assert len({thread for _value, thread in seen}) == 1


@pytest.mark.parametrize("lane", ["read", "work"])
def test_other_lanes_run_two_at_a_time(qtbot, runner, lane):
    both = threading.Barrier(2, timeout=10)
    seen: list[object] = []
    for _ in range(2):
        runner.run(both.wait, seen.append, lane=lane)

    qtbot.waitUntil(lambda: len(seen) == 2)


def test_a_failure_goes_to_its_caller(qtbot, runner):
    seen: list[object] = []

    runner.run(lambda: 1 // 0, seen.append, on_failure=seen.append)

    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], ZeroDivisionError)


def test_a_failure_that_nobody_takes_is_told(qtbot, runner, page):
    with qtbot.waitSignal(runner.failed) as caught:
        runner.run(lambda: 1 // 0, page.take)

    assert isinstance(caught.args[0], ZeroDivisionError)
    assert page.told == []


def test_a_page_that_is_gone_is_not_called(qtbot, runner):
    gone, seen = Page(), list[object]()
    begun = threading.Event()
    runner.run(begun.wait, gone.take)
    runner.run(begun.wait, partial(gone.take_named, "x"))
    gone.deleteLater()
    with qtbot.waitSignal(gone.destroyed):
        pass
    begun.set()

    runner.run(lambda: "after", seen.append)

    qtbot.waitUntil(lambda: seen == ["after"])
    assert not runner.is_busy()


def test_a_partial_of_a_living_page_is_called(qtbot, runner, page):
    runner.run(lambda: 7, partial(page.take_named, "seven"))

    qtbot.waitUntil(lambda: page.told == [("seven", 7)])


def test_progress_is_told_on_the_gui_thread(qtbot, runner, page):
    def work(progress):
        for done in range(1, 4):
            progress.report(done, 3, "Importing")
        return "all"

    runner.run_with_progress(work, page.take, on_step=page.take)

    qtbot.waitUntil(lambda: ("all", True) in page.told)
    steps = [told for told, _on_gui in page.told if told != "all"]
    assert (steps[-1].done, steps[-1].total, steps[-1].what) == (3, 3, "Importing")
    assert all(on_gui for _told, on_gui in page.told)


def test_many_steps_do_not_flood_the_window(qtbot, runner, page):
    def work(progress):
        for done in range(50_000):
            progress.report(done, 50_000)

    runner.run_with_progress(work, page.take, on_step=page.take)

    qtbot.waitUntil(lambda: not runner.is_busy(), timeout=20_000)
    assert len(page.told) < 1_000


def test_cancelling_stops_at_the_next_checkpoint(qtbot, runner):
    begun, seen = threading.Event(), list[object]()

    def work(progress):
        begun.set()
        while True:
            progress.checkpoint()

    task = runner.run_with_progress(
        work, seen.append, on_step=seen.append, on_cancelled=lambda: seen.append("cancelled")
    )
    begun.wait()
    task.cancel()

    qtbot.waitUntil(lambda: seen == ["cancelled"])
    assert task.progress.cancelled
    assert isinstance(task.future.exception(), WorkCancelled)


def test_cancelling_what_has_not_begun(qtbot, runner):
    hold, seen = threading.Event(), list[object]()
    runner.run(hold.wait, seen.append)
    task = runner.run_with_progress(
        lambda _progress: "never",
        seen.append,
        on_step=seen.append,
        lane="store",
        on_cancelled=lambda: seen.append("cancelled"),
    )

    task.cancel()
    qtbot.waitUntil(lambda: "cancelled" in seen)
    hold.set()

    qtbot.waitUntil(lambda: not runner.is_busy())
    assert "never" not in seen


def test_cancelling_without_anyone_to_tell(qtbot, runner):
    hold = threading.Event()
    runner.run(hold.wait, lambda _: None)
    future = runner.run(lambda: "never", lambda _: None)

    assert future.cancel()
    hold.set()

    qtbot.waitUntil(lambda: not runner.is_busy())


def test_busy_begins_and_ends_once(qtbot, runner):
    seen, hold = list[bool](), threading.Event()
    runner.busy_changed.connect(seen.append)
    for _ in range(3):
        runner.run(hold.wait, lambda _: None)
    hold.set()

    qtbot.waitUntil(lambda: not runner.is_busy())
    assert seen == [True, False]


def test_shutting_down_finishes_what_writes_and_drops_the_rest(qtbot, qapp):
    runner, written, begun = TaskRunner(), list[int](), threading.Event()

    def endless(progress):
        begun.set()
        while True:
            progress.checkpoint()

    for number in range(5):
        runner.run(partial(written.append, number), lambda _: None)
    runner.run_with_progress(endless, lambda _: None, on_step=lambda _: None)
    begun.wait()

    runner.shutdown()

    assert written == [0, 1, 2, 3, 4]
    qtbot.waitUntil(lambda: not runner.is_busy())
    runner.deleteLater()


def test_what_is_no_ordinary_exception_is_not_swallowed(qtbot, runner):
    def work():
        raise SystemExit(3)

    with qtbot.captureExceptions() as caught:
        runner.run(work, lambda _: None)
        qtbot.waitUntil(lambda: not runner.is_busy())

    [(kind, value, _trace)] = caught
    assert kind is RuntimeError
    assert isinstance(value.__cause__, SystemExit)


def test_work_is_started_on_the_gui_thread_only(qtbot, runner):
    with qtbot.waitSignal(runner.failed) as caught:
        runner.run(lambda: runner.run(int, QObject), QObject)

    assert isinstance(caught.args[0], AssertionError)


@pytest.mark.parametrize("end", [TaskRunner.retire, TaskRunner.shutdown])
def test_a_page_that_is_about_to_go_may_still_ask_and_hears_nothing(qapp, page, end):
    runner = TaskRunner()
    end(runner)

    future = runner.run(lambda: 1, page.take, lane="read")

    assert future.cancelled()
    assert page.told == []
    assert not runner.is_busy()
    runner.shutdown()
    runner.deleteLater()
