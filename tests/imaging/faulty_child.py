"""A decoding process that does what a hostile picture could make it do; the data say what."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

from app.imaging import child
from app.imaging.frames import send
from app.imaging.inspection import inspect
from app.imaging.wire import Job, Request, Result, pack_inspection
from tests.imaging.builders import camera_jpeg


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
    return pack_inspection(replace(inspect(camera_jpeg()), camera_model=confinement()))


def confinement() -> str:
    """What this process may do, told as a text."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    files = os.listdir("/proc/self/fd")  # noqa: PTH208 - fewer imports
    written = "yes"
    try:
        with Path(PROBE).open("wb") as probe:
            probe.write(b"patient")
    except OSError:
        written = "no"
    dropped = "NoNewPrivs:\t1" in status
    qt = any("PySide6" in name for name in sys.modules)
    nice = os.nice(0)
    return f"dropped={dropped} files={len(files)} written={written} qt={qt} nice={nice}"


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
}
PROBE, MEMORY_MB = sys.argv[1], int(sys.argv[2])
ANSWERS = 4  # standard output, moved; see child.main

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB << 20, MEMORY_MB << 20))
    child.WORK[Job.INSPECT] = misbehave
    child.main()
