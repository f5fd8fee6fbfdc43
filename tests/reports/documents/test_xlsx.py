"""The workbook, opened again: types, values, layout, and text that tries to be more than text."""

import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from reports.documents import render
from reports.report import Labels, Report, Value
from tests.reports.documents.builders import KOREAN, NASTY, ces_report, nasty_report, one_cell, with_outcomes


def _open(report: Report) -> Workbook:
    return openpyxl.load_workbook(BytesIO(render(report, "xlsx")))


@cache
def _ces() -> Workbook:
    return _open(ces_report())


def _first_cell(value: Value, kind: str = "text") -> Cell:
    cell = _open(with_outcomes(one_cell(value, kind))).worksheets[1]["A3"]
    assert isinstance(cell, Cell)
    return cell


def test_five_sheets_with_the_reports_own_titles() -> None:
    assert _ces().sheetnames == ["총괄", "성과 목록", "원장 기재", "용어 정의", "산출 기준 및 유의사항"]


def test_values_keep_their_types() -> None:
    sheet = _ces()["원장 기재"]
    assert [cell.value for cell in sheet[2]][:4] == ["번호", "성과유형", "측정", "계열"]
    amount, currency, krw, rate, day, recorded = (sheet.cell(4, column) for column in range(5, 11))
    assert (amount.value, amount.number_format) == (10_000_000, '#,##0;"△"#,##0')
    assert currency.value == "USD"
    assert krw.value == 12_468_000_000
    assert (rate.value, rate.number_format) == (1246.8, '#,##0.0;"△"#,##0.0')
    assert (day.value, day.is_date) == (datetime.fromisoformat("2023-01-05"), True)
    assert recorded.value == datetime.fromisoformat("2023-02-07T10:00"), "on the city's clock"


def test_unknown_is_a_dash_on_the_right_and_never_zero() -> None:
    cell = _ces()["원장 기재"]["G3"]
    assert (cell.value, cell.data_type, cell.alignment.horizontal) == ("–", "s", "right")


def test_lists_keep_their_header_in_sight_and_can_be_filtered() -> None:
    for title, last in (("성과 목록", "H9"), ("원장 기재", "M8")):
        sheet = _ces()[title]
        assert sheet.freeze_panes == "A3"
        assert sheet.auto_filter.ref == f"A2:{last}"
        assert sheet.print_title_rows == "$1:$2"


def test_every_sheet_prints_on_a4_landscape_with_page_numbers() -> None:
    for sheet in _ces().worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.center.text == "&P / &N"


def test_overview_holds_summary_tables_and_demo_mark() -> None:
    values = [cell.value for row in _ces()["총괄"].iter_rows() for cell in row if cell.value is not None]
    for words in (
        "시연용 자료",
        "1건 · 연간 USD 10,000,000 (총액 미상)",
        "Ⅱ. 분기 실적",
        "단위: 만달러, 억원",
        "자료 없음",
    ):
        assert words in values
    assert any(str(value).startswith("※ 연간 1천만 달러") for value in values)


def test_charts_are_native_and_start_at_zero() -> None:
    sheet = _ces()["총괄"]
    (chart,) = sheet._charts
    assert chart.y_axis.scaling.min == 0
    assert [series.val.numRef.f.split("!")[0] for series in chart.series] == ["'총괄'", "'총괄'"]
    area = chart.series[1].val.numRef.f.split("!")[1]
    assert [cell.value for (cell,) in sheet[area]] == [None, None, 1, None, None], "unknown leaves a gap"
    assert area.split("$")[1] > sheet.print_area.split("$")[3], "the numbers stand beside the printed area"


def test_emphasised_rows_are_bold() -> None:
    bold = {row[0].value for row in _ces()["총괄"].iter_rows() if row[0].value == "합계" and row[1].font.b}
    assert bold == {"합계"}


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x","눌러")', "+82-62", "-1+1", "@SUM(A1)", "\t=1+1", "#REF!", "＝1"]
)
def test_text_is_never_a_formula_or_an_error(text: str) -> None:
    cell = _first_cell(text)
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix is (text != "#REF!")


def test_characters_that_a_workbook_cannot_carry_are_visibly_replaced() -> None:
    assert _first_cell("끊긴\x00제어\ud800").value == "끊긴\ufffd제어\ufffd"


def test_text_past_the_limit_of_a_cell_is_cut_with_a_mark() -> None:
    short, long = "가" * 32_767, "😀" * 20_000
    assert _first_cell(short).value == short
    cut = _first_cell(long).value
    assert isinstance(cut, str) and cut.endswith("😀…")
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767


@pytest.mark.parametrize(
    ("value", "kind", "held"),
    [
        (Decimal("123456789012345"), "money", 123456789012345),
        (Decimal("1234567890123456"), "money", "1,234,567,890,123,456"),
        (Decimal("12345678901234.56"), "number", "12,345,678,901,234.56"),
        (1_000_000_000_000_000_000, "integer", 10**18),
        (Decimal(101) / Decimal(238) * 100, "percent", pytest.approx(42.4369747899)),
        (date(1899, 12, 31), "date", "1899. 12. 31."),
        (Decimal("-2.50"), "money", -2.5),
    ],
)
def test_what_excel_cannot_hold_exactly_is_written_as_text(value: Value, kind: str, held: object) -> None:
    assert _first_cell(value, kind).value == held


def test_no_clock_is_left_in_the_file() -> None:
    as_of = datetime(2023, 3, 31, 14, 59, 59, tzinfo=UTC).replace(tzinfo=None)
    properties = _ces().properties
    assert (properties.created, properties.modified) == (as_of, as_of)
    assert (properties.title, properties.creator) == (
        "해외 전시·투자유치 분기 실적보고 2023년 1분기 (2023. 1. 1. ~ 3. 31.)",
        "광주광역시",
    )
    with zipfile.ZipFile(BytesIO(render(ces_report(), "xlsx"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2023, 3, 31, 23, 59, 58)}, "kept in steps of 2 s"


def test_sheet_titles_that_excel_refuses_are_mended() -> None:
    labels: Labels = replace(KOREAN, overview="성과", outcomes="성과", entries="[원장]: 기재/전체", notes="주" * 40)
    titles = _open(replace(ces_report(), labels=labels)).sheetnames
    assert titles == ["성과", "성과 (2)", "원장   기재 전체", "용어 정의", "주" * 31]


def test_hostile_words_everywhere_stay_words() -> None:
    workbook = _open(nasty_report())
    cells = [
        cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert NASTY[0] in {cell.value for cell in cells}


def test_an_empty_report_still_makes_a_workbook() -> None:
    empty = replace(
        ces_report(), summary=(), sections=(), notes=(), filters=(), outcomes=replace(one_cell("x"), rows=())
    )
    assert _open(empty).worksheets[1]["A3"].value == "자료 없음"


def test_without_defusedxml_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openpyxl.DEFUSEDXML", False)
    with pytest.raises(RuntimeError, match="defusedxml"):
        render(ces_report(), "xlsx")
