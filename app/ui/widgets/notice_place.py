"""Where one notice stands at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from app.ui.widgets.notices import Notice


class NoticePlace(QVBoxLayout):
    """Empty, or a notice that takes the place of the one before."""

    def __init__(self) -> None:
        super().__init__()
        self._notice: Notice | None = None

    def notice(self) -> Notice | None:
        """What stands there."""
        return self._notice

    def show_notice(self, notice: Notice | None) -> None:
        """Show a notice instead of the one before; None takes it away."""
        if self._notice is not None:
            self.removeWidget(self._notice)
            self._notice.hide()  # until it is deleted it must not take part
            self._notice.deleteLater()
        self._notice = notice
        if notice is not None:
            self.addWidget(notice)
            notice.show()
