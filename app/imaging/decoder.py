"""Decode untrusted pictures in processes of their own, so that a hostile file meets no key."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar

from app.domain.picture import EncodedPicture, Inspection
from app.domain.rendition import Edits
from app.errors import KnownError
from app.imaging.child_process import ChildProcess, child_command
from app.imaging.errors import DecoderCrashedError, OutOfMemoryError
from app.imaging.file_size import check_file_size
from app.imaging.frames import FrameError
from app.imaging.limits import JOBS_PER_CHILD, MAX_PIXELS, TIMEOUT_S
from app.imaging.wire import (
    MAX_INSPECTION_BYTES,
    MAX_PICTURE_BYTES,
    Job,
    Request,
    Result,
    unpack_inspection,
    unpack_picture,
    unpack_pixels,
    unpack_refusal,
)

T = TypeVar("T")
log = logging.getLogger(__name__)


class ChildDecoder:
    """A small pool of decoding processes behind plain calls; any thread may call.

    A process that crashes, hangs or runs out of memory costs the one picture; the next call gets a
    new process. A call waits while all processes are busy. After `close` every call fails.
    """

    def __init__(
        self,
        *,
        processes: int = 2,
        timeout_s: float = TIMEOUT_S,
        max_pixels: int = MAX_PIXELS,
        jobs_per_child: int = JOBS_PER_CHILD,
        command: Sequence[str] | None = None,
    ) -> None:
        """Prepare the pool; nothing is started yet.

        Args:
            processes: How many pictures are decoded side by side.
            timeout_s: Wall clock for one picture.
            max_pixels: Width times height that is admitted.
            jobs_per_child: After so many pictures a process is replaced.
            command: How to start a process; None for the program's own way.
        """
        self._timeout_s = timeout_s
        self._max_pixels = max_pixels
        self._jobs_per_child = jobs_per_child
        how = command or child_command()
        self._children = [ChildProcess(how) for _ in range(processes)]
        self._idle = list(self._children)
        self._changed = threading.Condition()
        self._starters: list[threading.Thread] = []
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def warm_up(self) -> None:
        """Start all processes in the background, so that the first picture does not wait."""
        with self._changed:
            cold = [child for child in self._idle if not child.running]
            for child in cold:
                self._idle.remove(child)
        for child in cold:
            starter = threading.Thread(target=self._start, args=(child,), name="decoder-start")
            self._starters.append(starter)
            starter.start()

    def close(self) -> None:
        """End all processes; a picture that is being decoded is given up."""
        self._closed = True
        for child in self._children:
            child.forbid()
        for starter in self._starters:
            starter.join()
        with self._changed:
            self._changed.wait_for(lambda: len(self._idle) == len(self._children))
            for child in self._children:
                child.end()

    def inspect(self, data: bytes, *, declared_extension: str = "") -> Inspection:
        """Decode the whole picture and tell what it is, what it shows and what it carries.

        Args:
            data: The file, untrusted.
            declared_extension: Of its name, with dot; only compared.

        Raises:
            KnownError: One of `app.imaging.errors`.
        """
        request = Request(
            Job.INSPECT, data, self._max_pixels, declared_extension=declared_extension
        )
        return self._done(request, MAX_INSPECTION_BYTES, unpack_inspection)

    def render(
        self, data: bytes, edits: Edits, *, max_side_px: int | None = None
    ) -> EncodedPicture:
        """Make a rendition: covers burnt in, cropped, turned, sRGB, without metadata.

        The same bytes and edits give the same bytes. What is under a cover has no influence on the
        result; covers are burnt in before anything is reduced or encoded.

        Args:
            data: The file, untrusted.
            edits: In px of the upright original.
            max_side_px: Longest side of the result; None keeps the size.

        Raises:
            KnownError: One of `app.imaging.errors`.
            ValueError: The crop lies outside the picture.
        """
        request = Request(Job.RENDER, data, self._max_pixels, max_side_px, edits=edits)
        return self._done(request, MAX_PICTURE_BYTES, unpack_picture)

    def preview(self, data: bytes, *, max_side_px: int) -> EncodedPicture:
        """The unedited picture, upright, sRGB, its longest side at most `max_side_px`."""
        return self.render(data, Edits(), max_side_px=max_side_px)

    def pixels(self, data: bytes, *, max_side_px: int) -> tuple[int, int, bytes]:
        """Width, height and rows of RGB bytes, upright, sRGB, for a screen.

        The window never gives the bytes of a file to a decoder of its own.
        """
        request = Request(Job.PIXELS, data, self._max_pixels, max_side_px)
        return self._done(request, MAX_PICTURE_BYTES, unpack_pixels)

    def _done(self, request: Request, max_bytes: int, unpack: Callable[[bytes], T]) -> T:
        check_file_size(request.data)
        with self._child() as child:
            child.start()
            code, body = child.ask(request, timeout_s=self._timeout_s, max_bytes=max_bytes)
            try:
                if code == Result.DONE:
                    return unpack(body)
                if code == Result.WRONG_EDITS:
                    msg = "the crop lies outside the picture"
                    raise ValueError(msg)
                refusal = unpack_refusal(code, body)
            except FrameError as error:
                child.end()
                raise DecoderCrashedError from error
            if isinstance(refusal, OutOfMemoryError):
                child.end()  # what is left of its memory may be in pieces
            raise refusal

    @contextmanager
    def _child(self) -> Iterator[ChildProcess]:
        """An idle process, a running one first; given back afterwards."""
        with self._changed:
            self._changed.wait_for(lambda: self._idle)
            chosen = next((child for child in self._idle if child.running), self._idle[0])
            self._idle.remove(chosen)
        try:
            yield chosen
        finally:
            if chosen.jobs_done >= self._jobs_per_child:
                chosen.end()
            self._give_back(chosen)

    def _start(self, child: ChildProcess) -> None:
        try:
            child.start()
        except KnownError:
            if not self._closed:
                log.warning("a decoding process could not be started in advance")
        finally:
            self._give_back(child)

    def _give_back(self, child: ChildProcess) -> None:
        with self._changed:
            self._idle.append(child)
            self._changed.notify()
