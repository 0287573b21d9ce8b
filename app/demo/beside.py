"""A second tour beside the first, in dark colours: changing them at each screen takes longer."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from app.demo.driver import StuckError
from app.errors import KnownError

PATIENCE_S = 180.0
GRACE_S = 15.0  # in which the other tour clears away what it made


class TourBeside:
    """Runs in a process of its own while the context lasts; it is ended with it."""

    def __init__(self, tour: Callable[[Path], None], folder: Path) -> None:
        """Prepare it; `tour` is a function of a module, which the other process imports."""
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe(duplex=False)
        self._process = context.Process(
            target=_walk, args=(tour, theirs, folder), name="tour-beside"
        )
        self._theirs = theirs

    def __enter__(self) -> Self:
        self._process.start()
        self._theirs.close()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(GRACE_S)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._connection.close()

    def wait(self) -> None:
        """Wait for its end.

        Raises:
            StuckError: It did not come to its end; what it said is in it.
        """
        if not self._connection.poll(PATIENCE_S):
            raise StuckError("the tour in dark colours takes too long")
        try:
            told = self._connection.recv()
        except EOFError:
            raise StuckError("the tour in dark colours ended without a word") from None
        if told:
            raise StuckError(f"in dark colours: {told}")
        self._process.join(GRACE_S)


def _walk(tour: Callable[[Path], None], connection: Connection, folder: Path) -> None:
    """Be the other process: go all the way, keep the screens, throw the rest away."""
    try:
        tour(folder)
    except KnownError as error:
        connection.send(str(error))
    except KeyboardInterrupt:
        connection.send("ended before its time")
    else:
        connection.send("")
    finally:
        connection.close()
