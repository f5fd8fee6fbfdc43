"""Rows of a table as sheet XML, written one after the other: a hundred thousand rows never stand in memory as cells.

openpyxl makes an object of every cell, which is most of its time; here a row is a line of text from the start. What a
cell holds and how it looks is decided in xlsx_cells, as for every other cell."""

import tempfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self
from xml.sax.saxutils import escape

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook import Workbook

from reports.documents.text import FORMULA_STARTS, UNKNOWN, is_numeric
from reports.documents.xlsx_cells import LINE_POINTS, TALLEST_ROW, WIDEST_LETTER, excel_content, fitted, line_count
from reports.report import ColumnKind, Row, Value

# Stands where the number of the row comes, once it is known; no text of a workbook can hold it.
_ROW_NUMBER: Final = "\0"
_REMEMBERED: Final = 1_000  # texts a column, since kinds, units and sources come again and again
_LONGEST_REMEMBERED: Final = 60
_AT_ONCE: Final = 256


@dataclass(frozen=True, slots=True)
class Aside:
    """Words beside a row, in a column right of the table: not wrapped, and no part of what is printed."""

    column: int
    text: str


class Styles:
    """The numbers under which a sheet refers to a style, by its name and number format."""

    def __init__(self, workbook: Workbook) -> None:
        self._sheet = workbook.worksheets[0]
        self._known: dict[tuple[str, str | None, bool], int] = {}

    def number(self, name: str, number_format: str | None = None, *, is_quoted: bool = False) -> int:
        """`is_quoted`: text that looks like a formula, and stays text when somebody edits it."""
        key = (name, number_format, is_quoted)
        if key not in self._known:
            cell = Cell(self._sheet, row=1, column=1)  # belongs to no sheet: only its style is asked for
            cell.style = name
            if number_format is not None:
                cell.number_format = number_format
            if is_quoted:
                cell.quotePrefix = True
            self._known[key] = int(cell.style_id)
        return self._known[key]


class _Column:
    """The cells of one column, in one emphasis."""

    def __init__(self, styles: Styles, number: int, kind: ColumnKind, width: float, is_total: bool) -> None:
        self._styles = styles
        self._start = f'<c r="{get_column_letter(number)}{_ROW_NUMBER}" s="'
        self._kind = kind
        self._name = ("ieum number" if is_numeric(kind) else "ieum text") + (" total" if is_total else "")
        self._width = width
        self.texts: dict[str, tuple[str, int]] = {}
        self.unknown = self._words(UNKNOWN, self._name)

    def text(self, value: str) -> tuple[str, int]:
        """The cell, and how many lines its text takes."""
        clean = fitted(value)
        short = len(clean) * WIDEST_LETTER <= self._width - 1 and "\n" not in clean
        made = self._words(clean, self._name), 1 if short else line_count(clean, self._width)
        if len(value) <= _LONGEST_REMEMBERED and len(self.texts) < _REMEMBERED:
            self.texts[value] = made
        return made

    def number(self, value: Value, is_link: bool = False) -> str:
        """The cell of a value that is no text: as text after all where Excel could not hold it exactly."""
        name = f"{self._name} link" if is_link and is_numeric(self._kind) else self._name
        content = excel_content(value, self._kind)
        if content.number_format is None:
            return self._words(fitted(str(content.value)), name)
        held = to_excel(content.value) if isinstance(content.value, date) else content.value  # type: ignore[no-untyped-call]
        return f'{self._start}{self._styles.number(name, content.number_format)}"><v>{held:.16g}</v></c>'

    def _words(self, clean: str, name: str) -> str:
        return self._start + _words(self._styles, clean, name)


class RowWriter:
    """Writes the rows of one table; `kinds` and `widths` are those of its columns, the first in column A."""

    def __init__(self, styles: Styles, kinds: Sequence[ColumnKind], widths: Sequence[float]) -> None:
        self._styles = styles
        columns = list(enumerate(zip(kinds, widths, strict=False), start=1))
        self._plain, self._total = (
            [_Column(styles, number, kind, width, is_total) for number, (kind, width) in columns]
            for is_total in (False, True)
        )

    def row(self, row: Row, linked: Sequence[bool] = (), asides: Iterable[Aside] = ()) -> bytes:
        """The row as XML. `linked`, aligned with the values: whether a cell leads somewhere."""
        cells: list[str] = []
        lines = 1
        for column, value in zip(self._total if row.emphasis else self._plain, row.values, strict=True):
            if value is None:
                cells.append(column.unknown)
            elif isinstance(value, str):
                made = column.texts.get(value) or column.text(value)
                cells.append(made[0])
                if made[1] > lines:
                    lines = made[1]
            else:
                cells.append(column.number(value, bool(linked) and linked[len(cells)]))
        for aside in asides:
            letter = get_column_letter(aside.column)
            cells.append(f'<c r="{letter}{_ROW_NUMBER}" s="{_words(self._styles, fitted(aside.text), "ieum aside")}')
        height = f' ht="{min(lines * LINE_POINTS, TALLEST_ROW):g}" customHeight="1"' if lines > 1 else ""
        return f'<row r="{_ROW_NUMBER}"{height}>{"".join(cells)}</row>'.encode()


def _words(styles: Styles, clean: str, name: str) -> str:
    """The rest of a cell with words, from its style on."""
    number = styles.number(name, is_quoted=clean.startswith(FORMULA_STARTS))
    space = ' xml:space="preserve"' if clean != clean.strip() or "\n" in clean else ""
    return f'{number}" t="inlineStr"><is><t{space}>{escape(clean)}</t></is></c>'


class Spool:
    """Rows that wait in a temporary file until what stands before them is known: in order of their keys, and where
    these are alike, in the order in which they came."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the spool
        self._ends = array("Q", [0])
        self._keys: list[tuple[str, ...]] = []
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._split: dict[str, tuple[str, ...]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, row: bytes, key: str = "") -> None:
        self._file.write(row)
        self._ends.append(self._ends[-1] + len(row))
        if key not in self._split:
            self._split[key] = tuple(key.split("/"))
        self._keys.append(self._split[key])
        self._counts[self._split[key]] += 1

    def behind(self, key: str) -> range:
        """The places, from 0, of the rows whose keys begin with this one."""
        begins = tuple(key.split("/"))
        before = sum(count for known, count in self._counts.items() if known < begins)
        found = sum(count for known, count in self._counts.items() if known[: len(begins)] == begins)
        return range(before, before + found)

    def numbered(self, first: int) -> Iterator[bytes]:
        """The rows as XML, numbered from `first`, many at a time."""
        order = sorted(range(len(self)), key=self._keys.__getitem__)
        for start in range(0, len(order), _AT_ONCE):
            some = order[start : start + _AT_ONCE]
            yield b"".join(self._numbered(place, first + start + i) for i, place in enumerate(some))

    def _numbered(self, place: int, number: int) -> bytes:
        self._file.seek(self._ends[place])
        row = self._file.read(self._ends[place + 1] - self._ends[place])
        return row.replace(_ROW_NUMBER.encode(), str(number).encode())
