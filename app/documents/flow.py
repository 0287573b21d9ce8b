"""Rows of a paper and how they fall on pages: what belongs together stays together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from app.documents.design import Measure
from app.documents.sheet import Align, Sheet
from app.documents.text import Colour, Lines

# Draws what stands under or beside the text of a row, from the row's top; a row that is split keeps
# it in its first part.
Adorn = Callable[[Sheet, float], None]

FEWEST_LINES = 2  # of a column, before and after a page break


@dataclass(frozen=True, slots=True)
class Column:
    """A set text and its box; y in pt below the top of the row."""

    lines: Lines
    x: float
    width: float
    align: Align = Align.START
    y: float = 0.0

    @property
    def bottom(self) -> float:
        """In pt below the top of the row."""
        return self.y + self.lines.height


@dataclass(frozen=True, slots=True)
class Band:
    """A tinted ground behind a row."""

    x: float
    width: float
    fill: Colour
    radius: float = 6.0


@dataclass(frozen=True, slots=True)
class Row:
    """Columns side by side.

    Attributes:
        gap: Space before it, in pt; none at the top of a page.
        pad: Space above and below the columns, inside the band, in pt.
        least: Smallest height without the padding, in pt.
        glued: Whether it stays on one page with the row after it.
        whole: Whether it may not be split.
        rule: Colour of a line in the middle of the gap; none at the top of a page.
        dash: Length of that line's dashes, in pt; 0 for a whole line.
    """

    columns: tuple[Column, ...] = ()
    gap: float = 0.0
    pad: float = 0.0
    least: float = 0.0
    glued: bool = False
    whole: bool = False
    band: Band | None = None
    adorn: Adorn | None = None
    rule: Colour | None = None
    dash: float = 0.0

    @property
    def height(self) -> float:
        """In pt, without the gap."""
        return max([self.least, *(column.bottom for column in self.columns)]) + 2 * self.pad

    def draw(self, sheet: Sheet, y: float) -> None:
        """Draw it with its top edge at y."""
        if self.band is not None:
            band = self.band
            sheet.box(band.x, y, band.width, self.height, band.fill, radius=band.radius)
        if self.adorn is not None:
            self.adorn(sheet, y + self.pad)
        for column in self.columns:
            top = y + self.pad + column.y
            sheet.text(column.lines, column.x, top, column.width, column.align)

    def split(self, room: float) -> tuple[Row, Row] | None:
        """What fits into a height in pt, and the rest; None when it cannot be split there."""
        if self.whole or not self.columns:
            return None
        counts = [_lines_above(column, room - 2 * self.pad) for column in self.columns]
        if None in counts:
            return None
        cuts = [c.lines.cut(n or 0) for c, n in zip(self.columns, counts, strict=True)]
        first = [replace(c, lines=cut[0]) for c, cut in zip(self.columns, cuts, strict=True)]
        rest = [replace(c, lines=cut[1], y=0.0) for c, cut in zip(self.columns, cuts, strict=True)]
        return (
            replace(self, columns=tuple(first), least=0.0),
            replace(self, columns=tuple(rest), least=0.0, gap=0.0, adorn=None),
        )


def _lines_above(column: Column, room: float) -> int | None:
    """How many lines of a column stand above a page break; None when it allows no break there."""
    total = len(column.lines.lines)
    fitting = int((room - column.y) // column.lines.style.leading)
    if fitting >= total:
        return total
    fitting = min(fitting, total - FEWEST_LINES)
    return fitting if fitting >= FEWEST_LINES else None


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and where its top edge lies, in pt below the top of the page's body.

    Attributes:
        gap: Space above it that was kept, in pt.
    """

    row: Row
    y: float
    gap: float

    def draw(self, sheet: Sheet, top: float, measure: Measure) -> None:
        """Draw the row on a page whose body begins at a height."""
        if self.row.rule and self.gap:
            y = top + self.y - self.gap / 2
            sheet.rule(measure.x, y, measure.width, self.row.rule, dash=self.row.dash)
        self.row.draw(sheet, top + self.y)


@dataclass(slots=True)
class _Page:
    height: float
    placed: list[Placed]
    used: float = 0.0

    def room(self, row: Row) -> float:
        return self.height - self.used - (row.gap if self.placed else 0.0)

    def put(self, row: Row) -> None:
        gap = row.gap if self.placed else 0.0
        self.used += gap
        self.placed.append(Placed(row, self.used, gap))
        self.used += row.height


def paginate(rows: Iterable[Row], heights: Iterable[float]) -> list[list[Placed]]:
    """The rows on pages whose bodies have those heights in pt (endless, the first page's first)."""
    measure = iter(heights)
    pages = [_Page(next(measure), [])]
    for chain in _chains(rows):
        if _height(chain, at_top=not pages[-1].placed) > pages[-1].height - pages[-1].used:
            following = next(measure)
            if _height(chain, at_top=True) <= following or pages[-1].room(chain[0]) < following / 4:
                pages.append(_Page(following, []))
        waiting = list(chain)
        while waiting:
            row = waiting.pop(0)
            if row.height <= pages[-1].room(row):
                pages[-1].put(row)
            elif parts := row.split(pages[-1].room(row)):
                pages[-1].put(parts[0])
                waiting.insert(0, parts[1])
            elif pages[-1].placed:
                pages.append(_Page(next(measure), []))
                waiting.insert(0, row)
            else:
                pages[-1].put(row)  # higher than a page and not to be split: nothing is left out
    return [page.placed for page in pages]


def _chains(rows: Iterable[Row]) -> Iterator[list[Row]]:
    chain: list[Row] = []
    for row in rows:
        chain.append(row)
        if not row.glued:
            yield chain
            chain = []
    if chain:
        yield chain


def _height(chain: list[Row], *, at_top: bool) -> float:
    total = sum(row.gap + row.height for row in chain)
    return total - chain[0].gap if at_top else total
