"""Rows of a paper and how they fall on pages: what belongs together stays together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace

from app.documents.design import Measure
from app.documents.sheet import Align, Sheet
from app.documents.text import Colour, Lines

# Draws what stands under or beside the text of a row, from the row's top; a row that is split keeps
# it in its first part.
Adorn = Callable[[Sheet, float], None]

EDGE = 4.0  # pt; the width of a strong edge
FEWEST_LINES = 2  # of a column, before and after a page break
HIGHEST_HEADING = 54.0  # pt; a row that is higher stands by itself at the end of a page
MOST_HEADINGS = 3  # rows that stay with the one after them: a heading and the first lines under it


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
    """A tinted ground behind a row, with a strong edge where reading starts if it has a colour."""

    x: float
    width: float
    fill: Colour
    radius: float = 6.0
    edge: Colour = ""

    def draw(self, sheet: Sheet, y: float, height: float) -> None:
        """Draw it with its top edge at y."""
        sheet.box(self.x, y, self.width, height, self.fill, radius=self.radius)
        if self.edge:
            sheet.box(self.x, y, EDGE, height, self.edge)


@dataclass(frozen=True, slots=True)
class Row:
    """Columns side by side.

    Attributes:
        gap: Space before it, in pt; none at the top of a page.
        pad: Space above and below the columns, inside the band, in pt.
        least: Smallest height without the padding, in pt.
        glued: Whether it stays on one page with the row after it.
        whole: Whether it may not be split.
        mark: Names its text for reading it back; empty for none.
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
    mark: str = ""
    rule: Colour | None = None
    dash: float = 0.0

    @property
    def height(self) -> float:
        """In pt, without the gap."""
        return max([self.least, *(column.bottom for column in self.columns)]) + 2 * self.pad

    def draw(self, sheet: Sheet, y: float) -> None:
        """Draw it with its top edge at y."""
        if self.band is not None:
            self.band.draw(sheet, y, self.height)
        if self.adorn is not None:
            self.adorn(sheet, y + self.pad)
        with sheet.marked(self.mark) if self.mark else nullcontext():
            for column in self.columns:
                top = y + self.pad + column.y
                sheet.text(column.lines, column.x, top, column.width, column.align)

    def split(self, room: float) -> tuple[Row, Row] | None:
        """What fits into a height in pt, and the rest; None when it cannot be split there."""
        if self.whole or not self.columns:
            return None
        above: list[Column] = []
        below: list[Column] = []
        for stack in self._stacks():
            parts = _cut_stack(stack, room - 2 * self.pad)
            if parts is None:
                return None
            above += parts[0]
            below += parts[1]
        return (
            replace(self, columns=tuple(above), least=0.0, glued=False),
            replace(self, columns=tuple(below), least=0.0, gap=0.0, adorn=None),
        )

    def _stacks(self) -> Iterable[list[Column]]:
        """The columns that stand under one another, from the top."""
        stacks: dict[float, list[Column]] = {}
        for column in self.columns:  # in their order: it is the order of reading, too
            stacks.setdefault(column.x, []).append(column)
        return [sorted(stack, key=lambda column: column.y) for stack in stacks.values()]


def _cut_stack(stack: list[Column], room: float) -> tuple[list[Column], list[Column]] | None:
    """The columns of a stack above and below a page break; None when it allows no break there."""
    for number, column in enumerate(stack):
        if column.bottom <= room:
            continue
        count = _lines_above(column, room)
        if count is None and number == 0:
            return None
        first, rest = column.lines.cut(count or 0)
        start = column.y + first.height
        below = [replace(column, lines=rest, y=0.0)]
        below += [replace(later, y=later.y - start) for later in stack[number + 1 :]]
        return [*stack[:number], *([replace(column, lines=first)] if count else [])], below
    return stack, []


def _lines_above(column: Column, room: float) -> int | None:
    """How many lines of a column stand above a page break; None when it allows no break there."""
    fitting = int((room - column.y) // column.lines.style.leading)
    fitting = min(fitting, len(column.lines.lines) - FEWEST_LINES)
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

    def split(self, row: Row) -> tuple[Row, Row] | None:
        """A row in two; what may not be split is, where only its headings stand above it."""
        if len(self.placed) == len(self._headings()):
            row = replace(row, whole=False)
        return row.split(self.room(row))

    def take_back(self) -> list[Row]:
        """The rows at the end that stay with the row after them; none when nothing else is there.

        They go to the next page with it.
        """
        taken = self._headings()
        if not taken or len(taken) == len(self.placed):
            return []
        del self.placed[-len(taken) :]
        self.used = taken[0].y - taken[0].gap
        return [placed.row for placed in taken]

    def _headings(self) -> list[Placed]:
        """A heading, and the first lines under it, that end the page."""
        last = self.placed[-MOST_HEADINGS:]
        while last and not all(_heads(placed.row) for placed in last):
            last = last[1:]
        return last


def _heads(row: Row) -> bool:
    return row.glued and row.height <= HIGHEST_HEADING


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
            elif parts := pages[-1].split(row):
                pages[-1].put(parts[0])
                waiting.insert(0, parts[1])
            elif pages[-1].placed:
                waiting[:0] = [*pages[-1].take_back(), row]
                pages.append(_Page(next(measure), []))
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
