"""The drawing of a chart, and its SVG for a page."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal

import pytest
from reportlab.graphics.shapes import Rect, String

from reports.charts import draw, printable, register_fonts, svg, text_width, wrap
from reports.report import Chart, ChartSeries
from tests.reports.documents.builders import NASTY, chart

SVG = "{http://www.w3.org/2000/svg}"


def _series(*values: Decimal | int | None) -> Chart:
    names = tuple(f"구분{number}" for number in range(len(values)))
    return Chart("one", "제목", "단위: 건", names, (ChartSeries("확정", values),))


def _bars(of: Chart) -> list[Rect]:
    """The bars without the legend's squares."""
    shapes = [shape for shape in draw(of, 480, 200).contents if isinstance(shape, Rect)]
    return [shape for shape in shapes if (shape.width, shape.height) != (7, 7)]


def _words(of: Chart) -> list[str]:
    return [shape.text for shape in draw(of, 480, 200).contents if isinstance(shape, String)]


def test_bars_start_at_zero_so_that_heights_compare() -> None:
    one, nine, ten = _bars(_series(1, 9, 10))
    assert one.height == pytest.approx(ten.height / 10)
    assert nine.height == pytest.approx(ten.height * 0.9)
    assert one.y == nine.y == ten.y


def test_unknown_leaves_a_gap_with_a_dash_and_zero_says_zero() -> None:
    unknown, zero = _series(None, 3), _series(0, 3)
    assert len(_bars(unknown)) == len(_bars(zero)) == 1
    assert "–" in _words(unknown) and "–" not in _words(zero)
    assert _words(unknown).count("0") == 1, "only the axis says 0"
    assert _words(zero).count("0") == 2


def test_says_title_unit_categories_series_and_values() -> None:
    words = _words(chart())
    for expected in ("성과 유형별 건수", "단위: 건", "수출계약", "확정", "미확인", "2"):
        assert expected in words


def test_decreases_hang_below_the_line() -> None:
    down, up = _bars(_series(Decimal("-2.5"), 5))
    assert down.y + down.height == pytest.approx(up.y)
    assert "△2.5" in _words(_series(Decimal("-2.5"), 5))


@pytest.mark.parametrize("of", [_series(), _series(None, None), _series(0), replace(chart(), series=())])
def test_empty_charts_are_drawn(of: Chart) -> None:
    assert not _bars(of)


def test_nothing_leaves_the_drawing() -> None:
    wide = Chart(
        "w", "가" * 90, "단위: 건", tuple("나" * 60 for _ in range(12)), (ChartSeries("다" * 90, (10**14,) * 12),)
    )
    for shape in draw(wide, 300, 180).contents:
        if isinstance(shape, String):
            width = text_width(shape.text, shape.fontName, shape.fontSize)
            left = shape.x - {"start": 0, "middle": width / 2, "end": width}[shape.textAnchor]
            assert left >= -3 and left + width <= 303 and -1 <= shape.y <= 180, shape.text


def test_svg_is_one_named_image_without_anything_active() -> None:
    text = svg(chart(), 480, 200)
    root = ET.fromstring(text)
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "성과 유형별 건수 (단위: 건)"
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {"svg", "title", "rect", "line", "text"}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not attributes & {"style", "id", "href", "onload"}
    assert "url(" not in text and text.count("http") == 1, "only the namespace"


def test_svg_says_what_the_pdf_says() -> None:
    root = ET.fromstring(svg(chart(), 480, 200))
    assert [element.text for element in root.iter(f"{SVG}text")] == _words(chart())


def test_svg_escapes_hostile_words() -> None:
    hostile = replace(chart(), title='"><script>alert(1)</script>\x00', categories=NASTY[:5], unit="& <b>")
    root = ET.fromstring(svg(hostile, 900, 200))
    assert root.find(f".//{SVG}script") is None
    assert (root.findtext(f"{SVG}title") or "").startswith('"><script>alert(1)</script>\ufffd')


def test_wrapping_breaks_at_spaces_and_only_then_inside_words() -> None:
    register_fonts()
    width = text_width("가" * 10, "NanumGothic", 10)
    assert wrap("수출계약 연간 금액 총액", "NanumGothic", 10, width) == ["수출계약 연간 금액", "총액"]
    assert wrap("가" * 25, "NanumGothic", 10, width) == ["가" * 10, "가" * 10, "가" * 5]
    assert wrap("", "NanumGothic", 10, width) == [""]


def test_characters_without_a_glyph_are_named() -> None:
    assert printable("㈜솔 😀\t–") == "㈜솔 [U+1F600] –"
