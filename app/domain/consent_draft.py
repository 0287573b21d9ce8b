"""The asking as it goes on: what the patient saw, understood and answered so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from app.domain.consent import Decision, ShownRendition, ShownText
from app.domain.ids import RenditionId, Sha256, UseId
from app.domain.rendition import Identifiable


class Asking(StrEnum):
    """How the asking stands.

    NOT_NOW grants nothing and can be taken up later; STOPPED ends the asking, and staff then
    choose what becomes of today's pictures.
    """

    OPEN = "open"
    ANSWERED = "answered"
    NOT_NOW = "not-now"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class DraftPicture:
    """A rendition that the patient is asked about."""

    rendition: RenditionId
    sha256: Sha256
    identifiable: Identifiable


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """Everything the patient's side has recorded; each change gives a new draft.

    Attributes:
        pictures: Asked about; the order on screen.
        uses: Asked; the order of the pages.
        answers: Per (rendition, use); what is missing has not been answered.
        named: The journal, book or study named for a use.
        language: In which it is asked now; changing it keeps the answers.
    """

    form: str
    form_version: int
    form_sha256: Sha256
    language: str
    pictures: tuple[DraftPicture, ...]
    uses: tuple[UseId, ...]
    named: Mapping[UseId, str] = field(default_factory=dict)
    answers: Mapping[tuple[RenditionId, UseId], Decision] = field(default_factory=dict)
    texts: tuple[ShownText, ...] = ()
    renditions: tuple[ShownRendition, ...] = ()
    refusal_understood_at: datetime | None = None
    state: Asking = Asking.OPEN

    def understand_refusal(self, at: datetime) -> ConsentDraft:
        """The patient confirmed that a no changes nothing about care (R9)."""
        return replace(self, refusal_understood_at=self.refusal_understood_at or at)

    def show_text(self, text: ShownText) -> ConsentDraft:
        """A text was on screen."""
        return replace(self, texts=(*self.texts, text))

    def show_picture(self, rendition: RenditionId, at: datetime) -> ConsentDraft:
        """A picture was on screen; only its first time is kept."""
        if any(s.rendition == rendition for s in self.renditions):
            return self
        picture = next(p for p in self.pictures if p.rendition == rendition)
        seen = ShownRendition(rendition, picture.sha256, at)
        return replace(self, renditions=(*self.renditions, seen))

    def answer(
        self, use: UseId, decision: Decision, *, not_these: frozenset[RenditionId] = frozenset()
    ) -> ConsentDraft:
        """One tap answers for all pictures; "not this one" makes it a no for the named ones."""
        if use not in self.uses:
            msg = "only what is asked is answered"
            raise ValueError(msg)
        answers = dict(self.answers)
        for picture in self.pictures:
            excluded = picture.rendition in not_these
            answers[(picture.rendition, use)] = Decision.REFUSED if excluded else decision
        return replace(self, answers=answers, state=self._state_with(answers))

    def none_of_these(self) -> ConsentDraft:
        """A no to every use, also to those answered before."""
        answers = {(p.rendition, u): Decision.REFUSED for p in self.pictures for u in self.uses}
        return replace(self, answers=answers, state=Asking.ANSWERED)

    def no_to_the_rest(self) -> ConsentDraft:
        """A no to everything not answered yet; the earlier answers stay."""
        answers = dict(self.answers)
        for picture in self.pictures:
            for use in self.uses:
                answers.setdefault((picture.rendition, use), Decision.REFUSED)
        return replace(self, answers=answers, state=Asking.ANSWERED)

    def not_now(self) -> ConsentDraft:
        """Grants nothing, refuses nothing; can be taken up later."""
        return replace(self, answers={}, state=Asking.NOT_NOW)

    def stop(self) -> ConsentDraft:
        """Ends the asking; nothing is granted."""
        return replace(self, answers={}, state=Asking.STOPPED)

    def take_up_again(self) -> ConsentDraft:
        """The patient wants to answer after all."""
        return replace(self, state=self._state_with(self.answers))

    def ask_somebody_else(self) -> ConsentDraft:
        """Somebody else decides now: nothing of it was shown to them; a stop stays a stop (R3)."""
        ended = self.state in {Asking.NOT_NOW, Asking.STOPPED}
        return replace(
            self,
            answers={},
            texts=(),
            renditions=(),
            refusal_understood_at=None,
            state=self.state if ended else Asking.OPEN,
        )

    def decision(self, use: UseId, rendition: RenditionId) -> Decision | None:
        """The answer so far."""
        return self.answers.get((rendition, use))

    def excluded(self, use: UseId) -> frozenset[RenditionId]:
        """The pictures that a yes to this use leaves out."""
        found = {p.rendition: self.decision(use, p.rendition) for p in self.pictures}
        if Decision.GRANTED not in found.values():
            return frozenset()
        return frozenset(r for r, decision in found.items() if decision is Decision.REFUSED)

    @property
    def next_use(self) -> UseId | None:
        """The first use without an answer; None when all have one."""
        for use in self.uses:
            if any(self.decision(use, p.rendition) is None for p in self.pictures):
                return use
        return None

    @property
    def grants_anything(self) -> bool:
        """Whether there is a yes in it."""
        return Decision.GRANTED in self.answers.values()

    def _state_with(self, answers: Mapping[tuple[RenditionId, UseId], Decision]) -> Asking:
        every = len(self.pictures) * len(self.uses)
        return Asking.ANSWERED if len(answers) == every else Asking.OPEN
