"""The workbook in the eyes of another program: the same values, cell by cell."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from crm.values.periods import SEOUL
from reports.documents import render
from reports.report import Report, Table, Value
from tests.reports.documents.builders import ces_report, nasty_report


def _read(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def _expected(value: Value) -> object:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return value.astimezone(SEOUL).replace(tzinfo=None)
    return float(value) if isinstance(value, int | Decimal) else value


def _stands(rows: list[list[Any]], table: Table) -> bool:
    """Whether header and rows of the table stand together somewhere on the sheet, value for value."""
    wanted = [[c.label for c in table.columns], *([_expected(v) for v in row.values] for row in table.rows)]
    width = len(table.columns)
    for top in range(len(rows) - len(wanted) + 1):
        found = [row[:width] for row in rows[top : top + len(wanted)]]
        if found == wanted:
            return True
    return False


def test_every_table_reads_the_same() -> None:
    report = ces_report()
    overview, outcomes, entries, _definitions, _notes = _read(render(report, "xlsx")).values()
    for section in report.sections:
        for table in section.tables:
            assert _stands(overview, table), table.key
    assert _stands(outcomes, report.outcomes)
    assert _stands(entries, report.entries)


@pytest.mark.parametrize("report", [ces_report(), nasty_report()], ids=["founding case", "hostile words"])
def test_two_readers_find_the_same_in_every_cell(report: Report) -> None:
    content = render(report, "xlsx")
    ours = openpyxl.load_workbook(BytesIO(content))
    for name, rows in _read(content).items():
        theirs = {(r, c): v for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v != ""}
        cells = [cell for row in ours[name].iter_rows() for cell in row if cell.value is not None]
        assert theirs == {(cell.row, cell.column): _seen(cell.value) for cell in cells}


def _seen(value: object) -> object:
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date()
    return float(value) if isinstance(value, int | float) else value


def test_the_size_of_a_sheet_is_told() -> None:
    content = render(ces_report(), "xlsx")
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    sheet = book["원장 기재"]
    assert (sheet.max_row, sheet.max_column) == (9, 13)
    assert isinstance(_read(content)["원장 기재"][3][8], date)
