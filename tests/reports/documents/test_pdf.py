"""The PDF, read back: words, pages, fonts, bookmarks, and text that tries to be markup."""

import re
import socket
import urllib.request
from dataclasses import replace
from functools import cache

import pypdfium2 as pdfium
import pytest
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics

from reports import charts
from reports.charts import FontMissing
from reports.documents import render
from reports.report import Chart, ChartSeries, Note, Report, Section, SummaryLine
from tests.reports.documents.builders import ces_report, entries, nasty_report, one_cell, with_entries, with_outcomes

A4 = {(595, 842), (842, 595)}


def _texts(report: Report) -> list[str]:
    document = pdfium.PdfDocument(render(report, "pdf"))
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


@cache
def _ces_bytes() -> bytes:
    return render(ces_report(), "pdf")


@cache
def _ces() -> tuple[str, ...]:
    return tuple(_texts(ces_report()))


@cache
def _nasty() -> str:
    return "\n".join(_texts(nasty_report()))


def test_cover_says_who_what_and_as_of_when() -> None:
    for words in (
        "광주광역시",
        "해외 전시·투자유치 분기 실적보고",
        "2023년 1분기",
        "2023. 3. 31. 23:59",
        "시연용 자료",
    ):
        assert words in _ces()[0]


def test_summary_and_contents_stand_on_the_second_page() -> None:
    second = _ces()[1]
    assert "1건 · 연간 USD 10,000,000 (총액 미상)" in second
    assert "목차" in second and "Ⅲ. 문제점 및 개선방안" in second


def test_contents_give_the_page_of_each_chapter() -> None:
    second = _ces()[1]
    for heading in ("Ⅱ. 분기 실적", "성과 목록", "산출 기준 및 유의사항"):
        page = next(number for number, text in enumerate(_ces(), start=1) if number > 2 and heading in text)
        assert re.search(rf"{heading}\s*{page}\b", second), heading


def test_pages_are_numbered_but_for_the_cover() -> None:
    total = len(_ces())
    assert f"/ {total}" not in _ces()[0]
    for number, text in enumerate(_ces()[1:], start=2):
        assert f"{number} / {total}" in text


def test_every_page_is_a4() -> None:
    document = pdfium.PdfDocument(_ces_bytes())
    sizes = {(round(page.get_width()), round(page.get_height())) for page in document}
    assert sizes == A4, "upright, and landscape for the wide entries"


def test_unknown_prints_as_a_dash_and_never_as_zero() -> None:
    text = "\n".join(_texts(with_outcomes(one_cell(None, "money"))))
    assert re.search(r"값\n–", text)
    assert re.search(r"투자협약 \(발표\)\s+– – – – –", "\n".join(_ces()))


def test_fonts_are_embedded_as_subsets() -> None:
    names = set(re.findall(rb"/FontName /(\S+)", _ces_bytes()))
    assert {name.split(b"+")[-1] for name in names} == {b"NanumGothic", b"NanumGothicBold"}
    assert _ces_bytes().count(b"/FontFile2") == len(names) == _ces_bytes().count(b"/Type /FontDescriptor")
    assert len(_ces_bytes()) < 400_000


def test_metadata_and_bookmarks() -> None:
    document = pdfium.PdfDocument(_ces_bytes())
    metadata = document.get_metadata_dict()
    assert metadata["Title"].startswith("해외 전시·투자유치 분기 실적보고")
    assert metadata["Author"] == "광주광역시"
    assert metadata["CreationDate"] == metadata["ModDate"] == "D:20230331235959+09'00'"
    assert b"/Lang (ko-KR)" in _ces_bytes()
    titles = [(bookmark.level, bookmark.get_title()) for bookmark in document.get_toc()]
    assert titles == [
        (0, "요약"),
        (0, "Ⅰ. 추진개요"),
        (0, "Ⅱ. 분기 실적"),
        (1, "〈표 1〉 성과 유형별 건수"),
        (1, "〈표 2〉 확정 금액 (계열별)"),
        (1, "〈표 3〉 고용 창출 계획"),
        (0, "Ⅲ. 문제점 및 개선방안"),
        (1, "〈표 4〉 부진 사유"),
        (0, "붙임 1. 성과 목록"),
        (1, "〈표 5〉 성과 목록"),
        (0, "붙임 2. 원장 기재"),
        (1, "〈표 6〉 원장 기재"),
        (0, "붙임 3. 산출 기준 및 유의사항"),
    ]


def test_every_font_is_embedded() -> None:
    content = _ces_bytes()
    assert b"Helvetica" not in content and b"/Type1" not in content


def test_tables_and_figures_are_numbered_with_their_units() -> None:
    text = "\n".join(_ces())
    for words in ("〈표 1〉 성과 유형별 건수", "(단위: 건)", "〈그림 1〉 성과 유형별 건수", "붙임 2. 원장 기재"):
        assert words in text


def test_paragraphs_stand_behind_the_signs_of_an_official_paper() -> None:
    text = "\n".join(_ces())
    assert re.search(r"□\s*행사명: CES 2023", text)
    assert re.search(r"○\s*광주 공동관", text)
    assert re.search(r"1\. 집계 기준\s+○\s*단계가 다른", text)


def test_each_page_of_a_table_carries_its_trace_code() -> None:
    coded = replace(entries(300), code="T-0223Q9-00VA9V-ZW2B26")
    pages = [text for text in _texts(with_entries(coded)) if "L-0" in text]
    assert all("추적 코드 T-0223Q9-00VA9V-ZW2B26" in page for page in pages)
    assert "추적 코드" not in "\n".join(_ces())


def test_a_table_goes_on_with_its_number_and_never_by_a_single_row() -> None:
    for count in range(280, 300):
        pages = [text for text in _texts(with_entries(entries(count))) if "L-0" in text]
        assert all("(계속)" in page for page in pages[1:]) and "(계속)" not in pages[0]
        assert all(len(re.findall(r"L-\d{5}", page)) > 1 for page in pages), count


def test_a_long_table_repeats_its_header_and_loses_no_row() -> None:
    pages = [text for text in _texts(with_entries(entries(300))) if "L-0" in text]
    assert len(pages) > 3
    assert all("증빙등급" in page for page in pages)
    assert set(re.findall(r"L-\d{5}", "".join(pages))) == {f"L-{number:05d}" for number in range(1, 301)}


@pytest.mark.parametrize(
    "words",
    [
        "<b>굵게",
        "A & B <i>",
        '=HYPERLINK("http://x","눌러")',
        "<img src=http://x/y.png>",
        "韓國 光州",
        "[U+1F600] 웃음",
    ],
)
def test_hostile_words_print_as_they_are(words: str) -> None:
    assert words in _nasty()


EVERY_GLYPH = (
    "<b>굵게</b> & <i>",
    "</para><br/>&amp;lt;",
    "<img src=http://x/y.png>",
    '=HYPERLINK("http://x","눌러")',
    "가힣뷁쀍 ㈜솔 ① Ⅶ ㎡ △ ※ 〈〉",
    "韓國 光州 大韓民國",
    "Ärzte Åkerlund naïve façade Škoda Łódź Şişli",
    "Ελλάδα Привет Cần Thơ ế",
    "a\u2011b ¥ ¦ ™ £",
)


@pytest.mark.parametrize("words", EVERY_GLYPH)
def test_words_with_a_glyph_are_drawn_wherever_they_stand(words: str) -> None:
    told = replace(
        with_outcomes(replace(one_cell(words), caption=f"표제 {words}", footnotes=(f"각주 {words}",))),
        title=f"제목 {words}",
        summary=(SummaryLine("요약", f"총괄 {words}"),),
        sections=(Section("a", f"장 {words}", (f"문단 {words}",), (), (_chart_called(f"그림명 {words}"),)),),
        notes=(Note("주", (f"주석 {words}",)),),
    )
    drawn = re.sub(r"\s", "", "".join(_texts(told)))
    for place in ("값", "표제", "각주", "제목", "총괄", "장", "문단", "그림명", "주석"):
        assert re.sub(r"\s", "", f"{place} {words}") in drawn, place
    assert "[U+" not in drawn and "\0" not in drawn


@pytest.mark.parametrize(
    ("words", "drawn"),
    [("😀", "[U+1F600]"), ("ᄒᆞᆫ", "[U+119E]"), ("华为", "[U+534E]"), ("عربي", "[U+0639]"), ("a\u200bb", "a[U+200B]b")],
)
def test_words_without_a_glyph_are_told_by_number_and_never_as_a_box(words: str, drawn: str) -> None:
    text = "".join(_texts(with_outcomes(one_cell(words))))
    assert drawn in text and "\0" not in text


def _chart_called(title: str) -> Chart:
    return Chart("c", title, "건", ("가",), (ChartSeries("나", (1,)),))


def test_letters_of_europe_have_an_embedded_font() -> None:
    content = render(with_outcomes(one_cell("Åkerlund Škoda")), "pdf")
    assert b"NotoSans-Regular" in content and b"Helvetica" not in content


def test_characters_without_a_glyph_are_named() -> None:
    for words in ("[U+119E]", "끊긴[U+0000]제어", "반쪽[U+D800]글자"):
        assert words in _nasty()


@pytest.mark.parametrize("length", [500, 9_000])
def test_a_long_name_wraps_over_lines_and_pages_and_stays_whole(length: int) -> None:
    assert "\n".join(_texts(with_outcomes(one_cell("뷁" * length)))).count("뷁") == length


def test_decomposed_korean_is_composed() -> None:
    assert "한글" in "\n".join(_texts(with_outcomes(one_cell("\u1112\u1161\u11ab글"))))


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a document asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    assert rl_config.trustedHosts == rl_config.trustedSchemes == []
    assert render(with_outcomes(one_cell("<img src='http://x/y.png'/><a href='javascript:x'>")), "pdf")


def test_english_reports_say_so() -> None:
    assert b"/Lang (en)" in render(replace(ces_report(), language="en"), "pdf")


def test_an_empty_report_still_makes_a_document() -> None:
    empty = replace(ces_report(), summary=(), sections=(), notes=(), outcomes=replace(one_cell("x"), rows=()))
    assert "자료 없음" in "\n".join(_texts(empty))


def test_without_the_font_no_document_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfmetrics, "_fonts", {})
    monkeypatch.setattr(charts, "FONT_PACKAGE", "no_such_font_package")
    with pytest.raises(FontMissing, match="Korean font is missing"):
        render(ces_report(), "pdf")
