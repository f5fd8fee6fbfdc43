"""From the numbers of the overview to the entries behind them, the names of tables and totals, and the charts' cells."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any, overload

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

from reports.documents import render
from reports.report import Chart, ChartSeries, Report, Row, Section, Table
from tests.reports.documents.builders import ces_report, column, entries

PATH = "/outcomes/7/#entry-9"


def keyed_report(keys: tuple[str, ...]) -> Report:
    """Entries with these keys, and a table with a number for each beginning of them."""
    listed = entries(len(keys))
    rows = tuple(replace(row, key=key, link=PATH) for row, key in zip(listed.rows, keys, strict=True))
    numbers = Table(
        "numbers",
        "수",
        (column("kind", "구분"), column("all", "전부", "integer"), column("none", "없음", "integer")),
        (
            Row(("약속", 2, 0), key="promise", behind=("", "count/promise", "count/promise/withdrawn")),
            Row(("협약", 1, None), key="mou", behind=("", "count/mou", "")),
        ),
        footnotes=("끝",),
    )
    chart = Chart("c", "수", "건", ("약속", "협약"), (ChartSeries("전부", (2, 1), "all"),), "numbers")
    section = Section("numbers", "Ⅰ. 수", (), (numbers,), (chart,))
    return replace(ces_report(), sections=(section,), entries=replace(listed, rows=rows))


KEYS = (
    "money/mou/total",
    "count/promise-like",
    "count/promise/confirmed",
    "count/mou/confirmed",
    "count/promise/provisional",
)


def opened(report: Report) -> Workbook:
    return openpyxl.load_workbook(BytesIO(render(report, "xlsx")))


def at(book: Workbook, place: str) -> list[list[Any]]:
    """The values of cells named as in a formula."""
    title, area = place.rsplit("!", 1)
    left, top, right, bottom = range_boundaries(area.replace("$", ""))
    sheet = book[title.strip("'")]
    return [[cell.value for cell in row] for row in sheet.iter_rows(top, bottom, left, right)]


def links(book: Workbook) -> dict[str, str]:
    return {
        link.ref: link.location
        for link in (cell.hyperlink for row in book.worksheets[0].iter_rows() for cell in row)
        if link is not None
    }


def test_a_number_leads_to_all_entries_behind_it_and_to_no_other() -> None:
    book = opened(keyed_report(KEYS))
    overview = book.worksheets[0]
    found = {overview[cell].value: at(book, place) for cell, place in links(book).items()}
    assert {value: [row[0] for row in rows] for value, rows in found.items()} == {
        2: ["L-00003", "L-00005"],
        1: ["L-00004"],
    }


def test_a_number_without_entries_in_the_report_leads_nowhere() -> None:
    assert len(links(opened(keyed_report(KEYS)))) == 2
    assert links(opened(ces_report())) == {}


def test_each_entry_says_what_it_counts_for_and_where_it_is_on_the_site_without_a_link() -> None:
    sheet = opened(keyed_report(KEYS)).worksheets[2]
    assert [sheet.cell(2, n).value for n in (14, 15)] == ["집계 구분", "이음 화면"]
    assert [sheet.cell(row, 14).value for row in range(3, 8)] == sorted(KEYS, key=lambda key: key.split("/"))
    assert {sheet.cell(row, 15).value for row in range(3, 8)} == {PATH}
    assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)
    assert sheet.auto_filter.ref == "A2:O7"
    assert sheet.print_area == "'원장 기재'!$A$1:$M$8", "what stands beside is not printed"


def test_every_table_has_a_name_for_header_and_rows() -> None:
    report = ces_report()
    book = opened(report)
    for table in [*(t for s in report.sections for t in s.tables), report.outcomes, report.entries]:
        rows = at(book, book.defined_names[table.key].attr_text)
        assert rows[0] == [c.label for c in table.columns]
        assert len(rows) == 1 + len(table.rows)
        assert [row[0] for row in rows[1:]] == [row.values[0] for row in table.rows]


def test_every_number_of_a_row_with_a_key_has_a_name() -> None:
    book = opened(keyed_report(KEYS))
    named = {name: at(book, found.attr_text) for name, found in book.defined_names.items() if "." in name}
    assert named == {
        "numbers.promise.all": [[2]],
        "numbers.promise.none": [[0]],
        "numbers.mou.all": [[1]],
        "numbers.mou.none": [["–"]],
    }


def test_the_names_are_explained_and_lead_to_their_cells() -> None:
    book = opened(keyed_report(KEYS))
    told = {row[0].value: row[1].value for row in book["용어 정의"].iter_rows()}
    assert told["numbers.promise.all"] == "수: 약속 · 전부"
    assert told["entries"] == "원장 기재"
    cells = {c.value: c.hyperlink.location for row in book["용어 정의"].iter_rows() for c in row if c.hyperlink}
    assert set(cells.values()) == {found.attr_text for found in book.defined_names.values()}


@pytest.mark.parametrize("key", ["Q1", "R1C1", "c", "1월", "한글", "a b", "x" * 300, "A1", "ok_name"])
def test_no_name_is_one_that_excel_refuses(key: str) -> None:
    report = keyed_report(KEYS)
    (section,) = report.sections
    tables = (replace(section.tables[0], key=key), replace(section.tables[0], key=key.upper()))
    names = list(opened(replace(report, sections=(replace(section, tables=tables, charts=()),))).defined_names)
    assert len({name.casefold() for name in names}) == len(names) == 2 * (1 + 4) + 2
    for name in names:
        assert len(name) <= 255
        assert name.isascii() and (name[0].isalpha() or name[0] == "_")
        assert name.casefold() not in {"q1", "r1c1", "c", "a1"}


def test_the_definitions_are_told_with_rule_and_version() -> None:
    columns = (column("name", "수치"), column("rule", "산출 기준"), column("version", "버전"))
    rule = "기준일이 기간 안에 있는 성과를 센다. " * 20
    defined = Table("definitions", "용어 정의", columns, (Row(("성과 건수", rule, "count-1")),))
    book = opened(replace(ces_report(), definitions=defined))
    assert at(book, book.defined_names["definitions"].attr_text) == [
        ["수치", "산출 기준", "버전"],
        ["성과 건수", rule, "count-1"],
    ]


def test_a_chart_draws_the_cells_of_its_table() -> None:
    book = opened(keyed_report(KEYS))
    (chart,) = book.worksheets[0]._charts
    (series,) = chart.series
    assert at(book, series.tx.strRef.f) == [["전부"]]
    assert at(book, series.cat.strRef.f) == [["약속"], ["협약"]]
    assert at(book, series.val.numRef.f) == [[2], [1]]
    assert chart.anchor._from.row > range_boundaries(series.val.numRef.f.split("!")[1].replace("$", ""))[3] - 1


def test_a_chart_that_says_other_than_its_table_keeps_its_own_numbers() -> None:
    report = keyed_report(KEYS)
    (section,) = report.sections
    other = replace(
        section.charts[0], series=(ChartSeries("전부", (2, None), "all"), ChartSeries("반", (Decimal("0.5"), 1)))
    )
    book = opened(replace(report, sections=(replace(section, charts=(other,)),)))
    (chart,) = book.worksheets[0]._charts
    assert [at(book, series.val.numRef.f) for series in chart.series] == [[[2], [None]], [[0.5], [1]]]


def test_what_is_unknown_in_a_chart_is_a_gap_and_not_the_tables_dash() -> None:
    report = keyed_report(KEYS)
    (section,) = report.sections
    other = replace(section.charts[0], series=(ChartSeries("없음", (0, None), "none"),))
    book = opened(replace(report, sections=(replace(section, charts=(other,)),)))
    (chart,) = book.worksheets[0]._charts
    assert at(book, chart.series[0].val.numRef.f) == [[0], [None]]


class ReadLate(Sequence[Row]):
    """As a long table is read: in order, and each time anew."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows, self.handed_out = rows, 0

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.handed_out += 1
            yield row

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        raise AssertionError("the rows are read in order")


def test_a_table_that_is_read_late_is_read_through_once() -> None:
    known = ces_report()
    late = ReadLate(entries(1000).rows)
    report = replace(known, entries=replace(known.entries, rows=late))  # type: ignore[arg-type]
    content = render(report, "xlsx")
    assert late.handed_out <= 1000 + 200, "the first ones are looked at before, for the widths"
    assert content == render(replace(known, entries=entries(1000)), "xlsx")
