"""Wrong passphrases make the next attempt wait; nobody is locked out."""

import pytest

from app.store.errors import TooManyAttemptsError
from app.store.unlock_throttle import UnlockThrottle


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def waits_after(throttle, clock, failures):
    waits = []
    for _ in range(failures):
        clock.now += throttle.wait_s()
        throttle.record_failure()
        waits.append(throttle.wait_s())
    return waits


def test_waits_double_up_to_five_minutes():
    clock = Clock()
    throttle = UnlockThrottle(clock)

    waits = waits_after(throttle, clock, 14)

    assert waits == [0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]


def test_attempt_is_refused_until_the_wait_is_over():
    clock = Clock()
    throttle = UnlockThrottle(clock)
    waits_after(throttle, clock, 4)

    clock.now += 3.5
    with pytest.raises(TooManyAttemptsError) as caught:
        throttle.require_admitted()
    clock.now += 0.5
    throttle.require_admitted()

    assert caught.value.facts == {"seconds": 1}


def test_success_forgets_the_failures():
    clock = Clock()
    throttle = UnlockThrottle(clock)
    waits_after(throttle, clock, 8)

    throttle.record_success()

    assert throttle.failures == 0
    assert throttle.wait_s() == 0
    assert waits_after(throttle, clock, 3) == [0, 0, 2]


def test_failures_kept_over_a_restart_still_make_wait():
    throttle = UnlockThrottle(Clock(), failures=1_000_000)

    assert throttle.wait_s() == 300
