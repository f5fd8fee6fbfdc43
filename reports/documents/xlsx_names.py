"""Names of the workbook's tables and totals, for formulas and for links from other workbooks; and the sheet on which
they are listed below the definitions of the figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from reports.documents.text import as_text, is_numeric
from reports.documents.xlsx_book import Beside, Book, Laid, location
from reports.documents.xlsx_cells import put_text
from reports.report import Column, Labels, Report, Row, Table

WIDTHS: Final = (68.0, 84.0, 30.0, 52.0)
_PATH: Final = 4
_LONGEST: Final = 255
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.]")
# What Excel would read as a cell: A1, XFD10, R1C1, R, C.
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*")


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    stands_for: str
    sheet: Worksheet
    area: str
    path: str | None = None


def fill_definitions(book: Book, sheet: Worksheet, report: Report, laid: list[Laid]) -> None:
    """What each figure means, then the names, each with a link to its cells; the names are made on the way."""
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.sheet_view.showGridLines = False
    put_text(sheet, (1, 1), report.labels.definitions, "ieum heading")
    row = 3
    if report.definitions.columns:
        defined = book.lay(sheet, report.definitions, row, WIDTHS)
        laid = [*laid, defined]
        row = defined.last + 2
    named = list(_named(laid))
    for one in named:
        target = location(one.sheet, one.area)
        book.workbook.defined_names[one.name] = DefinedName(one.name, attr_text=target)
    listed = book.lay(sheet, _names_table(report.labels, named), row, WIDTHS, beside=Beside(path=_PATH))
    put_text(sheet, (listed.header, _PATH), report.labels.path, "ieum aside")
    for place, one in enumerate(named, start=listed.first):
        book.link(sheet, (place, 3), location(one.sheet, one.area))
    sheet.print_title_rows = "1:1"
    sheet.freeze_panes = "A2"
    sheet.print_area = f"A1:D{max(listed.last, listed.header)}"


def _names_table(labels: Labels, named: list[_Named]) -> Table:
    columns = (
        Column("name", labels.name),
        Column("stands_for", labels.stands_for),
        Column("cells", labels.cells),
    )
    rows = tuple(Row((one.name, one.stands_for, f"{one.sheet.title}!{one.area}"), link=one.path) for one in named)
    return Table("names", labels.names, columns, rows)


def _named(laid: list[Laid]) -> Iterator[_Named]:
    """Every table, header and rows; then, of the rows that have a key, every number. No name twice."""
    taken: set[str] = set()
    for one in [named for table in laid for named in (_table(table), *_totals(table))]:
        name, again = one.name, 2
        while name.casefold() in taken:
            name, again = f"{one.name}_{again}", again + 1
        taken.add(name.casefold())
        yield replace(one, name=name)


def _table(laid: Laid) -> _Named:
    return _Named(_name(laid.table.key), laid.table.caption, laid.sheet, laid.area(laid.header, laid.last))


def _totals(laid: Laid) -> Iterator[_Named]:
    for place, row in laid.totals:
        yield from _numbers(laid, row, place)


def _numbers(laid: Laid, row: Row, place: int) -> Iterator[_Named]:
    words = takewhile(lambda pair: not is_numeric(pair[1].kind), zip(row.values, laid.table.columns, strict=True))
    about = [as_text(value, column.kind) for value, column in words]
    for number, column in enumerate(laid.table.columns, start=1):
        if is_numeric(column.kind):
            name = _name(f"{laid.table.key}.{row.key}.{column.key}")
            told = f"{laid.table.caption}: {' · '.join(about)} · {column.label}"
            yield _Named(name, told, laid.sheet, f"{get_column_letter(number)}{place}", row.link)


def _name(wanted: str) -> str:
    clean = _NOT_IN_NAMES.sub("_", wanted)[: _LONGEST - 5]
    is_taken_for_a_cell = _LIKE_A_CELL.fullmatch(clean) is not None
    return f"_{clean}" if is_taken_for_a_cell or not clean[:1].isalpha() else clean
