"""The PDF for whoever hears it instead of seeing it: its tree of chapters, paragraphs, tables and figures."""

import re
from functools import cache

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from reports.documents import render
from reports.report import Report
from tests.reports.documents.builders import (
    ces_report,
    counts,
    entries,
    nasty_report,
    one_cell,
    with_entries,
    with_outcomes,
)
from tests.reports.documents.pdf_tree import Node, marks_of, tree_of


def trees(report: Report) -> list[Node]:
    return [tree_of(page) for page in pdfium.PdfDocument(render(report, "pdf"))]


@cache
def ces() -> tuple[Node, ...]:
    return tuple(trees(ces_report()))


def all_of(role: str) -> list[Node]:
    return [node for page in ces() for node in page.all(role)]


def test_the_document_says_that_it_is_tagged_and_shows_its_title() -> None:
    content = render(ces_report(), "pdf")
    document = pdfium.PdfDocument(content)
    assert raw.FPDFCatalog_IsTagged(document)
    assert b"/DisplayDocTitle true" in content
    assert content.startswith(b"%PDF-1.7")


def test_chapters_are_headings_in_their_order() -> None:
    assert [node.words for node in all_of("H1")] == [
        "요약",
        "Ⅰ. 추진개요",
        "Ⅱ. 분기 실적",
        "Ⅲ. 문제점 및 개선방안",
        "붙임 1. 성과 목록",
        "붙임 2. 원장 기재",
        "붙임 3. 산출 기준 및 유의사항",
    ]
    assert [node.words for node in all_of("H2")] == ["목차", "1. 집계 기준", "2. 환율", "3. 증빙"]


def test_a_table_is_a_table_with_its_caption_headers_and_cells() -> None:
    (table,) = [node for node in all_of("Table") if "성과 유형별 건수" in node.kids[0].words]
    assert [kid.role for kid in table.kids] == ["Caption", "THead", "TBody"]
    assert [cell.words for cell in table.all("TH")] == [column.label for column in counts().columns]
    rows = [[cell.words for cell in row.all("TD")] for row in table.kids[2].all("TR")]
    assert len(rows) == len(counts().rows)
    assert rows[0] == ["수출계약", "1", "0", "0", "–", "–", "–"]


def test_the_summary_is_a_table_with_a_header_for_each_row() -> None:
    summary = ces()[1].all("Table")[0]
    assert [cell.words for cell in summary.all("TH")][:2] == ["수출계약", "투자협약"]
    assert summary.all("TD")[0].words == "1건 · 연간 USD 10,000,000 (총액 미상)"


def test_a_chart_is_told_in_words() -> None:
    (figure,) = all_of("Figure")
    assert "성과 유형별 건수 (단위: 건)" in figure.alternative
    assert "확정: 수출계약 1, 투자협약 1" in figure.alternative
    assert "미확인: 수출계약 –" in figure.alternative


def test_paragraphs_lists_and_contents() -> None:
    assert any("광주 공동관" in node.words for node in all_of("P"))
    assert [len(found.all("LI")) for found in all_of("L")] == [2, 1, 1]
    links = ces()[1].all("TOC")[0].all("Link")
    assert [link.words for link in links][:1] == ["Ⅰ. 추진개요"]
    assert len(links) == 6


def test_a_table_over_many_pages_is_one_whose_head_is_read_once() -> None:
    pages = trees(with_entries(entries(300)))
    parts = [table for page in pages for table in page.all("Table") if "L-0" in str(table)]
    assert len(parts) > 3
    heads = re.findall("증빙등급", str(parts))
    assert len(heads) == 1
    content = render(with_entries(entries(300)), "pdf")
    shorter = render(with_entries(entries(10)), "pdf")
    assert content.count(b"/S/Table/") == shorter.count(b"/S/Table/")
    assert content.count(b"/S/TR/") == shorter.count(b"/S/TR/") + 290


def test_a_row_over_many_pages_is_one_row() -> None:
    whole = render(with_outcomes(one_cell("뷁" * 9_000)), "pdf")
    assert whole.count(b"/S/TR/") == render(with_outcomes(one_cell("뷁")), "pdf").count(b"/S/TR/")


@pytest.mark.parametrize("report", [ces_report(), nasty_report(), with_entries(entries(100))])
def test_all_that_is_drawn_is_an_element_or_marked_as_none(report: Report) -> None:
    for page in pdfium.PdfDocument(render(report, "pdf")):
        marks = list(marks_of(page))
        assert marks and all(len(around) == 1 for around in marks)
