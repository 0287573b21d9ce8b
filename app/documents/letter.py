"""What all papers share: letterhead, headings, labelled facts, running head and footer."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from reportlab.lib.utils import ImageReader

from app.documents.design import (
    ACCENT,
    ACCENT_TINT,
    BODY,
    BOTTOM,
    HEADING,
    INK_2,
    LEAD,
    LINE,
    MARGIN,
    RUNNING_HEAD,
    SECTION_GAP,
    SMALL,
    STRONG,
    SUNKEN,
    TINY,
    TITLE,
    TOP,
    Measure,
)
from app.documents.flow import Band, Column, Placed, Row, paginate
from app.documents.sheet import POINTS, Align, Particulars, Sheet
from app.documents.text import Colour, Lines, Setter, Style
from app.domain.clinic import Clinic
from app.domain.paper import PageSize

LOGO_HEIGHT, LOGO_WIDTH = 40.0, 130.0
PANEL_PAD = 12.0
CARD_PAD = 18.0
LINES_IN_CARD = 12  # that stand beside the contact; more of them stand above it
TICK = "\u2713"
LINES_IN_PANEL = 4  # that a fact may add when it is set into half of the panel's width


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says."""

    label: str
    value: str
    style: Style = BODY


@dataclass(frozen=True, slots=True)
class PageText:
    """What stands on every page.

    Attributes:
        running: At the head of each page but the first: what paper this is.
        owner: At the head of each page but the first: whose paper it is.
        foot: Lines at the foot.
        page: "Page {page} of {pages}".
    """

    running: str
    owner: str
    foot: tuple[str, ...]
    page: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Makes the rows of one paper, for its size of page and its language."""

    page: PageSize
    about: Particulars

    @property
    def measure(self) -> Measure:
        """The width between the margins."""
        return Measure(MARGIN, POINTS[self.page][0] - 2 * MARGIN)

    @property
    def setter(self) -> Setter:
        """Sets text in the paper's language."""
        return Setter(self.about.language, self.measure.width)

    def column(self, text: str, style: Style, x: float, width: float, y: float = 0.0) -> Column:
        """A text set into a box."""
        return Column(self.setter.set(text, style, width), x, width, y=y)

    def paragraph(self, text: str, style: Style = BODY, *, gap: float = 0.0) -> Row:
        """A text over the whole width."""
        column = self.column(text, style, self.measure.x, self.measure.width)
        return Row((column,), gap=gap)

    def heading(self, text: str) -> Row:
        """The heading of a section; it stays with what follows."""
        column = self.column(text, HEADING, self.measure.x, self.measure.width)
        return Row((column,), gap=SECTION_GAP, glued=True)

    def letterhead(self, clinic: Clinic) -> Row:
        """Logo, name and department on the one side, the address on the other."""
        logo = _logo_width(clinic.logo)
        x = self.measure.x + (logo + 12 if logo else 0)
        side = self.measure.width * 0.36
        width = self.measure.x + self.measure.width - x - side - 16
        name = self.column(clinic.name, LEAD.with_colour(ACCENT), x, width)
        columns = [name]
        if clinic.department:
            columns.append(self.column(clinic.department, SMALL, x, width, name.bottom))
        if clinic.address:
            address = self.setter.set(clinic.address, TINY.with_colour(INK_2), side)
            edge = self.measure.x + self.measure.width - side
            columns.append(Column(address, edge, side, Align.END, y=2))

        def adorn(sheet: Sheet, y: float) -> None:
            if logo:
                sheet.picture(clinic.logo, self.measure.x, y, logo, LOGO_HEIGHT)

        return Row(tuple(columns), least=LOGO_HEIGHT if logo else 0, adorn=adorn, whole=True)

    def title(self, text: str, note: str) -> Iterator[Row]:
        """The paper's title under a line, and a quieter line below it."""
        column = self.column(text, TITLE, self.measure.x, self.measure.width)
        yield Row((column,), gap=26, glued=True, rule=LINE, whole=True)
        yield self.paragraph(note, BODY.with_colour(INK_2), gap=2)

    def panel(self, lead: Fact, facts: Sequence[Fact]) -> Row:
        """Labelled facts on a tinted ground, the first one large, long ones over the width."""
        inner = Measure(self.measure.x + PANEL_PAD, self.measure.width - 2 * PANEL_PAD)
        columns = [*self._fact(lead, inner.x, inner.width, 0.0)]
        short = [fact for fact in facts if self._fits(fact, inner.column(0, 2)[1], LINES_IN_PANEL)]
        per_row = self._per_row(short, inner)
        for start in range(0, len(short), per_row):
            top = max(column.bottom for column in columns) + 8
            for number, fact in enumerate(short[start : start + per_row]):
                x, width = inner.column(number, per_row)
                columns += self._fact(fact, x, width, top)
        for fact in facts:
            if fact not in short:
                top = max(column.bottom for column in columns) + 8
                columns += self._fact(fact, inner.x, inner.width, top)
        band = Band(self.measure.x, self.measure.width, SUNKEN)
        return Row(tuple(columns), gap=14, pad=PANEL_PAD, band=band, whole=True)

    def _per_row(self, facts: Sequence[Fact], inner: Measure) -> int:
        """As many facts side by side as leave their lines whole and none of them alone."""
        for count in (4, 3):
            width = inner.column(0, count)[1]
            if len(facts) % count != 1 and all(self._fits(fact, width, 0) for fact in facts):
                return count
        return 2

    def _fits(self, fact: Fact, width: float, extra: int) -> bool:
        """Whether a fact needs no more lines in that width than it was written in, and a few."""
        lines = self.setter.set(fact.value, fact.style, width).lines
        return len(lines) <= len(fact.value.splitlines()) + extra

    def _fact(self, fact: Fact, x: float, width: float, y: float) -> tuple[Column, Column]:
        label = self.column(fact.label, TINY, x, width, y)
        return label, self.column(fact.value, fact.style, x, width, label.bottom)

    def callout(self, text: str, note: str = "", *, fill: Colour = ACCENT_TINT) -> Row:
        """A sentence that nobody must miss; a note under it gets a tick."""
        x, width = self.measure.x + 16, self.measure.width - 32
        main = self.column(text, LEAD, x, width)
        columns = [main]
        if note:
            columns.append(self.column(f"{TICK} {note}", SMALL, x, width, main.bottom + 2))
        band = Band(self.measure.x, self.measure.width, fill)
        return Row(tuple(columns), gap=10, pad=11, band=band, whole=True)

    def card(self, heading: str, text: str, contact: Fact) -> Row:
        """What to do, and beside or under it whom to ask, on a tinted ground with a strong edge."""
        inner = Measure(self.measure.x + CARD_PAD, self.measure.width - CARD_PAD - PANEL_PAD)
        x, side = inner.column(1, 2, CARD_PAD)
        beside = self._words_fit(contact, side) and self._lines(text, side) <= LINES_IN_CARD
        width = side if beside else inner.width
        title = self.column(heading, HEADING, inner.x, width)
        words = self.column(text, BODY, inner.x, width, title.bottom + 3)
        top = 3.5 if beside else words.bottom + 8
        asked = self._fact(contact, x if beside else inner.x, width, top)
        columns = (title, words, *asked)
        band = Band(self.measure.x, self.measure.width, ACCENT_TINT, radius=0, edge=ACCENT)
        return Row(columns, gap=16, pad=PANEL_PAD, band=band, whole=True)

    def _lines(self, text: str, width: float) -> int:
        return len(self.setter.set(text, BODY, width).lines)

    def _words_fit(self, fact: Fact, width: float) -> bool:
        """Whether no word of a fact is wider than that; an address must not be broken."""
        return all(self.setter.set(word, fact.style).width <= width for word in fact.value.split())

    def labelled(
        self, fact: Fact, x: float, width: float, label_width: float
    ) -> tuple[Column, ...]:
        """A label and, beside it, what it says."""
        return (
            self.column(fact.label, SMALL, x, label_width - 8, 1.5),
            self.column(fact.value, fact.style, x + label_width, width - label_width),
        )

    def contact(self, label: str, clinic: Clinic) -> Row:
        """Whom to ask, on a tinted ground."""
        x, width = self.measure.x + PANEL_PAD, self.measure.width - 2 * PANEL_PAD
        columns = self._fact(Fact(label, clinic.contact, STRONG), x, width, 0.0)
        band = Band(self.measure.x, self.measure.width, SUNKEN)
        return Row(columns, gap=10, pad=PANEL_PAD, band=band, whole=True)

    def publish(self, rows: Iterable[Row], texts: PageText) -> bytes:
        """The rows on pages, with head and foot, as a PDF."""
        sheet = Sheet(self.page, self.about)
        height = sheet.height - TOP - BOTTOM
        heights = chain([height], repeat(height - RUNNING_HEAD))
        pages = paginate(rows, heights)
        for number, page in enumerate(pages, start=1):
            self._page(sheet, page, number, len(pages), texts)
        return sheet.finish()

    def _page(
        self, sheet: Sheet, page: list[Placed], number: int, count: int, texts: PageText
    ) -> None:
        top = TOP
        if number > 1:
            self._running_head(sheet, texts)
            top += RUNNING_HEAD
        for placed in page:
            placed.draw(sheet, top, self.measure)
        self._foot(sheet, texts, texts.page.format(page=number, pages=count))
        sheet.next_page()

    def _running_head(self, sheet: Sheet, texts: PageText) -> None:
        x, width = self.measure.column(0, 2)
        sheet.text(self._one_line(texts.running, width), x, TOP - 8, width)
        x, width = self.measure.column(1, 2)
        sheet.text(self._one_line(texts.owner, width), x, TOP - 8, width, Align.END)
        sheet.rule(self.measure.x, TOP + 8, self.measure.width, LINE)

    def _one_line(self, text: str, width: float) -> Lines:
        """As many words as one line takes; the whole text stands elsewhere on the paper."""
        words = text.split()
        lines = self.setter.set(text, TINY, width)
        while len(lines.lines) > 1 and len(words) > 1:
            words.pop()
            lines = self.setter.set(" ".join([*words, "…"]), TINY, width)
        return lines.cut(1)[0]

    def _foot(self, sheet: Sheet, texts: PageText, page: str) -> None:
        y = sheet.height - BOTTOM + 18
        sheet.rule(self.measure.x, y - 6, self.measure.width, LINE)
        side = 90.0
        for number, line in enumerate(texts.foot):
            set_line = self._one_line(line, self.measure.width - side)
            sheet.text(set_line, self.measure.x, y + number * TINY.leading, self.measure.width)
        edge = self.measure.x + self.measure.width - side
        sheet.text(self.setter.set(page, TINY, side), edge, y, side, Align.END)


def _logo_width(logo: bytes) -> float:
    """The width of a logo that is LOGO_HEIGHT high, or as much as there is room for."""
    if not logo:
        return 0.0
    across, down = ImageReader(io.BytesIO(logo)).getSize()
    return float(min(LOGO_WIDTH, LOGO_HEIGHT * across / down))
