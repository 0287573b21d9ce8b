import threading
import time
from datetime import UTC, datetime, timedelta

from app import system_clock
from app.system_clock import SystemClock, local_zone


def test_now_is_aware_and_in_utc():
    before = datetime.now(UTC)
    now = SystemClock().now()

    assert now.utcoffset() == timedelta(0)
    assert before <= now <= datetime.now(UTC)


def test_ids_are_of_version_7_and_of_this_moment():
    made_ms = int(SystemClock().new_id().replace("-", "")[:12], 16)

    assert abs(made_ms - time.time() * 1000) < 10_000
    assert SystemClock().new_id()[14] == "7"


def test_time_of_ids_never_goes_back(monkeypatch):
    clock = SystemClock()
    first = clock.new_id()
    monkeypatch.setattr(system_clock.time, "time_ns", lambda: 0)

    second = clock.new_id()

    assert second[:13] >= first[:13]


def test_ids_of_all_threads_are_different():
    clock = SystemClock()
    made: list[str] = []

    def make():
        made.extend(clock.new_id() for _ in range(500))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 2000


def test_zone_is_the_computers():
    now = datetime.now(UTC)

    assert now.astimezone(local_zone()).utcoffset() == now.astimezone().utcoffset()
