"""What is being said about one picture until it is stored: edits, findings, the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.domain.clinical_image import FiledImage
from app.domain.ids import ImageId
from app.domain.rendition import Edits, Identifiable, Resolution, SettledFinding
from app.services.checking import CheckedPicture, stripped
from app.ui.check.history import History

SEEN = "seen/"  # beginning of the key of a finding that a person made, not the program


@dataclass(frozen=True, slots=True)
class Sight:
    """Something that somebody saw in the picture.

    Attributes:
        resolution: None while nothing was done about it.
        reason: Why it stays visible.
    """

    resolution: Resolution | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """One picture as it is being checked; each change gives a new draft.

    Attributes:
        stored: As the vault has it.
        seen: By what it is: "face", "label".
        identifiable: None while the question is open.
    """

    stored: CheckedPicture
    history: History = field(default_factory=History)
    seen: Mapping[str, Sight] = field(default_factory=dict)
    identifiable: Identifiable | None = None

    @classmethod
    def of(cls, stored: CheckedPicture) -> CheckDraft:
        """Going on where the vault stands."""
        edits = stored.rendition.edits if stored.rendition is not None else Edits()
        seen: dict[str, Sight] = {}
        answer: Identifiable | None = None
        if stored.assessment is not None:
            answer = stored.assessment.identifiable
            for finding in stored.assessment.findings:
                if finding.key.startswith(SEEN):
                    sight = Sight(finding.resolution, finding.reason)
                    seen[finding.key.removeprefix(SEEN)] = sight
        return cls(stored, History((edits,)), seen, answer)

    @property
    def filed(self) -> FiledImage:
        """The picture."""
        return self.stored.filed

    @property
    def id(self) -> ImageId:
        """The picture's id."""
        return self.stored.filed.id

    @property
    def edits(self) -> Edits:
        """As they stand."""
        return self.history.edits

    @property
    def complete(self) -> bool:
        """Whether everything is answered."""
        settled = all(sight.resolution is not None for sight in self.seen.values())
        return self.identifiable is not None and settled

    @property
    def drawn(self) -> bool:
        """Whether the rendition of these edits is in the vault already."""
        rendition = self.stored.rendition
        return rendition is not None and rendition.edits == self.edits

    @property
    def saved(self) -> bool:
        """Whether the vault says the same."""
        assessment = self.stored.assessment
        return (
            self.drawn
            and assessment is not None
            and assessment.identifiable is self.identifiable
            and assessment.findings == self.findings()
        )

    def findings(self) -> tuple[SettledFinding, ...]:
        """All findings with what was done about each."""
        by_hand = tuple(
            SettledFinding(SEEN + what, sight.resolution, sight.reason)
            for what, sight in sorted(self.seen.items())
            if sight.resolution is not None
        )
        return (*stripped(self.filed.image.findings), *by_hand)

    def edit(self, history: History) -> CheckDraft:
        """Other edits; a finding whose cover or crop has gone is open again."""
        edits = history.edits
        gone = set()
        if not edits.covers:
            gone.add(Resolution.COVERED)
        if edits.crop is None:
            gone.add(Resolution.CROPPED)
        seen = {
            what: Sight() if sight.resolution in gone else sight
            for what, sight in self.seen.items()
        }
        return replace(self, history=history, seen=seen)

    def see(self, what: str, sight: Sight | None) -> CheckDraft:
        """Something is in the picture, with what was done about it; None for not there."""
        seen = {key: value for key, value in self.seen.items() if key != what}
        if sight is not None:
            seen[what] = sight
        return replace(self, seen=seen)

    def answer(self, identifiable: Identifiable) -> CheckDraft:
        """Could somebody recognise the person?"""
        return replace(self, identifiable=identifiable)

    def store(self, stored: CheckedPicture) -> CheckDraft:
        """The vault has it now."""
        return replace(self, stored=stored)
