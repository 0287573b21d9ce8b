import signal
import threading

import pytest

from app.cli.interruption import uninterrupted


@pytest.fixture(autouse=True)
def handler():
    """The handler with which the program starts; whatever a test leaves is put back."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted_step(rest):
    with uninterrupted():
        signal.raise_signal(signal.SIGINT)
        rest()


def test_ctrl_c_waits_until_the_step_is_done():
    done = []

    with pytest.raises(KeyboardInterrupt):
        interrupted_step(lambda: done.append("the rest of the step"))

    assert done
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_without_ctrl_c_nothing_happens():
    with uninterrupted():
        pass

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_failure_of_the_step_comes_first():
    def fail():
        raise ValueError("step")

    with pytest.raises(ValueError, match="step"):
        interrupted_step(fail)

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_who_ignores_ctrl_c_goes_on_doing_so():
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    with uninterrupted():
        signal.raise_signal(signal.SIGINT)

    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_on_another_thread_there_is_nothing_to_wait_for():
    entered = []

    def work():
        with uninterrupted():
            entered.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert entered == [signal.default_int_handler]
