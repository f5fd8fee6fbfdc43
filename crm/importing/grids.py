"""A file as grids of text, one a sheet: what the reader of files does in a process of its own.

`python -m crm.importing.grids` reads the file from its standard input and answers with a line of JSON for each sheet.
It knows neither Django nor the database, so that it is there at once and has nothing that a file from hell could take.
What could harm is refused before it is unpacked; what grows beyond measure all the same ends the process, and no more
than that."""

import csv
import functools
import io
import json
import resource
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Final

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from crm.importing.decoding import decoded
from crm.importing.number_formats import shown, shown_day
from crm.values.names import clean

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 100
LARGEST_UNPACKED: Final = 60 * 1024 * 1024
# A text that many cells share stands once in the file: all of them together are more than it unpacks to.
MOST_CHARACTERS: Final = 10 * 1024 * 1024
# Where a header is looked for.
HEADER_WITHIN: Final = 50
# The most that Excel lets one hold: what is cut off would be missed by nobody.
LONGEST_CELL: Final = 32_767
# How people write that there is nothing.
_NOTHING: Final = frozenset({"-", "–", "—"})
# What other systems hand out under the name of a workbook: Excel opens it all the same.
_PAGE: Final = (b"<html", b"<!doctype", b"<?xml", b"<head", b"<meta", b"<table")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a Hangul document of the older form calls one of its parts.
_HANGUL: Final = "FileHeader".encode("utf-16-le")

Grid = list[list[str]]
# Sheets by their titles, with values where others have formulas.
WorkedOut = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet of a file. `name` is the one that people see, `grid` None where it is too large. `hidden` are the
    lines, from 1, that nobody sees: a filter took them away, they are folded up, or hidden by hand. `hidden_columns`
    are the places, from 0, of columns that nobody sees."""

    name: str
    grid: Grid | None
    hidden: list[int]
    hidden_columns: list[int]


class Unreadable(Exception):
    """`why` is what `files.REASONS` puts into words: locked, page, unpacked, damaged, csv, neither; `about` what it
    adds."""

    def __init__(self, why: str, about: str = "") -> None:
        super().__init__(why)
        self.why, self.about = why, about


class _TooLarge(Exception):
    """One sheet, of which the workbook may have others."""


def grids(is_named_so: bool, content: bytes) -> Iterator[Leaf]:
    """The sheets in their order. `is_named_so`: its name is that of a workbook. Raises Unreadable."""
    sheets = _sheets(content) if _is_workbook(is_named_so, content) else [None]

    @functools.cache
    def worked_out() -> WorkedOut:
        return {sheet.title: sheet for sheet in _sheets(content, worked_out=True)}

    for sheet in sheets:
        name = "" if sheet is None or sheet.sheet_state != "visible" else sheet.title
        try:
            grid = _csv(content) if sheet is None else _grid(sheet, worked_out)
            rows, columns = ([], []) if sheet is None else (_hidden(sheet, len(grid)), _hidden_columns(sheet))
            yield Leaf(name, grid, rows, columns)
        except _TooLarge:
            yield Leaf(name, None, [], [])


def _is_workbook(is_named_so: bool, content: bytes) -> bool:
    if content.startswith(_OLE):
        raise Unreadable("neither" if _HANGUL in content else "locked")
    if content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE):
        raise Unreadable("page")
    return content.startswith(b"PK") or is_named_so


def _sheets(content: bytes, worked_out: bool = False) -> list[Any]:
    """`worked_out`: in place of formulas, what they came to when the file was last kept."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
        # Entries tell their size before they are unpacked; one that lies fails in the reader.
        if not _is_within(LARGEST_UNPACKED, (entry.file_size for entry in entries)):
            raise Unreadable("unpacked")
        if not any(entry.filename.startswith("xl/") for entry in entries):
            raise Unreadable("neither")
        sheets = openpyxl.load_workbook(io.BytesIO(content), data_only=worked_out, keep_links=False).worksheets
        # What is hidden is there for something else: it is read where nothing that is seen has a header.
        return sorted(sheets, key=lambda sheet: sheet.sheet_state != "visible")
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # whatever a damaged workbook makes the reader stumble over
        if "out of memory" in str(error):
            raise MemoryError from error
        raise Unreadable("damaged") from error


def _is_within(limit: int, sizes: Iterable[int]) -> bool:
    """Whether the sizes stay within the limit together."""
    left = limit
    for size in sizes:
        left -= size
    return left >= 0


def _grid(sheet: Any, worked_out: Callable[[], WorkedOut]) -> Grid:
    if sheet.max_row > MOST_ROWS + HEADER_WITHIN or sheet.max_column > MOST_COLUMNS:
        raise _TooLarge
    grid = _within([_shown(cell, worked_out) for cell in row] for row in sheet.iter_rows())
    for merged in sheet.merged_cells.ranges:
        if merged.min_row > len(grid) or merged.min_col > len(grid[merged.min_row - 1]):
            continue
        first = grid[merged.min_row - 1][merged.min_col - 1]
        for row in range(merged.min_row - 1, min(merged.max_row, len(grid))):
            for column in range(merged.min_col - 1, min(merged.max_col, len(grid[row]))):
                grid[row][column] = first
    return _within(grid)


def _hidden(sheet: Any, lines: int) -> list[int]:
    return sorted(line for line, told in sheet.row_dimensions.items() if told.hidden and line <= lines)


def _hidden_columns(sheet: Any) -> list[int]:
    """The file tells it of runs of columns, the last of which may go on to the edge of what a sheet can have."""
    runs = [told for told in sheet.column_dimensions.values() if told.hidden]
    ends = [(run.min, min(run.max or run.min, sheet.max_column)) for run in runs]
    return sorted({place - 1 for first, last in ends for place in range(first, last + 1)})


def _within(rows: Iterable[list[str]]) -> Grid:
    """The rows, so far as a sheet may have them and their texts."""
    grid: Grid = []
    left = MOST_CHARACTERS
    for row in rows:
        for text in row:
            left -= len(text)
        if left < 0:
            raise Unreadable("unpacked")
        if len(grid) == MOST_ROWS + HEADER_WITHIN:
            raise _TooLarge
        grid.append(row)
    return grid


def _shown(cell: Any, worked_out: Callable[[], WorkedOut]) -> str:
    """A formula that came to a number or a day is what people see of it. One that comes to words may be anything that
    stands in a cell it leads to, and stays a formula, to be refused by who reads the row."""
    value = cell.value
    if cell.data_type == "f":
        found = worked_out()[cell.parent.title][cell.coordinate].value
        is_plain = isinstance(found, int | float | Decimal | date) and not isinstance(found, bool)
        value = found if is_plain else value
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _cell(shown(value, cell.number_format))
    if isinstance(value, date):
        return shown_day(value, cell.number_format)
    return _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, ArrayFormula | DataTableFormula):
        return "=" + str(getattr(value, "text", "") or "").removeprefix("=")
    if isinstance(value, bool):
        return str(value)
    return _cell(str(value))


def _cell(text: str) -> str:
    kept = clean(text[: 2 * LONGEST_CELL])[:LONGEST_CELL]
    return "" if kept in _NOTHING else kept


def _csv(content: bytes) -> Grid:
    text = decoded(content)
    if text is None:
        raise Unreadable("neither")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        return _within([_cell(cell) for cell in row[:MOST_COLUMNS]] for row in rows)
    except csv.Error as error:
        raise Unreadable("csv", str(error)) from error


def _delimiter(text: str) -> str:
    """What stands between the cells: that which divides the most of the first rows, and into the most cells."""

    def divides(sign: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
        with suppress(csv.Error):
            widths = [len(row) for row in islice(rows, HEADER_WITHIN)]
            return len([width for width in widths if width > 1]), max(widths, default=0)
        return 0, 0

    return max(",;\t", key=divides)


def main(is_named_so: str, most_bytes: str, most_seconds: str) -> None:
    """Answers a leaf for each sheet, and at last `{"refused": why, "about": text}`, "" where the whole file was read. A
    process that ends without that word ran against its limits."""
    resource.setrlimit(resource.RLIMIT_AS, (int(most_bytes), int(most_bytes)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(most_seconds), int(most_seconds)))
    with suppress(OSError):
        # Where memory runs out all the same it is this process that the system ends, and not the server.
        Path("/proc/self/oom_score_adj").write_text("1000")
    refused = Unreadable("")
    try:
        for leaf in grids(is_named_so == "workbook", sys.stdin.buffer.read()):
            _say(**asdict(leaf))
    except Unreadable as error:
        refused = error
    except MemoryError:
        return
    _say(refused=refused.why, about=refused.about)


def _say(**told: Any) -> None:
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
