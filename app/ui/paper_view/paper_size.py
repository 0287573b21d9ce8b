"""Which paper the clinic's printer holds."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from app.domain.paper import PageSize
from app.settings import Settings


def paper_size(settings: Settings | None = None) -> PageSize:
    """A4 or Letter, as set or as the system's region has it."""
    if settings is not None and settings.paper:
        return PageSize(settings.paper)
    imperial = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return PageSize.LETTER if imperial else PageSize.A4
