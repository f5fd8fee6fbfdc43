"""The entries as CSV: what a spreadsheet and a program both read."""

import csv
import io
from decimal import Decimal

import pytest

from reports.documents import render
from reports.report import Report
from tests.reports.documents.builders import NASTY, ces_report, entries, one_cell, with_entries


def _rows(report: Report) -> list[list[str]]:
    return list(csv.reader(io.StringIO(render(report, "csv").decode("utf-8-sig"), newline="")))


def test_starts_with_a_byte_order_mark_and_ends_lines_for_windows() -> None:
    document = render(ces_report(), "csv")
    assert document.startswith(b"\xef\xbb\xbf")
    assert document.count(b"\r\n") == 7


def test_header_carries_labels_and_values_are_raw() -> None:
    header, first, second, *_ = _rows(ces_report())
    assert header[:5] == ["번호", "성과유형", "측정", "계열", "값"]
    assert second[4:10] == ["10000000", "USD", "12468000000", "1246.80", "2023-01-05", "2023-02-07 10:00:00"]
    assert first[5:8] == ["", "", ""], "unknown is empty, not zero"


def test_only_the_entries_of_the_report_are_in_it() -> None:
    assert len(_rows(with_entries(entries(40)))) == 41


@pytest.mark.parametrize("text", [text for text in NASTY if text.lstrip()[:1] in "=+-@"])
def test_formulas_are_defused(text: str) -> None:
    assert _rows(with_entries(one_cell(text)))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", ["＝1+1", " =1+1", "\n=1"])
def test_disguised_formulas_are_defused(text: str) -> None:
    assert _rows(with_entries(one_cell(text)))[1][0].startswith("'")


def test_a_negative_number_stays_a_number() -> None:
    assert _rows(with_entries(one_cell(Decimal("-5.50"), "money")))[1] == ["-5.50"]


def test_quotes_commas_and_line_ends_survive() -> None:
    text = '쉼표, "따옴표"\n둘째 줄'
    assert _rows(with_entries(one_cell(text)))[1] == [text]
