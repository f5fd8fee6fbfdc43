"""Any sheet that officers keep, as rows of text: an Excel workbook or a CSV file, the header wherever it stands."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from crm.importing.files import grids_of, refused
from crm.importing.grids import HEADER_WITHIN, MOST_COLUMNS, MOST_ROWS, Leaf
from crm.importing.refusal import Refused

# How many of a header's cells have to be known.
KNOWN_AT_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`number` is the line in the file, from 1; `cells` align with the headings. A formula begins with `=`.
    `is_hidden`: whoever opens the file does not see the row, for it is filtered away or hidden by hand."""

    number: int
    cells: tuple[str, ...]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """`above`: what stands over the headings, each text once. `name` is the sheet's in its workbook, `others` those of
    further sheets that have headings and were not read; `further` are the lines in which other tables of the same
    sheet begin, which were not read either. `hidden_columns` are the places among the headings, from 0, that whoever
    opens the file does not see."""

    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    above: tuple[str, ...] = ()
    name: str = ""
    others: tuple[str, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    further: tuple[int, ...] = ()


def read_sheet(name: str, content: bytes, is_known: Callable[[str], bool]) -> Sheet:
    """The first sheet that has a header and rows below it. `is_known` says whether a text is a heading that somebody
    understands. Raises Refused with one clear sentence."""
    found: list[Sheet] = []
    is_too_large = False
    with closing(grids_of(name, content)) as grids:
        try:
            for leaf in grids:
                header = None if leaf.grid is None else _header(leaf.grid, is_known)
                if leaf.grid is not None and header is not None:
                    found.append(_below(leaf, leaf.grid, header, is_known))
                is_too_large = is_too_large or leaf.grid is None
        except Refused:
            # Officers keep other things in the same workbook: once a sheet was found they are in nobody's way.
            if not found:
                raise
    filled = [sheet for sheet in found if sheet.rows]
    if filled:
        return replace(filled[0], others=tuple(sheet.name for sheet in filled[1:] if sheet.name))
    if is_too_large:
        raise _too_large()
    if found:
        raise refused(_("There is no row below the headings."))
    raise refused(_("No row of headings was found. Headings are words such as 구분, 기업명, 체결일, 금액."))


def _too_large() -> Refused:
    told = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
    return refused(_("A sheet has at most %(rows)d rows and %(columns)d columns.") % told)


def _known_in(row: Sequence[str], is_known: Callable[[str], bool]) -> int:
    return len({cell for cell in row if cell and is_known(cell)})


def _header(grid: Sequence[Sequence[str]], is_known: Callable[[str], bool]) -> int | None:
    """The row with the most known headings; the first of several."""
    known = [_known_in(row, is_known) for row in grid[:HEADER_WITHIN]]
    best = max(known, default=0)
    return known.index(best) if best >= KNOWN_AT_LEAST else None


def _below(leaf: Leaf, grid: Sequence[Sequence[str]], header: int, is_known: Callable[[str], bool]) -> Sheet:
    unseen = frozenset(leaf.hidden)
    names, begins = _headings(grid, header, is_known)
    width = len(names)
    rows, further = [], _tables(grid[:header], is_known)
    for number, row in enumerate(grid[begins:], start=begins + 1):
        if _repeats(row, grid[header]) or _repeats(row, names):
            # Printed at the head of each page.
            continue
        if _is_header(row, is_known):
            further += [number, *(line + number for line in _tables(grid[number:], is_known))]
            break
        cells = (*row[:width], *[""] * (width - len(row)))
        if any(cells):
            rows.append(SheetRow(number, cells, number in unseen))
    if len(rows) > MOST_ROWS:
        raise _too_large()
    above = dict.fromkeys(cell for row in grid[:header] for cell in row if cell)
    hidden_columns = tuple(place for place in leaf.hidden_columns if place < width)
    return Sheet(
        tuple(names), tuple(rows), tuple(above), leaf.name, hidden_columns=hidden_columns, further=tuple(further)
    )


def _headings(grid: Sequence[Sequence[str]], header: int, is_known: Callable[[str], bool]) -> tuple[list[str], int]:
    """The headings, and where the rows below them begin. Headings merged over two rows, beside others that are divided
    in the second, are two rows of one header: `금액` over `국내` and `해외` is `금액 (국내)` and `금액 (해외)`."""
    upper = list(grid[header])
    while upper and not upper[-1]:
        upper.pop()
    lower = list(grid[header + 1][: len(upper)]) if header + 1 < len(grid) else []
    lower += [""] * (len(upper) - len(lower))
    same = len([one for one, other in zip(upper, lower, strict=True) if one and one == other])
    if same < KNOWN_AT_LEAST or upper == lower:
        return upper, header + 1
    pairs = zip(upper, lower, strict=True)
    return [_both(one, other, lower.count(other) == 1 and is_known(other)) for one, other in pairs], header + 2


def _both(upper: str, lower: str, says_all: bool) -> str:
    if upper == lower or not lower:
        return upper
    return lower if says_all or not upper else f"{upper} ({lower})"


def _repeats(row: Sequence[str], header: Sequence[str]) -> bool:
    """Whether the row is the header again: it says nothing else."""
    told = [(cell, header[place] if place < len(header) else "") for place, cell in enumerate(row) if cell]
    return len(told) >= KNOWN_AT_LEAST and all(cell == heading for cell, heading in told)


def _is_header(row: Sequence[str], is_known: Callable[[str], bool]) -> bool:
    """Whether a row besides the header is that of another table: most of what it says are headings. What stands in
    pairs, `행사 | CES 2023 | 일자 | 2023. 1. 5.`, is none."""
    known = _known_in(row, is_known)
    return known >= KNOWN_AT_LEAST and 2 * known > len({cell for cell in row if cell})


def _tables(grid: Sequence[Sequence[str]], is_known: Callable[[str], bool]) -> list[int]:
    """The lines, from 1, in which tables begin that have something below their header."""
    lines = [line for line, row in enumerate(grid, start=1) if _is_header(row, is_known)]
    return [line for line in lines if line < len(grid) and line + 1 not in lines and any(grid[line])]
