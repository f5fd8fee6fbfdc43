"""Any sheet that officers keep, as rows of text: an Excel workbook or a CSV file, the header wherever it stands.

What could harm is refused before it is unpacked: encrypted and broken workbooks, files that grow beyond measure."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, Final

import openpyxl
from django.utils.translation import gettext as _

from crm.importing.refusal import Fault, Refused
from crm.values.names import clean

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 100
LARGEST_UNPACKED: Final = 60 * 1024 * 1024
# Where a header is looked for, and how many of its cells have to be known.
HEADER_WITHIN: Final = 50
KNOWN_AT_LEAST: Final = 2
LONGEST_CELL: Final = 5000
# How people write that there is nothing.
_NOTHING: Final = frozenset({"-", "–", "—"})
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`number` is the line in the file, from 1; `cells` align with the headings. A formula begins with `=`."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`above`: what stands over the headings, each text once."""

    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    above: tuple[str, ...] = ()


def read_sheet(name: str, content: bytes, is_known: Callable[[str], bool]) -> Sheet:
    """The first sheet that has a header. `is_known` says whether a text is a heading that somebody understands. Raises
    Refused with one clear sentence."""
    too_large: Refused | None = None
    for read in _workbook(content) if _is_workbook(name, content) else [lambda: _csv(content)]:
        try:
            grid = read()
        except _TooLarge as refusal:
            # Officers keep other things in the same workbook: they are in nobody's way.
            too_large = refusal
            continue
        header = _header(grid, is_known)
        if header is not None:
            return _below(grid, header)
    if too_large is not None:
        raise too_large
    raise _refused(_("No row of headings was found. Headings are words such as 구분, 기업명, 체결일, 금액."))


class _TooLarge(Refused):
    """One sheet, of which the workbook may have others."""

    def __init__(self) -> None:
        told = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
        super().__init__([Fault(_("file"), _("A sheet has at most %(rows)d rows and %(columns)d columns.") % told)])


def _refused(reason: str) -> Refused:
    return Refused([Fault(_("file"), reason)])


def _is_workbook(name: str, content: bytes) -> bool:
    if content.startswith(_OLE):
        raise _refused(_("This workbook is protected by a password or of the old .xls form. Save it as .xlsx first."))
    return content.startswith(b"PK") or name.lower().endswith((".xlsx", ".xlsm"))


def _workbook(content: bytes) -> list[Callable[[], list[list[str]]]]:
    """Its sheets in their order, each read when it is asked for."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            # Entries tell their size before they are unpacked; one that lies fails in the reader.
            if not sum_within(LARGEST_UNPACKED, (entry.file_size for entry in packed.infolist())):
                raise _refused(_("This workbook unpacks to more than can be read."))
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
    except Refused:
        raise
    except Exception as error:  # whatever a damaged workbook makes the reader stumble over
        raise _refused(_("This workbook is damaged and cannot be read.")) from error
    return [partial(_grid, sheet) for sheet in book.worksheets]


def sum_within(limit: int, sizes: Any) -> bool:
    """Whether the sizes stay within the limit together."""
    left = limit
    for size in sizes:
        left -= size
    return left >= 0


def _grid(sheet: Any) -> list[list[str]]:
    if sheet.max_row > MOST_ROWS + HEADER_WITHIN or sheet.max_column > MOST_COLUMNS:
        raise _TooLarge
    grid = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    for merged in sheet.merged_cells.ranges:
        if merged.min_row > len(grid) or merged.min_col > len(grid[merged.min_row - 1]):
            continue
        first = grid[merged.min_row - 1][merged.min_col - 1]
        for row in range(merged.min_row - 1, min(merged.max_row, len(grid))):
            for column in range(merged.min_col - 1, min(merged.max_col, len(grid[row]))):
                grid[row][column] = first
    return grid


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        return f"{number:f}" if number.is_finite() else ""
    return _cell(str(value))


def _cell(text: str) -> str:
    kept = clean(text)[:LONGEST_CELL]
    return "" if kept in _NOTHING else kept


def _csv(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise _refused(_("This CSV file is damaged: %(reason)s.") % {"reason": error}) from error
    if len(rows) > MOST_ROWS + HEADER_WITHIN:
        raise _TooLarge
    return [[_cell(cell) for cell in row[:MOST_COLUMNS]] for row in rows]


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _refused(_("This is neither an Excel workbook nor a CSV file."))


def _header(grid: Sequence[Sequence[str]], is_known: Callable[[str], bool]) -> int | None:
    """The row with the most known headings; the first of several."""
    known = [len({cell for cell in row if cell and is_known(cell)}) for row in grid[:HEADER_WITHIN]]
    best = max(known, default=0)
    return known.index(best) if best >= KNOWN_AT_LEAST else None


def _below(grid: Sequence[Sequence[str]], header: int) -> Sheet:
    names = list(grid[header])
    while names and not names[-1]:
        names.pop()
    width = len(names)
    rows = []
    for number, row in enumerate(grid[header + 1 :], start=header + 2):
        cells = (*row[:width], *[""] * (width - len(row)))
        if any(cells):
            rows.append(SheetRow(number, cells))
    if len(rows) > MOST_ROWS:
        raise _TooLarge
    above = dict.fromkeys(cell for row in grid[:header] for cell in row if cell)
    return Sheet(tuple(names), tuple(rows), tuple(above))
