"""A decoding process that does what a hostile picture could make it do; the data say what."""

from __future__ import annotations

import ctypes
import mmap
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from app.imaging import child
from app.imaging.frames import send
from app.imaging.inspection import inspect
from app.imaging.wire import Job, Request, Result, pack_inspection
from tests.imaging.builders import camera_jpeg

LIBC = ctypes.CDLL(None, use_errno=True)
ANSWERS = 4  # standard output, moved; see child.main


def misbehave(request: Request) -> bytes:
    """Do what the data say; anything else is inspected as usual."""
    if not request.data.startswith(b"do:"):
        return child._inspect(request)
    return FAULTS[request.data.removeprefix(b"do:").decode("ascii")]()


def hang() -> bytes:
    time.sleep(600)
    return b""


def crash() -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def be_killed() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def fail() -> bytes:
    raise AssertionError


def eat_memory() -> bytes:
    return bytes(8 << 30)


def babble() -> bytes:
    return b"nonsense"


def flood() -> bytes:
    os.write(ANSWERS, bytes([Result.DONE]) + (1 << 40).to_bytes(8, "little"))
    return hang()


def answer_with_foreign_code() -> bytes:
    with os.fdopen(os.dup(ANSWERS), "wb", buffering=0) as answers:
        send(answers, 99)
    return hang()


def tell() -> bytes:
    qt = any("PySide6" in name for name in sys.modules)
    return told(f"qt={qt}")


def probe() -> bytes:
    """Try everything that a hostile picture would; tell what was not refused."""
    return told(" ".join(name for name, attempt in ATTEMPTS.items() if succeeds(attempt)))


def told(text: str) -> bytes:
    return pack_inspection(replace(INSPECTED, camera_model=text or "nothing"))


def succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (OSError, ValueError):  # the second from setrlimit
        return False
    return True


def call(number: int, *arguments: object) -> None:
    if LIBC.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "syscall")


def fork() -> None:
    if os.fork() == 0:
        os._exit(0)


ATTEMPTS = {
    "read-a-file": lambda: os.open("/etc/passwd", os.O_RDONLY),
    "write-a-file": lambda: os.open(PROBE, os.O_WRONLY | os.O_CREAT),
    "list-a-folder": lambda: os.listdir("/"),  # noqa: PTH208 - fewer imports
    "remove-a-file": lambda: os.unlink(PROBE),  # noqa: PTH108
    "read-memory-by-file": lambda: os.open("/proc/self/mem", os.O_RDWR),
    "tcp": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "udp": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    "unix-socket": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
    "fork": fork,
    "exec": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606
    "signal-the-program": lambda: os.kill(os.getppid(), 0),
    "trace-the-program": lambda: call(101, 16, os.getppid(), 0, 0),
    "read-the-programs-memory": lambda: call(310, os.getppid(), 0, 0, 0, 0, 0),
    "code-from-data": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC),
    "new-namespace": lambda: call(272, 0x10000000),
    "keyring": lambda: call(250, 0, -3, 0, 0, 0),
    "bpf": lambda: call(321, 0, 0, 0),
    "io-uring": lambda: call(425, 1, 0),
    "more-rights": lambda: os.setuid(0),
    "higher-limits": lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)),
}

FAULTS = {
    "hang": hang,
    "crash": crash,
    "killed": be_killed,
    "fail": fail,
    "memory": eat_memory,
    "babble": babble,
    "flood": flood,
    "foreign code": answer_with_foreign_code,
    "tell": tell,
    "probe": probe,
}
INSPECTED = inspect(camera_jpeg())
PROBE: str = sys.argv[1]
MEMORY_MB: int = int(sys.argv[2])
if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB << 20, MEMORY_MB << 20))
    child.WORK[Job.INSPECT] = misbehave
    child.main()
