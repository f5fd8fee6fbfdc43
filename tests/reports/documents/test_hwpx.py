"""The Hangul document: the package by the rules of its format, and read back by a reader that did not write it."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any, overload
from xml.etree.ElementTree import Element

import pypdfium2
import pytest
from defusedxml import ElementTree
from hwpx import HwpxDocument
from hwpx.tools.id_integrity import check_id_integrity
from hwpx.tools.package_validator import validate_editor_open_safety, validate_package
from hwpx.tools.validator import validate_document

from reports.charts import legible
from reports.documents import render
from reports.documents.hwpx_tables import PORTION
from reports.documents.text import as_text
from reports.report import Report, Row, Table
from tests.reports.documents.builders import (
    NASTY,
    ces_report,
    column,
    entries,
    nasty_report,
    one_cell,
    with_entries,
    with_outcomes,
)

HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
MILLIMETRE = 7200 / 25.4


def empty_report() -> Report:
    nothing = replace(one_cell("x"), rows=())
    return replace(
        ces_report(), summary=(), sections=(), notes=(), filters=(), outcomes=nothing, entries=nothing, is_demo=False
    )


@cache
def _ces() -> bytes:
    return render(ces_report(), "hwpx")


def _parts(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _sections(document: bytes) -> list[Element]:
    parts = _parts(document)
    names = sorted(name for name in parts if name.startswith("Contents/section"))
    return [ElementTree.fromstring(parts[name]) for name in names]


def _header(document: bytes) -> Element:
    root: Element = ElementTree.fromstring(_parts(document)["Contents/header.xml"])
    return root


def _tables(document: bytes) -> list[Element]:
    return [table for section in _sections(document) for table in section.iter(f"{HP}tbl")]


def _text(element: Element) -> str:
    """What a person reads in a paragraph or a cell."""
    pieces: list[str] = []
    for words in element.iter(f"{HP}t"):
        pieces.append(words.text or "")
        for child in words:
            assert child.tag == f"{HP}lineBreak", "a text holds words and line breaks, nothing else"
            pieces.append("\n" + (child.tail or ""))
    return "".join(pieces)


def _rows(table: Element) -> list[list[str]]:
    return [[_text(cell) for cell in row.findall(f"{HP}tc")] for row in table.findall(f"{HP}tr")]


def _printed(table: Table) -> list[list[str]]:
    """The table as every format prints it, in the letters that XML can carry."""
    return [
        [
            legible(as_text(value, column.kind)).replace("\t", " ")
            for column, value in zip(table.columns, row.values, strict=True)
        ]
        for row in table.rows
    ]


def _all_tables(report: Report) -> list[Table]:
    return [table for section in report.sections for table in section.tables] + [report.outcomes, report.entries]


def test_the_package_begins_with_its_type_uncompressed() -> None:
    with zipfile.ZipFile(BytesIO(_ces())) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert archive.read("mimetype") == b"application/hwp+zip"
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(2023, 3, 31, 23, 59, 58)}, "kept in steps of 2 s"
    assert {"version.xml", "settings.xml", "META-INF/container.xml", "META-INF/manifest.xml"} <= set(_parts(_ces()))
    assert {"Contents/content.hpf", "Contents/header.xml", "Preview/PrvText.txt"} <= set(_parts(_ces()))


@pytest.mark.parametrize("make", [ces_report, nasty_report, empty_report])
def test_the_document_validates(make: Any) -> None:
    """Against the schema of the standard (but for what the word processor itself writes otherwise), the rules of the
    package, what the word processor is known to refuse, and every reference to a style, shape or frame."""
    document = render(make(), "hwpx")
    assert validate_document(document).issues == ()
    assert validate_package(document).issues == ()
    assert validate_editor_open_safety(document).ok
    assert check_id_integrity(HwpxDocument.open(BytesIO(document))).dangling == []


def test_the_validator_sees_a_broken_document() -> None:
    parts = _parts(_ces())
    parts["Contents/section0.xml"] = parts["Contents/section0.xml"].replace(b'pageBreak="CELL"', b'pageBreak="ROW"')
    broken = BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert validate_document(broken.getvalue()).issues


@pytest.mark.parametrize("make", [ces_report, nasty_report, empty_report])
def test_what_is_counted_is_there(make: Any) -> None:
    document = render(make(), "hwpx")
    header = _header(document)
    assert header.get("secCnt") == str(len(_sections(document)))
    counted = [element for element in header.iter() if "itemCnt" in element.attrib]
    assert len(counted) == 7
    for element in counted:
        assert int(element.attrib["itemCnt"]) == len(element), element.tag
    tables = _tables(document)
    assert len({table.attrib["id"] for table in tables}) == len(tables)
    for table in tables:
        _check_grid(table)


def _check_grid(table: Element) -> None:
    rows = table.findall(f"{HP}tr")
    width = int(table.find(f"{HP}sz").attrib["width"])  # type: ignore[union-attr]
    assert len(rows) == int(table.attrib["rowCnt"])
    for number, row in enumerate(rows):
        column = across = 0
        for cell in row.findall(f"{HP}tc"):
            told = {part.tag: part.attrib for part in cell}
            assert told[f"{HP}cellAddr"] == {"colAddr": str(column), "rowAddr": str(number)}
            column += int(told[f"{HP}cellSpan"]["colSpan"])
            across += int(told[f"{HP}cellSz"]["width"])
            assert int(told[f"{HP}cellSz"]["width"]) > 0
        assert (column, across) == (int(table.attrib["colCnt"]), width)


def test_paper_is_a4_with_the_margins_of_official_documents() -> None:
    for section in _sections(_ces()):
        (page,) = section.iter(f"{HP}pagePr")
        assert (page.get("width"), page.get("height")) == ("59528", "84188")
        margin = page.find(f"{HP}margin")
        assert margin is not None
        found = {side: round(int(margin.attrib[side]) / MILLIMETRE) for side in ("top", "left", "right", "bottom")}
        assert found == {"top": 30, "left": 20, "right": 15, "bottom": 15}
    turned = [s.find(f".//{HP}pagePr").get("landscape") for s in _sections(_ces())]  # type: ignore[union-attr]
    assert turned == ["WIDELY", "WIDELY", "NARROWLY", "WIDELY"], "only the thirteen columns of entries need it"


def test_tables_are_as_wide_as_the_text_at_most() -> None:
    for section in _sections(render(nasty_report(), "hwpx")):
        (page,) = section.iter(f"{HP}pagePr")
        paper = 59528 if page.get("landscape") == "WIDELY" else 84188
        for table in section.iter(f"{HP}tbl"):
            assert int(table.find(f"{HP}sz").attrib["width"]) <= paper - round(35 * MILLIMETRE)  # type: ignore[union-attr]


def test_pages_are_numbered_out_of_how_many_but_for_the_cover() -> None:
    first, *others = _sections(_ces())
    for section in (first, *others):
        (foot,) = section.iter(f"{HP}footer")
        assert [number.get("numType") for number in foot.iter(f"{HP}autoNum")] == ["PAGE", "TOTAL_PAGE"]
        assert _text(foot) == "기준 시점 2023. 3. 31. 23:59 ·  /  · 시연용 자료"
    hidden = [s.find(f".//{HP}visibility").get("hideFirstFooter") for s in (first, *others)]  # type: ignore[union-attr]
    assert hidden == ["1", "0", "0", "0"]


def test_cover_summary_chapters_and_notes_stand_in_order() -> None:
    words = [_text(paragraph) for section in _sections(_ces()) for paragraph in section.findall(f"{HP}p")]
    wanted = [
        "해외 전시·투자유치 분기 실적보고",
        "2023년 1분기 (2023. 1. 1. ~ 3. 31.)",
        "기준 시점  2023. 3. 31. 23:59",
        "광주광역시",
        "요약",
        "※ 주관부서: 전체",
        "Ⅰ. 추진개요",
        "Ⅱ. 분기 실적",
        "확정 금액 (계열별) (단위: 만달러, 억원)",
        "※ 연간 1천만 달러는 계약 기간이 명시되지 않아 총액을 알 수 없음: 총액 합계에서 제외함",
        "성과 목록",
        "원장 기재",
        "산출 기준 및 유의사항",
        "□ 집계 기준",
        "○ 단계가 다른 수치는 합산하지 않음",
    ]
    places = [next(i for i, text in enumerate(words) if text == line or text.endswith(line)) for line in wanted]
    assert places == sorted(places)


def test_chapters_are_in_the_outline_and_bring_their_own_numerals() -> None:
    header = _header(_ces())
    outlined = {
        shape.attrib["id"]
        for shape in header.iter(f"{HH}paraPr")
        if shape.find(f"{HH}heading").get("type") == "OUTLINE"  # type: ignore[union-attr]
    }
    chapters = [
        _text(paragraph)
        for section in _sections(_ces())
        for paragraph in section.findall(f"{HP}p")
        if paragraph.get("paraPrIDRef") in outlined
    ]
    assert [text.removeprefix("기준 시점") for text in chapters[1:4]] == [
        "Ⅰ. 추진개요", "Ⅱ. 분기 실적", "Ⅲ. 문제점 및 개선방안",
    ]  # fmt: skip
    assert {head.text for head in header.iter(f"{HH}paraHead")} == {None}


def test_the_summary_is_one_box() -> None:
    box = _rows(_tables(_ces())[0])
    assert box[0] == ["수출계약", "1건 · 연간 USD 10,000,000 (총액 미상)"]
    assert len(box) == 5


def test_every_table_stands_in_the_document_as_it_prints() -> None:
    _, *tables = _tables(_ces())
    for told, table in zip(_all_tables(ces_report()), tables, strict=True):
        head, *rows = _rows(table)
        assert head == [column.label for column in told.columns]
        assert rows == (_printed(told) or [["자료 없음"]])


def test_another_reader_reads_the_same_values_and_the_pdf_prints_them() -> None:
    lines = HwpxDocument.open(BytesIO(_ces())).text.plain().split("\n")
    pages = pypdfium2.PdfDocument(render(ces_report(), "pdf"))
    pdf = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in pages)
    for table in _all_tables(ces_report()):
        for row in _printed(table):
            assert "\t".join(row) in lines
            assert all("".join(value.split()) in pdf for value in row)


def test_the_first_row_is_the_header_and_repeats_on_every_page() -> None:
    for table in _tables(_ces())[1:]:
        assert table.get("repeatHeader") == "1"
        marks = [{cell.get("header") for cell in row} for row in table.findall(f"{HP}tr")]
        assert marks == [{"1"}, *[{"0"}] * (len(marks) - 1)]


def test_numbers_stand_right_and_totals_are_bold() -> None:
    header = _header(_ces())
    sides = {s.get("id"): s.find(f"{HH}align").get("horizontal") for s in header.iter(f"{HH}paraPr")}  # type: ignore[union-attr]
    bold = {s.get("id") for s in header.iter(f"{HH}charPr") if s.find(f"{HH}bold") is not None}
    _, *rows = _tables(_ces())[2].findall(f"{HP}tr")
    found = [[sides[p.get("paraPrIDRef")] for p in row.iter(f"{HP}p")] for row in rows]
    assert found == [["LEFT", "RIGHT", "RIGHT", "RIGHT", "RIGHT", "CENTER"]] * 3
    assert [{run.get("charPrIDRef") in bold for run in row.iter(f"{HP}run")} for row in rows] == [
        {False}, {False}, {True},
    ]  # fmt: skip


def test_hostile_words_everywhere_stay_words() -> None:
    document = render(nasty_report(), "hwpx")
    tables = [_rows(table) for table in _tables(document)]
    expected = [legible(text).replace("\t", " ") for text in NASTY]
    assert [row[1] for row in tables[0]] == expected, "the summary box"
    assert [row[0] for row in tables[1][1:]] == expected
    assert "끊긴\ufffd제어\ufffd문자" in expected and "ᄒᆞᆫ글" in expected and "😀 웃음" in expected
    said = [_text(p) for section in _sections(document) for p in section.findall(f"{HP}p")]
    for text in expected:
        assert text in said and f"※ {text}" in said and f"○ {text}" in said


def test_line_ends_within_a_cell_are_kept() -> None:
    document = render(with_outcomes(one_cell("첫 줄\r\n둘째 <줄>\r셋째")), "hwpx")
    assert ["첫 줄\n둘째 <줄>\n셋째"] in [row for table in _tables(document) for row in _rows(table)]


class ReadOnce(Sequence[Row]):
    """Rows as a lazily read table gives them: their number, and each of them once."""

    def __init__(self, count: int, fails_at: int = -1) -> None:
        self._count, self._fails_at, self.reads = count, fails_at, 0

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        raise AssertionError("rows are read in order, not picked")

    def __iter__(self) -> Iterator[Row]:
        self.reads += 1
        for number in range(self._count):
            if number == self._fails_at:
                raise LookupError("the database went away")
            yield Row((f"L-{number:06d}", Decimal(number)))


def _long(rows: ReadOnce) -> Report:
    columns = (column("no", "번호"), column("value", "값", "money"))
    return with_entries(Table("entries", "원장 기재", columns, rows))  # type: ignore[arg-type]


def test_a_long_listing_goes_on_in_further_tables_and_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.documents.hwpx_sections.FULL", 500_000)
    rows = ReadOnce(2 * PORTION + 5)
    document = render(_long(rows), "hwpx")
    assert rows.reads == 1
    listing = [table for table in _tables(document) if _rows(table)[0] == ["번호", "값"]]
    assert [int(table.attrib["rowCnt"]) for table in listing] == [PORTION + 1, PORTION + 1, 6]
    numbers = [row[0] for table in listing for row in _rows(table)[1:]]
    assert numbers == [f"L-{number:06d}" for number in range(len(rows))]
    assert len(_sections(document)) == len(_sections(_ces())) + 2
    assert validate_document(document).issues == () and validate_package(document).issues == ()


def test_rows_that_break_off_are_the_readers_to_hear_of() -> None:
    with pytest.raises(LookupError, match="went away"):
        render(_long(ReadOnce(PORTION * 2, fails_at=PORTION + 1)), "hwpx")


def test_wide_numbers_keep_to_the_paper() -> None:
    wide = entries(3)
    document = render(
        with_entries(replace(wide, columns=tuple(replace(c, kind="number") for c in wide.columns))), "hwpx"
    )
    for table in _tables(document):
        _check_grid(table)
