"""The card that says, and lets one choose, where on the body the picture is taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.body_site import body_site
from app.domain.clinical_image import Laterality
from app.ui.body_map.body_figure import BodyFigure
from app.ui.body_map.figure import FigureView, views_of
from app.ui.body_map.site_names import site_name
from app.ui.body_map.site_sheet import SiteSheet
from app.ui.capture.card_head import HeadedCard
from app.ui.capture.description import Description
from app.ui.design.tokens import Role, Space
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.chips import Chip, ChipState, ChipText
from app.ui.widgets.choices import Choice, Segmented
from app.ui.widgets.text import Label, Look


class SiteCard(HeadedCard):
    """Figure with a mark, the place in words, its side, and how many earlier pictures there are.

    Signals:
        site_chosen: Another place was chosen. Arguments: code, `Laterality`.
        all_requested: The place is meant for all of today's pictures.
    """

    site_chosen = Signal(str, object)
    all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._change = QuietButton("", compact=True)
        super().__init__(self._change, parent)
        self._place = Description()
        self._figure = BodyFigure()
        self._name = Label("", Look.EMPHASIS, wrap=True)
        self._sides = Segmented(
            self.tr("Side of the body"),
            (
                Choice(Laterality.LEFT, self.tr("Left")),
                Choice(Laterality.RIGHT, self.tr("Right")),
            ),
        )
        self._seen = Label(self.tr("Seen from behind"), Look.SMALL, Role.INK_2)
        self._both = Label(self.tr("Both sides"), Look.SMALL, Role.INK_2)
        self._earlier = Chip("", ChipState.NEUTRAL)
        self._hint = Label("", Look.SMALL, Role.EXPIRING, wrap=True)
        self._all = QuietButton(self.tr("Use for all of today"), icon="copy", compact=True)
        self.set_title(self.tr("Body site"))
        self._arrange()
        self._wire()
        self.show_place(Description(), earlier=0)
        self.offer_all(offered=False)

    def show_place(self, place: Description, *, earlier: int, chaperone_open: bool = False) -> None:
        """Show a place.

        Args:
            earlier: Pictures of it from other visits.
            chaperone_open: Whether nobody has said yet if a chaperone was offered.
        """
        self._place = place
        site = body_site(place.body_site)
        paired = site is not None and site.paired
        self._name.setText(site_name(place.body_site) or self.tr("Not said yet"))
        self._name.set_tone(Role.INK if site else Role.INK_3)
        self._change.setText(self.tr("Change") if site else self.tr("Choose"))
        self._sides.setVisible(paired)
        self._sides.set_value(place.laterality)
        self._both.setVisible(place.laterality is Laterality.BOTH)
        self._show_earlier(earlier)
        self._show_hint(paired=paired, chaperone_open=chaperone_open)
        views = views_of(place.body_site)
        if self._figure.view() not in views:
            self._figure.set_view(views[0] if views else FigureView.FRONT)
        self._figure.set_site(place.body_site, place.laterality)
        self._seen.setVisible(self._figure.view() is FigureView.BACK)

    def offer_all(self, *, offered: bool) -> None:
        """Offer to use the place for all of today's pictures."""
        self._all.setVisible(offered)

    def choose(self) -> SiteSheet:
        """Ask for a place over the window."""
        sheet = SiteSheet(self._place.body_site, self._place.laterality, self.window())
        sheet.site_chosen.connect(self.site_chosen)
        sheet.open()
        return sheet

    def _show_earlier(self, count: int) -> None:
        text = (
            self.tr("1 earlier picture")
            if count == 1
            else self.tr("{count} earlier pictures").format(count=count)
        )
        self._earlier.show_chip(ChipText(text, ChipState.NEUTRAL))
        self._earlier.setVisible(count > 0)

    def _show_hint(self, *, paired: bool, chaperone_open: bool) -> None:
        hint = ""
        if paired and self._place.laterality is None:
            hint = self.tr("Which side? Left is the patient's left.")
        elif self._place.intimate and chaperone_open:
            hint = self.tr("An intimate place: a chaperone should be offered (step Before).")
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def _choose_side(self, side: str) -> None:
        self.site_chosen.emit(self._place.body_site, Laterality(side))

    def _open(self) -> None:
        self.choose()

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(Space.S)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._seen)
        words.addWidget(self._both)
        words.addWidget(self._sides)
        words.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignLeading)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._figure)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._hint)
        self.body.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeading)
        for part in (self._change, self._all):
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._change.setObjectName("site-change")
        self._all.setObjectName("site-for-all")
        self._sides.setObjectName("site-side")

    def _wire(self) -> None:
        self._change.clicked.connect(self._open)
        self._figure.pressed.connect(self._open)
        self._sides.chosen.connect(self._choose_side)
        self._all.clicked.connect(self.all_requested)
