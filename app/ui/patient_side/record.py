"""What the patient had before them, for how long, and what they said, kept on a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from app.domain.consent import Decision, ShownText
from app.domain.consent_draft import ConsentDraft
from app.domain.consent_form import ConsentForm, Statement, Use
from app.domain.ids import RenditionId, UseId

Texts = Mapping[str, str]


def statement_part(statement: Statement) -> str:
    """How a statement is named among the texts that were shown."""
    return f"statement:{statement.id}"


def use_part(use: Use) -> str:
    """How a use is named among the texts that were shown."""
    return f"use:{use.id}"


def shown_statement(form: ConsentForm, statement: Statement) -> dict[str, str]:
    """The statement as one text on screen."""
    return {statement_part(statement): form.shown_text(statement)}


def given(draft: ConsentDraft, use: UseId) -> Decision | None:
    """The answer to a use so far; a yes to some of the pictures is a yes."""
    found = {draft.decision(use, picture.rendition) for picture in draft.pictures}
    if None in found:
        return None
    return Decision.GRANTED if Decision.GRANTED in found else Decision.REFUSED


class AskingRecord:
    """A draft, and the texts that are on screen now.

    Each text is kept once in each wording: when it first came on screen, and for how long in all.
    The wording that was on screen last stands last.

    Attributes:
        draft: As it stands.
    """

    def __init__(
        self, draft: ConsentDraft, now: Callable[[], datetime], elapsed_ms: Callable[[], int]
    ) -> None:
        self.draft = draft
        self._now = now
        self._elapsed_ms = elapsed_ms
        self._on: Texts = {}
        self._since_ms = 0

    def put_on(self, texts: Texts) -> None:
        """These texts, each with its part, are on screen from now on, and no others."""
        if texts == self._on:
            return
        self.take_off()
        self._on = dict(texts)
        self._since_ms = self._elapsed_ms()
        for part, text in texts.items():
            self._show(part, text)

    def take_off(self) -> None:
        """Nothing is on screen any more."""
        spent = max(self._elapsed_ms() - self._since_ms, 1)
        for part, text in self._on.items():
            seen = self._find(part, text)
            assert seen is not None, "what is on screen was recorded"
            self._put(seen, replace(seen, seen_ms=seen.seen_ms + spent))
        self._on = {}

    def confirm(self, form: ConsentForm, statement: Statement) -> None:
        """The patient confirmed having understood a statement that is on screen (R9)."""
        at = self._now()
        seen = self._find(statement_part(statement), form.shown_text(statement))
        assert seen is not None, "only what was shown is confirmed"
        self._put(seen, replace(seen, confirmed_at=seen.confirmed_at or at))
        if statement == form.refusal:
            self.draft = self.draft.understand_refusal(at)

    def see_picture(self, rendition: RenditionId) -> bool:
        """A picture is on screen; whether that is new."""
        before = self.draft
        self.draft = before.show_picture(rendition, self._now())
        return self.draft is not before

    def unseen(self) -> frozenset[RenditionId]:
        """The pictures that were not on screen yet."""
        seen = {shown.rendition for shown in self.draft.renditions}
        return frozenset(p.rendition for p in self.draft.pictures) - seen

    def _show(self, part: str, text: str) -> None:
        seen = self._find(part, text)
        if seen is None:
            self.draft = self.draft.show_text(ShownText(part, text, self._now()))
        elif seen != [shown for shown in self.draft.texts if shown.part == part][-1]:
            others = tuple(shown for shown in self.draft.texts if shown is not seen)
            self.draft = replace(self.draft, texts=(*others, seen))

    def _find(self, part: str, text: str) -> ShownText | None:
        return next((s for s in self.draft.texts if (s.part, s.text) == (part, text)), None)

    def _put(self, old: ShownText, new: ShownText) -> None:
        texts = tuple(new if shown is old else shown for shown in self.draft.texts)
        self.draft = replace(self.draft, texts=texts)
