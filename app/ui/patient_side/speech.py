"""Reading aloud with the voices of the operating system, where it has any."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

PRETENDED = "mock"  # Qt's own engine for tests: it speaks without a sound


class Speech(QObject):
    """Reads texts aloud, one after another. Nothing leaves the workstation: the voices are local.

    Signals:
        ready: Voices were found, or lost.
        speaking_changed: Argument: whether it speaks.
    """

    ready = Signal()
    speaking_changed = Signal(bool)

    def __init__(self, engine: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = self._start(engine or usable_engine())

    def can_speak(self, language: str) -> bool:
        """Whether there is a voice for a language (BCP 47)."""
        return self._engine is not None and self._locale(language) is not None

    def is_speaking(self) -> bool:
        """Whether it speaks now."""
        return self._engine is not None and self._engine.state() == self._engine.State.Speaking

    def say(self, texts: Sequence[str], language: str) -> None:
        """Read these aloud instead of what is being read now."""
        locale = self._locale(language)
        if self._engine is None or locale is None:
            return
        self._engine.stop()
        self._engine.setLocale(locale)
        self._engine.say("\n".join(texts))

    def stop(self) -> None:
        """Fall silent."""
        if self._engine is not None:
            self._engine.stop()

    def _locale(self, language: str) -> QLocale | None:
        if self._engine is None:
            return None
        wanted = QLocale(language)
        fit = [
            each for each in self._engine.availableLocales() if each.language() == wanted.language()
        ]
        return wanted if wanted in fit else next(iter(fit), None)

    def _start(self, name: str) -> QTextToSpeech | None:
        if not name:
            return None
        from PySide6.QtTextToSpeech import QTextToSpeech  # noqa: PLC0415 - slow, seldom needed

        engine = QTextToSpeech(name, self)
        engine.stateChanged.connect(self._changed)
        return engine

    def _changed(self) -> None:
        self.ready.emit()
        self.speaking_changed.emit(self.is_speaking())


def usable_engine() -> str:
    """The platform's engine; "" where there is none, or nothing that would answer it."""
    if sys.platform == "linux" and not _dispatcher().exists():
        return ""  # the client of speech-dispatcher warns and waits without its service
    try:
        from PySide6.QtTextToSpeech import QTextToSpeech  # noqa: PLC0415 - slow, seldom needed
    except ImportError:
        return ""
    return next((name for name in QTextToSpeech.availableEngines() if name != PRETENDED), "")


def _dispatcher() -> Path:
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return Path(folder) / "speech-dispatcher" / "speechd.sock"
