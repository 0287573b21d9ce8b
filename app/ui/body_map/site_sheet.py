"""Chooses the place on the body: tap the figure, or type its name."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.body_site import body_site
from app.domain.clinical_image import Laterality
from app.ui.body_map.body_figure import BodyFigure
from app.ui.body_map.figure import FigureView, views_of
from app.ui.body_map.site_names import site_name, site_words, sites_like
from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.widgets.choices import Choice, Segmented
from app.ui.widgets.fields import SearchField
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import ElidedLabel, Label, Look

_WIDTH = 840
_FIGURE = (344, 500)


class SiteSheet(Sheet):
    """Figure at the left, names at the right; both always say the same place.

    Signals:
        site_chosen: A place was chosen. Arguments: its code, the `Laterality` (UNPAIRED for what
            has no side).
    """

    site_chosen = Signal(str, object)

    def __init__(self, code: str, laterality: Laterality | None, host: QWidget) -> None:
        super().__init__(_tr("Body site"), _tr("Use this place"), host, width=_WIDTH)
        self._code = code
        self._side: Laterality | None = laterality
        if laterality is Laterality.UNPAIRED:
            self._side = None
        self._views = Segmented(
            self.tr("View of the figure"),
            (
                Choice(FigureView.FRONT, self.tr("Front")),
                Choice(FigureView.BACK, self.tr("Back")),
                Choice(FigureView.FACE, self.tr("Face")),
            ),
            FigureView.FRONT,
        )
        self._figure = BodyFigure(detailed=True)
        self._search = SearchField(self.tr("Type a place, for instance forearm"))
        self._list = RowList(self.tr("Places"), compact=True)
        self._said = ElidedLabel("", Look.EMPHASIS)
        self._sides = Segmented(
            self.tr("Side of the body"),
            (
                Choice(Laterality.LEFT, self.tr("Left")),
                Choice(Laterality.RIGHT, self.tr("Right")),
                Choice(Laterality.BOTH, self.tr("Both")),
            ),
        )
        self._hint = Label("", Look.SMALL, Role.INK_3)
        self._arrange()
        self._wire()
        self._list_sites("")
        self._show_best_view()
        self._reflect()

    def open(self) -> None:
        """Show it with the caret in the search field: the quickest way for who can type."""
        super().open()
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> tuple[str, Laterality | None]:
        """Code and side as chosen so far; UNPAIRED for what has no side."""
        site = body_site(self._code)
        if site is None:
            return "", None
        return self._code, self._side if site.paired else Laterality.UNPAIRED

    def accept(self) -> None:
        """Choose it, once it is complete."""
        if self._complete():
            self.site_chosen.emit(*self.place())
            super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field the arrow keys go on into the list."""
        if watched is self._search and isinstance(event, QKeyEvent):
            moves = {Qt.Key.Key_Down, Qt.Key.Key_Up}
            if event.type() == QEvent.Type.KeyPress and event.key() in moves:
                self._enter_list(event)
                return True
        return super().eventFilter(watched, event)

    def _enter_list(self, event: QKeyEvent) -> None:
        """The first press marks the first place; from a place that is marked it goes on."""
        marked = self._list.current_key() is not None
        self._list.setFocus()
        if marked or not self._list.rows.rowCount():
            self._list.keyPressEvent(event)
        else:
            self._list.setCurrentIndex(self._list.rows.index(0))

    def _complete(self) -> bool:
        site = body_site(self._code)
        return site is not None and (not site.paired or self._side is not None)

    def _choose_view(self, view: str) -> None:
        self._figure.set_view(FigureView(view))

    def _tap(self, code: str, laterality: Laterality | None) -> None:
        self._code, self._side = code, laterality
        self._reflect()
        self._mark_row()

    def _choose_side(self, side: str) -> None:
        self._side = Laterality(side)
        self._reflect()

    def _pick(self, code: str) -> None:
        if code == self._code:
            return
        self._code = code
        self._show_best_view()
        self._reflect()

    def _submit(self, _words: str) -> None:
        """Enter in the search field takes the only, or else the first, place that was found."""
        found = sites_like(self._search.query())
        if found and self._code not in {site.code for site in found}:
            self._pick(found[0].code)
        self.accept()

    def _list_sites(self, words: str) -> None:
        found = sites_like(words)
        self._list.rows.set_rows([Row(site.code, site_name(site.code)) for site in found])
        self._mark_row()
        if words and len(found) == 1:
            self._list.pick(found[0].code)

    def _mark_row(self) -> None:
        listed = {site.code for site in sites_like(self._search.query())}
        if self._code in listed and self._list.current_key() != self._code:
            self._list.pick(self._code)
            self._list.scrollTo(self._list.currentIndex())

    def _show_best_view(self) -> None:
        views = views_of(self._code)
        if views and self._figure.view() not in views:
            self._views.set_value(views[0])
            self._figure.set_view(views[0])

    def _reflect(self) -> None:
        """Say the same everywhere."""
        site = body_site(self._code)
        paired = site is not None and site.paired
        code, side = self.place()
        self._figure.set_site(code, side)
        self._said.setText(site_words(code, side) or self.tr("No place chosen yet"))
        self._sides.setVisible(paired)
        self._sides.set_value(self._side if paired else None)
        asked = paired and self._side is None
        self._hint.setText(
            self.tr("Which side? Left is the patient's left.")
            if asked
            else self.tr("Left is the patient's left.")
        )
        self._hint.setVisible(paired)
        self.primary.setEnabled(self._complete())

    def _arrange(self) -> None:
        self._figure.setFixedSize(*_FIGURE)
        left = QVBoxLayout()
        left.setSpacing(Space.M)
        left.addWidget(self._views)
        left.addWidget(self._figure)
        right = QVBoxLayout()
        right.setSpacing(Space.S)
        right.addWidget(self._search)
        right.addWidget(self._list, 1)
        right.addSpacing(Space.S)
        right.addWidget(self._said)
        right.addWidget(self._sides)
        right.addWidget(self._hint)
        row = QHBoxLayout()
        row.setSpacing(Space.XL)
        row.addLayout(left)
        row.addLayout(right, 1)
        self.body.addLayout(row)
        self._search.setObjectName("site-search")
        self._list.setObjectName("site-list")
        self._list.setMinimumHeight(theme().px(96))

    def _wire(self) -> None:
        self._search.installEventFilter(self)
        self._views.chosen.connect(self._choose_view)
        self._figure.tapped.connect(self._tap)
        self._search.query_changed.connect(self._list_sites)
        self._search.submitted.connect(self._submit)
        self._list.picked.connect(self._pick)
        self._list.opened.connect(self._open_row)
        self._sides.chosen.connect(self._choose_side)

    def _open_row(self, code: str) -> None:
        self._pick(code)
        self.accept()


def _tr(text: str) -> str:
    return QCoreApplication.translate("SiteSheet", text)
