"""The settings as the window keeps them: one value, changed in one place, told to all."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.paper import PageSize
from app.settings import Settings
from app.ui.design.theme import Appearance, theme
from app.ui.paper_view.paper_size import paper_size

log = logging.getLogger(__name__)

APPEARANCES = {
    "system": Appearance.SYSTEM,
    "light": Appearance.LIGHT,
    "dark": Appearance.DARK,
    "contrast": Appearance.HIGH_CONTRAST,
}


class Preferences(QObject):
    """What this user set on this workstation.

    Signals:
        changed: A setting has another value. Argument: the settings.
        not_kept: The settings could not be written; they hold until the program ends.
    """

    changed = Signal(object)
    not_kept = Signal()

    def __init__(
        self,
        settings: Settings,
        keep: Callable[[Settings], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._keep = keep

    @property
    def settings(self) -> Settings:
        """As they stand."""
        return self._settings

    def change(self, **values: Any) -> None:  # noqa: ANN401 - the fields of Settings
        """Set some of them, keep them, and let the window follow at once."""
        wanted = replace(self._settings, **values)
        if wanted == self._settings:
            return
        self._settings = wanted
        self.apply()
        self.changed.emit(wanted)
        try:
            self._keep(wanted)
        except OSError:
            log.warning("settings could not be written")
            self.not_kept.emit()

    def paper_size(self) -> PageSize:
        """A4 or Letter, as set or as the system's region has it."""
        return paper_size(self._settings)

    def apply(self) -> None:
        """Give the window its colours and its size of text."""
        look = theme()
        appearance = APPEARANCES[self._settings.theme]
        scale = self._settings.font_percent / 100
        if (look.appearance, look.scale) != (appearance, scale):
            look.apply(appearance, scale=scale)
