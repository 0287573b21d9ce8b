"""One program at a time; a crash gives the vault free."""

import os
import signal
import subprocess
import sys

import pytest

from app.store import instance_lock
from app.store.errors import AlreadyOpenError, ReadOnlyFolderError, StoreBusyError
from app.store.instance_lock import InstanceLock
from tests.store.conftest import ROOT, protect

HOLDER = """
import sys
from pathlib import Path
from app.store.instance_lock import InstanceLock
lock = InstanceLock.acquire(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
lock.release()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rooms.clinigraph-lock"


@pytest.fixture
def holder(path):
    """Another process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"held"
    yield process
    process.kill()
    process.communicate()


def test_second_process_is_refused(holder, path):
    with pytest.raises(AlreadyOpenError):
        InstanceLock.acquire(path)


def test_lock_is_free_after_the_other_process_ended(holder, path):
    holder.communicate()

    with InstanceLock.acquire(path):
        assert path.exists()

    assert not path.exists()


def test_lock_is_free_after_the_other_process_was_killed(holder, path):
    os.kill(holder.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    holder.wait()

    assert path.exists()
    with InstanceLock.acquire(path):
        pass

    assert not path.exists()


def test_second_lock_in_the_same_process_is_refused(path):
    with InstanceLock.acquire(path), pytest.raises(AlreadyOpenError):
        InstanceLock.acquire(path)


def test_lock_file_is_empty(path):
    with InstanceLock.acquire(path):
        assert path.stat().st_size == 0


def test_releasing_twice_does_not_free_somebody_elses_lock(path):
    first = InstanceLock.acquire(path)
    first.release()

    with InstanceLock.acquire(path):
        first.release()

        with pytest.raises(AlreadyOpenError):
            InstanceLock.acquire(path)


def test_lock_on_a_removed_file_does_not_count(path, monkeypatch):
    """The holder removes the file between our opening it and our locking it."""
    locks: list[int] = []
    lock = instance_lock._lock

    def remove_once(descriptor):
        if not locks:
            path.unlink()
        locks.append(descriptor)
        lock(descriptor)

    monkeypatch.setattr(instance_lock, "_lock", remove_once)
    with InstanceLock.acquire(path):
        assert len(locks) == 2
        with pytest.raises(AlreadyOpenError):
            InstanceLock.acquire(path)


def test_lock_that_is_always_removed_is_given_up(path, monkeypatch):
    monkeypatch.setattr(instance_lock, "_lock", lambda _: path.unlink())

    with pytest.raises(StoreBusyError):
        InstanceLock.acquire(path)


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be write-protected there")
def test_read_only_folder_is_said(read_only_folder, run_python):
    code = """
        import os, sys
        from pathlib import Path
        from app.store.errors import ReadOnlyFolderError
        from app.store.instance_lock import InstanceLock
        if os.geteuid() == 0:
            os.setuid(65534)
        try:
            InstanceLock.acquire(Path(sys.argv[1]) / "rooms.clinigraph-lock")
        except ReadOnlyFolderError as error:
            print(error.code)
    """
    protect(read_only_folder)

    said = run_python(code, read_only_folder)

    assert said.strip() == ReadOnlyFolderError.code
    assert list(read_only_folder.iterdir()) == []
