"""From every number of the quarter in the workbook to its entries in the same workbook: they add up to it."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from openpyxl.utils import range_boundaries

from crm.values.periods import Quarter
from reports.building.quarterly import build_quarterly
from reports.documents import render
from reports.documents.text import is_numeric
from reports.figures.quarterly import quarterly
from reports.report import Report
from tests import founding_case

pytestmark = pytest.mark.django_db
LISTED = ("counts", "stages", "money", "jobs")


def cells(book: Any, place: str) -> list[tuple[Any, ...]]:
    title, area = place.rsplit("!", 1)
    left, top, right, bottom = range_boundaries(area.replace("$", ""))
    return list(book[title.strip("'")].iter_rows(top, bottom, left, right))


def numbers(report: Report, book: Any, section: str) -> Iterator[tuple[str, Any]]:
    """The cells of the numbers in the section's tables that count entries, each with the key of its column."""
    (found,) = (s for s in report.sections if s.key == section)
    for table in found.tables:
        if table.key.split("_")[-1] in LISTED:
            _header, *rows = cells(book, book.defined_names[table.key].attr_text)
            for row in rows:
                for column, cell in zip(table.columns, row, strict=True):
                    if is_numeric(column.kind):
                        yield column.key, cell


def added_up(report: Report, book: Any, cell: Any, column: str) -> Decimal:
    """The values of the entries to which the cell leads, in won for a column of won."""
    at = [c.key for c in report.entries.columns].index("krw_value" if column.startswith("krw") else "value")
    return sum((Decimal(str(row[at].value)) for row in cells(book, cell.hyperlink.location)), Decimal(0))


@pytest.fixture
def world() -> None:
    founding_case.load()
    call_command("seed_volume", outcomes=120, stdout=io.StringIO())


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("period", [Quarter(2023, 1), Quarter(2022, 3)])
def test_the_entries_behind_a_number_add_up_to_it(world: None, period: Quarter, language: Any) -> None:
    report = build_quarterly(quarterly(period, datetime.now(UTC) + timedelta(days=1)), language)
    book = openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")))
    shown = [(column, cell) for column, cell in numbers(report, book, "quarter") if cell.value not in (0, "–")]
    assert len(shown) >= 7
    for column, cell in shown:
        assert added_up(report, book, cell, column) == Decimal(str(cell.value)), cell.coordinate


def test_the_year_leads_to_the_entries_only_where_the_report_has_all_of_them(world: None) -> None:
    for period, is_whole in ((Quarter(2023, 1), True), (Quarter(2022, 3), False)):
        report = build_quarterly(quarterly(period, datetime.now(UTC) + timedelta(days=1)), "ko")
        book = openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")))
        shown = [cell for _column, cell in numbers(report, book, "year") if cell.value not in (0, "–")]
        assert shown and {cell.hyperlink is not None for cell in shown} == {is_whole}


def test_every_figure_of_the_report_is_defined(world: None) -> None:
    report = build_quarterly(quarterly(Quarter(2023, 1), datetime.now(UTC) + timedelta(days=1)), "ko")
    book = openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")))
    header, *rows = [[c.value for c in row] for row in cells(book, book.defined_names["definitions"].attr_text)]
    assert header == ["수치", "산출 기준", "정의 버전", "계산 코드"]
    assert {row[2].rsplit("-", 1)[0] for row in rows} >= {"count", "money", "jobs", "fulfilment", "attribution"}
    assert all(row[0] and row[1] for row in rows)


def test_the_charts_draw_the_cells_of_the_tables(world: None) -> None:
    report = build_quarterly(quarterly(Quarter(2023, 1), datetime.now(UTC) + timedelta(days=1)), "ko")
    book = openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")))
    charts = book.worksheets[0]._charts
    assert len(charts) == 2
    for chart, key in zip(charts, ("quarter_counts", "year_counts"), strict=True):
        header, *rows = cells(book, book.defined_names[key].attr_text)
        for series, column in zip(chart.series, (1, 2, 3), strict=True):
            assert [c.value for (c,) in cells(book, series.val.numRef.f)] == [row[column].value for row in rows]
            assert [c.value for (c,) in cells(book, series.tx.strRef.f)] == [header[column].value]
        assert chart.y_axis.scaling.min == 0
