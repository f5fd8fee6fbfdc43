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
    further sheets that have headings and were not read. `hidden_columns` are the places among the headings, from 0,
    that whoever opens the file does not see."""

    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    above: tuple[str, ...] = ()
    name: str = ""
    others: tuple[str, ...] = ()
    hidden_columns: tuple[int, ...] = ()


def read_sheet(name: str, content: bytes, is_known: Callable[[str], bool]) -> Sheet:
    """The first sheet that has a header. `is_known` says whether a text is a heading that somebody understands. Raises
    Refused with one clear sentence."""
    found: list[Sheet] = []
    is_too_large = False
    with closing(grids_of(name, content)) as grids:
        try:
            for leaf in grids:
                header = None if leaf.grid is None else _header(leaf.grid, is_known)
                if leaf.grid is not None and header is not None:
                    found.append(_below(leaf, leaf.grid, header))
                is_too_large = is_too_large or leaf.grid is None
        except Refused:
            # Officers keep other things in the same workbook: once a sheet was found they are in nobody's way.
            if not found:
                raise
    if found:
        return replace(found[0], others=tuple(sheet.name for sheet in found[1:] if sheet.name and sheet.rows))
    if is_too_large:
        raise _too_large()
    raise refused(_("No row of headings was found. Headings are words such as 구분, 기업명, 체결일, 금액."))


def _too_large() -> Refused:
    told = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
    return refused(_("A sheet has at most %(rows)d rows and %(columns)d columns.") % told)


def _header(grid: Sequence[Sequence[str]], is_known: Callable[[str], bool]) -> int | None:
    """The row with the most known headings; the first of several."""
    known = [len({cell for cell in row if cell and is_known(cell)}) for row in grid[:HEADER_WITHIN]]
    best = max(known, default=0)
    return known.index(best) if best >= KNOWN_AT_LEAST else None


def _below(leaf: Leaf, grid: Sequence[Sequence[str]], header: int) -> Sheet:
    unseen = frozenset(leaf.hidden)
    names = list(grid[header])
    while names and not names[-1]:
        names.pop()
    width = len(names)
    rows = []
    for number, row in enumerate(grid[header + 1 :], start=header + 2):
        cells = (*row[:width], *[""] * (width - len(row)))
        if any(cells):
            rows.append(SheetRow(number, cells, number in unseen))
    if len(rows) > MOST_ROWS:
        raise _too_large()
    above = dict.fromkeys(cell for row in grid[:header] for cell in row if cell)
    hidden_columns = tuple(place for place in leaf.hidden_columns if place < width)
    return Sheet(tuple(names), tuple(rows), tuple(above), leaf.name, hidden_columns=hidden_columns)
