"""The edits of one picture with their undo and redo."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.rendition import Box, Cover, Edits


@dataclass(frozen=True, slots=True)
class History:
    """Every state of the edits; each change gives a new history.

    Attributes:
        states: Oldest first, at least one.
        at: Which one holds.
    """

    states: tuple[Edits, ...] = (Edits(),)
    at: int = 0

    @property
    def edits(self) -> Edits:
        """As they stand."""
        return self.states[self.at]

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return self.at < len(self.states) - 1

    def undo(self) -> History:
        """One step back."""
        return replace(self, at=max(self.at - 1, 0))

    def redo(self) -> History:
        """One step on."""
        return replace(self, at=min(self.at + 1, len(self.states) - 1))

    def change(self, edits: Edits) -> History:
        """Other edits; what was taken back is forgotten."""
        if edits == self.edits:
            return self
        return History((*self.states[: self.at + 1], edits), self.at + 1)

    def cover(self, cover: Cover) -> History:
        """One more cover."""
        return self.change(replace(self.edits, covers=(*self.edits.covers, cover)))

    def recover(self, place: int, cover: Cover | None) -> History:
        """Another cover in the place of one; None takes it away."""
        covers = list(self.edits.covers)
        covers[place : place + 1] = [cover] if cover is not None else []
        return self.change(replace(self.edits, covers=tuple(covers)))

    def crop(self, crop: Box | None, whole: Box) -> History:
        """What is kept; the whole picture is no crop."""
        return self.change(replace(self.edits, crop=None if crop == whole else crop))

    def turn(self) -> History:
        """A quarter turn clockwise."""
        return self.change(replace(self.edits, quarter_turns=(self.edits.quarter_turns + 1) % 4))

    def reset(self) -> History:
        """The whole original as it came."""
        return self.change(Edits())
