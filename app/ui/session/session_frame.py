"""Joins the session to the window around it: banner, step bar, patient's side, Close session."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.encounter import Step
from app.ui.frame.main_window import MainWindow
from app.ui.session.banner_content import BannerContent
from app.ui.session.session_view import SessionView


class SessionFrame(QObject):
    """Shows in the window's frame what the session says, while the session's page is on.

    The caller registers the view as a page and shows it on `view.opened`; on `view.closed` it shows
    another page.
    """

    def __init__(self, window: MainWindow, view: SessionView) -> None:
        super().__init__(view)
        self._window = window
        self._view = view
        self._content: BannerContent | None = None
        view.opened.connect(self._show)
        view.banner_changed.connect(self._banner)
        view.step_changed.connect(self._step)
        view.closed.connect(self._hide)
        window.step_requested.connect(view.choose_step)
        window.close_session_requested.connect(view.close_session)
        view.session.patient_side_wanted.connect(self._hand_over)
        view.session.patient_side_left.connect(self._take_back)

    def _show(self) -> None:
        self._window.set_session_open(True)
        self._window.banner.setVisible(self._content is not None)

    def _banner(self, content: BannerContent | None) -> None:
        self._content = content
        if content is not None:
            self._window.banner.set_patient(content.name, content.line, content.chips)
        else:
            self._window.banner.set_patient("", "")
        self._window.banner.setVisible(content is not None)

    def _step(self, step: Step, back: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._window.steps.set_step(step, back=back)

    def _hide(self) -> None:
        self._window.set_session_open(False)

    def _hand_over(self, side: QWidget) -> None:
        self._window.show_patient_side(side)

    def _take_back(self) -> None:
        self._window.leave_patient_side()
