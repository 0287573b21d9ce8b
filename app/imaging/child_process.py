"""One decoding process as the program sees it: started, asked, ended."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import app
from app.imaging.errors import DecoderCrashedError, DecoderTimeoutError
from app.imaging.frames import FrameError, receive
from app.imaging.windows_job import job_on_this_computer
from app.imaging.wire import Request, Result, send_request

log = logging.getLogger(__name__)

CHILD_FLAG: Final = "--decode-pictures"
"""With this first argument a frozen program calls `app.imaging.child.main` and nothing else."""

START_TIMEOUT_S: Final = 30.0
ENDING_TIMEOUT_S: Final = 10.0
PIPE_BYTES: Final = 1 << 20  # where the system lets us; fewer turns for a file of some MB
START_FLAGS: Final = 0x08004000 if sys.platform == "win32" else 0
"""CREATE_NO_WINDOW and BELOW_NORMAL_PRIORITY_CLASS; winbase.h. Elsewhere see `confine`."""

MAX_LAYERS_BYTES: Final = 200

KEPT_ENVIRONMENT: Final = ("SYSTEMROOT",)
"""Python on Windows does not start without it."""


def child_command() -> tuple[str, ...]:
    """How this program starts a decoding process."""
    if getattr(sys, "frozen", False):
        return (sys.executable, CHILD_FLAG)
    return (sys.executable, "-s", "-P", "-B", "-X", "utf8", "-m", "app.imaging.child")


def child_environment() -> dict[str, str]:
    """The few variables that a decoding process gets; nothing of the user's."""
    kept = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    return kept | {
        "PYTHONPATH": str(Path(app.__file__).parent.parent),
        "LC_ALL": "C.UTF-8",
        "OMP_NUM_THREADS": "2",
        "OPENBLAS_NUM_THREADS": "1",  # each thread would reserve address space
        "MALLOC_ARENA_MAX": "2",
    }


class ChildProcess:
    """A process that is started when it is first needed and replaced when it has failed.

    Only one thread uses it at a time; `forbid` may be called by any.

    Attributes:
        jobs_done: By the process that runs now.
        layers: What confines the process that runs now; see `confinement.Layer`.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._forbidden = False
        self._guard = threading.Lock()
        self.jobs_done = 0
        self.layers: tuple[str, ...] = ()

    @property
    def running(self) -> bool:
        """Whether a process is there and alive."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process and wait until it is ready, unless it runs.

        Raises:
            DecoderCrashedError: It ended or did not say that it is ready.
            DecoderTimeoutError: It was not ready in time.
        """
        if self.running:
            return
        self.end()
        with self._guard:
            if self._forbidden:
                raise DecoderCrashedError
            try:
                self._process = self._launched()
            except OSError as error:
                raise DecoderCrashedError from error
        self.jobs_done = 0
        with self._watched(START_TIMEOUT_S) as (_, output):
            code, layers = receive(output, MAX_LAYERS_BYTES)
            if code != Result.READY:
                raise FrameError
        self.layers = tuple(layers.decode("ascii", "replace").split())
        log.info("a decoding process is confined by %s", ", ".join(self.layers) or "nothing")

    def ask(self, request: Request, *, timeout_s: float, max_bytes: int) -> tuple[int, bytes]:
        """Result code and body for one request.

        Args:
            request: What to do.
            timeout_s: Wall clock; then the process is ended.
            max_bytes: Longest answer that makes sense.

        Raises:
            DecoderCrashedError: The process ended or answered nonsense.
            DecoderTimeoutError: It took too long.
        """
        with self._watched(timeout_s) as (input_, output):
            send_request(input_, request)
            answer = receive(output, max_bytes)
        self.jobs_done += 1
        return answer

    def end(self) -> None:
        """End the process at once and give its handles back."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait(ENDING_TIMEOUT_S)
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()

    def forbid(self) -> None:
        """Kill the process, for ever: whoever waits for it fails, and none is started again."""
        with self._guard:
            self._forbidden = True
            if self._process is not None:
                self._process.kill()

    def _launched(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=child_environment(),
            close_fds=True,
            creationflags=START_FLAGS,
            pipesize=PIPE_BYTES,
        )
        if sys.platform == "win32":
            self._hold(process)
        assert isinstance(process.stdout, io.FileIO)
        process.stdout = io.BufferedReader(process.stdout)
        return process

    if sys.platform == "win32":

        def _hold(self, process: subprocess.Popen[bytes]) -> None:
            """The job ends with this program, so that no process stays behind."""
            self._job = job_on_this_computer()
            try:
                self._job.hold(int(process._handle))  # noqa: SLF001 - Python has no other way to it
            except OSError:
                process.kill()
                raise

    @contextmanager
    def _watched(self, timeout_s: float) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        """Its input and output; it is ended when the time is over or anything goes wrong."""
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            process.kill()

        timer = threading.Timer(timeout_s, expire)
        timer.daemon = True
        timer.start()
        try:
            yield process.stdin, process.stdout
        except (OSError, EOFError, FrameError) as error:
            self.end()
            if expired.is_set():
                raise DecoderTimeoutError(seconds=round(timeout_s)) from error
            raise DecoderCrashedError from error
        except BaseException:
            self.end()  # half a question is on its way
            raise
        finally:
            timer.cancel()
