"""What a user can act on has a code, a sentence and advice; anything else raised is a bug."""

from __future__ import annotations

from typing import ClassVar


class KnownError(Exception):
    """A failure that the user can act on.

    Subclasses live beside the code that raises them and set the three class attributes. The message
    and the advice are templates: `facts` fill them, and facts never hold personal data.

    Attributes:
        code: Stable for ever, "AREA-NNN"; also the anchor of the entry in resources/help/errors.md.
        message: What happened, one sentence.
        advice: What to do, one or two sentences.
        facts: Values for the templates: numbers, versions, formats. No names, paths or texts.
    """

    code: ClassVar[str] = "APP-000"
    message: ClassVar[str] = "Something went wrong."
    advice: ClassVar[str] = "Try again; if it happens again, tell support the code."

    def __init__(self, **facts: str | int) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        message, advice = self.message.format(**self.facts), self.advice.format(**self.facts)
        return f"{self.code}: {message} {advice}"


def known_errors() -> tuple[type[KnownError], ...]:
    """Every KnownError class that has been imported, by code."""
    found: list[type[KnownError]] = []
    waiting = list(KnownError.__subclasses__())
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        found.append(error)
    return tuple(sorted(found, key=lambda error: error.code))
