"""The window on the display, with invented patients, for whoever wants to try the program."""

from __future__ import annotations

from collections.abc import Callable

from app.demo.clinician import Clinician
from app.demo.stage import Stage
from app.demo.throwaway import COLLEAGUES, PASSPHRASE, PIN, STAFF, Throwaway
from app.ui.widgets.notices import Notice, Tone

_NOTICE = "demonstration"


def hands_on(place: Throwaway, tell: Callable[[str], None]) -> int:
    """Open the window on a furnished vault, unlocked; until it is closed."""
    tell("A vault with six invented patients is being made …")
    place.found()
    tell(f"Name:       {STAFF}")
    tell(f"Passphrase: {PASSPHRASE}")
    tell(f"Staff PIN:  {PIN}")
    tell("Others who sign in, with the same PIN:")
    for name, role, words in COLLEAGUES:
        tell(f"  {name} ({role.value}): {words}")
    tell("Close the window to end; then the vault and everything in it is gone.")
    with Stage(place) as stage:
        stage.program.unlocked.connect(lambda: _greet(stage))
        Clinician(stage.program, stage.driver).unlock(PASSPHRASE, STAFF)
        return stage.run()


def _greet(stage: Stage) -> None:
    """Say in the window what the terminal says: whoever tries it may not see that."""
    window = stage.program.window
    text = window.tr(
        "Everybody here is invented, and everything is gone when you close the window. "
        "Passphrase: {passphrase} · Staff PIN: {pin}"
    )
    notice = Notice(
        Tone.INFO,
        window.tr("This is a demonstration."),
        text.format(passphrase=PASSPHRASE, pin=PIN),
        closable=True,
    )
    stage.program.notices.show_notice(_NOTICE, notice)
