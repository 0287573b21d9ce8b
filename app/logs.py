"""Diagnostic logging: events and ids only, with a filter that keeps personal data out."""

from __future__ import annotations

import hashlib
import logging
import logging.handlers
import traceback
from pathlib import Path

MAX_BYTES = 1_000_000
KEEP = 3


class NoPersonalData(logging.Filter):
    """Takes the words out of exceptions: their type and place stay, their text does not.

    An exception's text may quote what it met, a file name or a patient's name; our own messages
    are literals with ids and numbers by rule.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without what an exception says."""
        if record.exc_info and record.exc_info[1] is not None:
            record.msg = f"{record.getMessage()} [{described(record.exc_info[1])}]"
            record.args = ()
            record.exc_info = None
            record.exc_text = None
        return True


def described(error: BaseException) -> str:
    """Type and place of an exception, without its text: "ValueError at module:line < …"."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(f.filename).stem}:{f.lineno}" for f in reversed(frames[-6:])]
    return f"{type(error).__name__} at {' < '.join(places) or 'unknown'}"


def look_up_code(error: BaseException) -> str:
    """Eight letters that stand for the place of a bug: made from the stack, never from data."""
    frames = traceback.extract_tb(error.__traceback__)
    place = "|".join(f"{Path(f.filename).stem}.{f.name}" for f in frames)
    digest = hashlib.sha256(f"{type(error).__name__}|{place}".encode()).hexdigest()
    return digest[:8].upper()


class DiagnosticFile(logging.handlers.RotatingFileHandler):
    """A log that is full or gone is no reason to stop, nor to talk into the program's output."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Lose the record."""


def start(folder: Path) -> logging.Handler | None:
    """Log to a rotating file in a folder that only this user can read.

    Returns:
        What `stop` ends; None when nothing can be written there, and the program goes on without.
    """
    root = logging.getLogger()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = DiagnosticFile(
            folder / "clinigraph.log", maxBytes=MAX_BYTES, backupCount=KEEP, encoding="utf-8"
        )
    except OSError:
        return None
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    )
    handler.addFilter(NoPersonalData())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler


def stop(handler: logging.Handler | None) -> None:
    """End what `start` began."""
    if handler is not None:
        root = logging.getLogger()
        root.removeHandler(handler)
        root.setLevel(logging.WARNING)
        handler.close()
