"""The pages of the seven steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.domain.encounter import Step
from app.ui.capture.cameras import Cameras
from app.ui.preferences import Preferences
from app.ui.session.before_page import BeforePage
from app.ui.session.capture_page import CapturePage
from app.ui.session.check_page import CheckPage
from app.ui.session.copy_page import CopyPage
from app.ui.session.identify_page import IdentifyPage
from app.ui.session.show_page import ShowPage
from app.ui.session.sign_page import SignPage
from app.ui.session.step_page import Session, StepPage

__all__ = ["Cameras", "PageMaker", "step_pages"]

PageMaker = Callable[[Session, Cameras | None, Preferences | None], Mapping[Step, StepPage]]


def step_pages(
    session: Session, cameras: Cameras | None, preferences: Preferences | None
) -> dict[Step, StepPage]:
    """One page for each step."""
    pages = (
        IdentifyPage(session),
        BeforePage(session),
        CapturePage(session, cameras),
        CheckPage(session),
        ShowPage(session, preferences),
        SignPage(session),
        CopyPage(session, preferences),
    )
    return {page.step: page for page in pages}
