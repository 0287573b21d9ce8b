"""A step that has steps of its own: Back goes through them first."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.ui.session.step_page import StepPage


class InnerSteps(StepPage):
    """A step page with more than one screen.

    Signals:
        back_changed: The words on Back changed. Argument: the words; "" hides it.
    """

    back_changed = Signal(str)

    def back(self) -> bool:
        """Go back one screen; False when the page is on its first."""
        return False

    def back_text(self) -> str:
        """The words on Back."""
        return self.tr("Back")
