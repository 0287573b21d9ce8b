"""What is said about a picture: place, side, view, sensitivity; for the next ones or for one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.body_site import INTIMATE_SITES
from app.domain.clinical_image import FiledImage, ImageFactKind, Laterality, Sensitivity, View
from app.domain.encounter import Encounter
from app.services.intake import Filing


@dataclass(frozen=True, slots=True)
class Description:
    """One value for the cards beside the picture.

    Attributes:
        body_site: Code; empty when not said.
        laterality: UNPAIRED for a place without sides; None when not said.
        view: None when not said.
    """

    body_site: str = ""
    laterality: Laterality | None = None
    view: View | None = None
    sensitivity: Sensitivity = Sensitivity.ORDINARY

    @classmethod
    def of(cls, filed: FiledImage) -> Description:
        """As it stands in the vault."""
        return cls(filed.body_site, filed.laterality, filed.view, filed.sensitivity)

    @property
    def intimate(self) -> bool:
        """Whether the place is one of those for which a chaperone is offered (R28)."""
        return self.body_site in INTIMATE_SITES

    def at(self, body_site: str, laterality: Laterality | None) -> Description:
        """Another place; an intimate one is marked so, and the mark goes with it."""
        moved = replace(self, body_site=body_site, laterality=laterality)
        if moved.intimate and self.sensitivity is Sensitivity.ORDINARY:
            return replace(moved, sensitivity=Sensitivity.INTIMATE)
        left_it = self.intimate and not moved.intimate
        if left_it and self.sensitivity is Sensitivity.INTIMATE:
            return replace(moved, sensitivity=Sensitivity.ORDINARY)
        return moved

    def filing(self, encounter: Encounter) -> Filing:
        """Where a picture goes that is taken now."""
        return Filing(encounter.patient, encounter.id, **self._words())

    def same_place(self, filed: FiledImage) -> bool:
        """Whether a picture shows the same place on the same side."""
        return bool(self.body_site) and (filed.body_site, filed.laterality or None) == (
            self.body_site,
            self.laterality,
        )

    def said(self) -> dict[ImageFactKind, str]:
        """As facts about a picture."""
        words = self._words()
        return {
            ImageFactKind.BODY_SITE: words["body_site"],
            ImageFactKind.LATERALITY: words["laterality"],
            ImageFactKind.VIEW: words["view"],
            ImageFactKind.SENSITIVITY: words["sensitivity"],
        }

    def changes(self, before: Description) -> dict[ImageFactKind, str]:
        """What is said otherwise than before; two quick changes then do not undo each other."""
        old = before.said()
        return {kind: word for kind, word in self.said().items() if word != old[kind]}

    def _words(self) -> dict[str, str]:
        return {
            "body_site": self.body_site,
            "laterality": self.laterality or "",
            "view": self.view or "",
            "sensitivity": "" if self.sensitivity is Sensitivity.ORDINARY else self.sensitivity,
        }
