"""One drawing of a chart for the page (SVG) and the PDF (vectors), and the Korean fonts both are measured with.

The drawing uses three shapes only (rectangle, line, text), so that the SVG can be written straight from it and says
exactly what the PDF shows. Bars always start at zero.
"""

import importlib.util
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from reportlab.graphics.shapes import Drawing, Line, Rect, Shape, String
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from crm.values.money import signed
from reports.report import Chart

FONT_PACKAGE = "koreanize_matplotlib"
REGULAR = "NanumGothic"
BOLD = "NanumGothicBold"
# For the letters of Europe and Vietnam that the Korean font lacks: Å, ç, ž, Ł, Ω, Ж, ế.
OTHER_PACKAGE = "fontpkg_noto_sans"
OTHER = "NotoSans"
CSS_FONTS = "'Pretendard GOV', 'Noto Sans KR', 'Malgun Gothic', 'Apple SD Gothic Neo', sans-serif"
SERIES_COLOURS = ("#256ef4", "#8a949e", "#063a74", "#9ec2f7", "#4c5560", "#6d9ff5")
NO_VALUE = "–"

Anchor = Literal["start", "middle", "end"]

_INK = HexColor("#1e2124")
_MUTED = HexColor("#58616a")
_GRID = HexColor("#e0e4e8")
_AXIS = HexColor("#8a949e")
_SMALL = 7.5
_SMALLEST = 4.5
_LINE = 10.0
_LABEL_LINES = 3
_GRID_LINES = 4
# What XML 1.0 cannot carry: most control characters, half surrogates and the two non-characters.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_fonts_lock = threading.Lock()


class FontMissing(RuntimeError):
    """The Korean font isn't installed: no document is made, since it would show boxes instead of words."""


def register_fonts() -> None:
    """Make NanumGothic, its bold, and Noto Sans known to reportlab, once a process; raises FontMissing.

    The packages that carry them are located, never imported: importing one would pull in a plotting library."""
    with _fonts_lock:
        if {REGULAR, BOLD, OTHER} <= set(pdfmetrics.getRegisteredFontNames()):
            return
        for name in (REGULAR, BOLD):
            _register(name, FONT_PACKAGE, f"fonts/{name}.ttf", "Korean font")
        _register(OTHER, OTHER_PACKAGE, "files/NotoSans[wdth,wght].ttf", "font of the other scripts")
        pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
        pdfmetrics.registerFontFamily(OTHER, normal=OTHER, bold=OTHER, italic=OTHER, boldItalic=OTHER)


def _register(name: str, package: str, file: str, called: str) -> None:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FontMissing(f"The {called} is missing: install the package {package} (see requirements-fonts.txt).")
    path = Path(next(iter(spec.submodule_search_locations))) / file
    try:
        pdfmetrics.registerFont(TTFont(name, str(path)))
    except (OSError, TTFError) as error:
        raise FontMissing(f"The {called} file {path} cannot be read: install the package {package} again.") from error


def legible(text: str) -> str:
    """The text in NFC, with every character that XML cannot carry shown as U+FFFD."""
    return unicodedata.normalize("NFC", _NOT_XML.sub("\ufffd", text))


def printable(text: str) -> str:
    """The text in NFC, every character that no font has a glyph for written out as [U+1F600]. Tabs become spaces."""
    register_fonts()
    drawn, others = _drawn_by(REGULAR), _drawn_by(OTHER)
    if drawn.issuperset(text) and unicodedata.is_normalized("NFC", text):
        return text
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(char if char in drawn or char in others else f"[U+{ord(char):04X}]" for char in plain)


@lru_cache(maxsize=2)
def _drawn_by(name: str) -> frozenset[str]:
    """What the font has a glyph for, and the line end. Beyond U+FFFF the writer's map back to characters is wrong."""
    font = pdfmetrics.getFont(name)
    codes = font.face.charToGlyph if isinstance(font, TTFont) else {}
    characters = (chr(code) for code in codes if code <= 0xFFFF)
    return frozenset(char for char in characters if unicodedata.category(char) not in ("Cc", "Cf", "Cs")) | {"\n"}


def runs(text: str, font: str) -> list[tuple[str, str]]:
    """The text in pieces, each with the font that has its glyphs: the wanted one, else Noto Sans."""
    if _drawn_by(REGULAR).issuperset(text):
        return [(font, text)]
    own = _drawn_by(REGULAR)
    pieces = groupby(text, key=lambda char: font if char in own else OTHER)
    return [(name, "".join(characters)) for name, characters in pieces]


@lru_cache(maxsize=20_000)  # a listing measures the same words again and again
def text_width(text: str, font: str, size: float) -> float:
    register_fonts()
    return float(sum(pdfmetrics.stringWidth(piece, name, size) for name, piece in runs(text, font)))


def wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """The text in lines no wider than `width`: broken at spaces, and inside a word only where it fits no line."""
    lines: list[str] = []
    space = text_width(" ", font, size)
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for word in paragraph.split(" "):
            advance = text_width(word, font, size)
            if line and used + space + advance <= width + 0.01:
                line, used = f"{line} {word}", used + space + advance
                continue
            if line:
                lines.append(line)
            if advance <= width + 0.01:
                line, used = word, advance
                continue
            *full, line = _break_word(word, font, size, width)
            lines.extend(full)
            used = text_width(line, font, size)
        lines.append(line)
    return lines


def _break_word(word: str, font: str, size: float, width: float) -> list[str]:
    pieces = [""]
    used = 0.0
    for char in word:
        advance = text_width(char, font, size)
        if pieces[-1] and used + advance > width + 0.01:  # sums of floats
            pieces.append("")
            used = 0.0
        pieces[-1] += char
        used += advance
    return pieces


@dataclass(frozen=True, slots=True)
class _Scale:
    """The value axis: from `low` (0, unless a value is negative) to `high`, a grid line each `step`."""

    low: Decimal
    high: Decimal
    step: Decimal

    @classmethod
    def over(cls, values: list[Decimal]) -> "_Scale":
        low = min([Decimal(0), *values])
        high = max([Decimal(0), *values])
        step = _round_step(
            (high - low) / _GRID_LINES, whole=all(value == value.to_integral_value() for value in values)
        )
        floor = (low / step).to_integral_value(ROUND_FLOOR) * step
        ceiling = (high / step).to_integral_value(ROUND_CEILING) * step
        return cls(floor, ceiling if ceiling > floor else floor + step, step)

    def share(self, value: Decimal) -> float:
        return float((value - self.low) / (self.high - self.low))

    def ticks(self) -> Iterator[Decimal]:
        tick = self.low
        while tick <= self.high:
            yield tick
            tick += self.step


def _round_step(rough: Decimal, whole: bool) -> Decimal:
    """The next of 1, 2, 5 × a power of ten; whole numbers are not cut into parts."""
    if rough <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return max(step, Decimal(1)) if whole else step


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where the bars stand inside the drawing."""

    left: float
    bottom: float
    width: float
    height: float
    scale: _Scale

    def y(self, value: Decimal) -> float:
        return self.bottom + self.height * self.scale.share(value)


def draw(chart: Chart, width: float, height: float, number: str = "") -> Drawing:
    """The chart as reportlab vectors, in points, `number` before its title; raises FontMissing. A value of None leaves
    a gap marked –."""
    numbered = replace(chart, title=f"{number} {chart.title}") if number else chart
    return _draw(numbered, width, height, printable)


def _draw(chart: Chart, width: float, height: float, words: Callable[[str], str]) -> Drawing:
    register_fonts()
    drawing = Drawing(width, height)
    top = _draw_heading(drawing, chart, words)
    values = [Decimal(value) for series in chart.series for value in series.values if value is not None]
    slots = max(len(chart.categories), 1)
    scale = _Scale.over(values)
    left = max(text_width(signed(tick), REGULAR, _SMALL) for tick in scale.ticks()) + 6
    labels = [_category_lines(words(name), (width - left) / slots - 4) for name in chart.categories]
    floor = _draw_legend(drawing, chart, words) + max((len(lines) for lines in labels), default=0) * _LINE + 4
    plot = _Plot(left, floor, width - left, max(top - floor, 10.0), scale)
    _draw_grid(drawing, plot)
    for index, lines in enumerate(labels):
        centre = plot.left + plot.width / slots * (index + 0.5)
        for row, line in enumerate(lines):
            drawing.add(_text(centre, floor - _LINE * (row + 1), line, _INK, anchor="middle"))
    _draw_bars(drawing, chart, plot)
    return drawing


def _draw_heading(drawing: Drawing, chart: Chart, words: Callable[[str], str]) -> float:
    """Title on the left, unit on the right; returns the y below which the bars may start."""
    unit = words(chart.unit)
    room = drawing.width - text_width(unit, REGULAR, _SMALL) - 8
    title = wrap(words(chart.title), BOLD, 9, room)[:2]
    for row, line in enumerate(title):
        drawing.add(_text(0, drawing.height - 9 - 12 * row, line, _INK, font=BOLD, size=9))
    drawing.add(_text(drawing.width, drawing.height - 9, unit, _MUTED, anchor="end"))
    return float(drawing.height - 12 * len(title) - 14)


def _draw_legend(drawing: Drawing, chart: Chart, words: Callable[[str], str]) -> float:
    """The names of the series along the foot, centred; returns the height used."""
    names = [_shortened(words(series.name), drawing.width - 24) for series in chart.series]
    rows: list[list[tuple[int, str, float]]] = [[]]
    for index, name in enumerate(names):
        entry = text_width(name, REGULAR, _SMALL) + 22
        if rows[-1] and sum(item[2] for item in rows[-1]) + entry > drawing.width:
            rows.append([])
        rows[-1].append((index, name, entry))
    for row_index, row in enumerate(reversed(rows)):
        x = (drawing.width - sum(item[2] for item in row)) / 2
        y = 2 + row_index * 11
        for index, name, entry in row:
            drawing.add(_bar(x, y, 7, 7, index))
            drawing.add(_text(x + 10, y + 0.7, name, _MUTED))
            x += entry
    return len(rows) * 11.0 + 4 if names else 0.0


def _draw_grid(drawing: Drawing, plot: _Plot) -> None:
    for tick in plot.scale.ticks():
        y = plot.y(tick)
        colour = _AXIS if tick == 0 else _GRID
        drawing.add(Line(plot.left, y, plot.left + plot.width, y, strokeColor=colour, strokeWidth=0.5))
        drawing.add(_text(plot.left - 4, y - 2.5, signed(tick), _MUTED, anchor="end"))


def _draw_bars(drawing: Drawing, chart: Chart, plot: _Plot) -> None:
    slot = plot.width / max(len(chart.categories), 1)
    bar = min(slot * 0.7 / max(len(chart.series), 1), 42.0)
    size = _value_size(chart, bar, slot)
    for number, series in enumerate(chart.series):
        for index, value in enumerate(series.values):
            left = plot.left + slot * (index + 0.5) + bar * (number - len(chart.series) / 2)
            label = NO_VALUE if value is None else signed(value)
            amount = Decimal(value or 0)
            zero, end = plot.y(Decimal(0)), plot.y(amount)
            if amount:
                low = min(zero, end)
                drawing.add(_bar(left, low, bar * 0.92, abs(end - zero), number))
            if size >= _SMALLEST:
                y = end + 2.5 if amount >= 0 else end - size - 1
                drawing.add(_text(left + bar * 0.46, y, label, _INK, anchor="middle", size=size))


def _value_size(chart: Chart, bar: float, slot: float) -> float:
    """Value labels shrink until neighbours no longer touch; below _SMALLEST they are left to the table beside."""
    labels = [signed(value) for series in chart.series for value in series.values if value is not None]
    widest = max((text_width(label, REGULAR, _SMALL) for label in labels), default=1.0)
    room = slot * 0.95 if len(chart.series) == 1 else bar
    return min(_SMALL, _SMALL * room / widest)


def _category_lines(name: str, width: float) -> list[str]:
    lines = wrap(name, REGULAR, _SMALL, max(width, _SMALL))
    if len(lines) <= _LABEL_LINES:
        return lines
    return [*lines[: _LABEL_LINES - 1], _shortened(lines[_LABEL_LINES - 1] + "…", max(width, _SMALL))]


def _shortened(text: str, width: float) -> str:
    if text_width(text, REGULAR, _SMALL) <= width:
        return text
    kept = text.rstrip("…")
    while kept and text_width(kept + "…", REGULAR, _SMALL) > width:
        kept = kept[:-1]
    return kept + "…"


def _bar(x: float, y: float, width: float, height: float, series: int) -> Rect:
    bar = Rect(x, y, width, height)
    bar.fillColor = HexColor(SERIES_COLOURS[series % len(SERIES_COLOURS)])
    bar.strokeColor = None
    return bar


def _text(
    x: float, y: float, text: str, colour: Color, *, font: str = REGULAR, size: float = _SMALL, anchor: Anchor = "start"
) -> String:
    return String(x, y, text, fontName=font, fontSize=size, fillColor=colour, textAnchor=anchor)


def svg(chart: Chart, width: float, height: float) -> str:
    """The same drawing as one <svg> element to inline in a page: no outside reference, script, id or style attribute.

    Letters take the page's own colour and fonts; colours sit in presentation attributes, which a strict content
    security policy lets pass and a style sheet can override."""
    drawing = _draw(chart, width, height, legible)
    shapes = "".join(_svg_shape(shape, height) for shape in drawing.contents)
    name = legible(f"{chart.title} ({chart.unit})" if chart.unit else chart.title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label={quoteattr(name)}'
        f' width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
        f' font-family="{CSS_FONTS}"><title>{escape(name)}</title>{shapes}</svg>'
    )


def _svg_shape(shape: Shape, height: float) -> str:
    if isinstance(shape, Rect):
        return (
            f'<rect x="{shape.x:.2f}" y="{height - shape.y - shape.height:.2f}" width="{shape.width:.2f}"'
            f' height="{shape.height:.2f}" fill="{_css(shape.fillColor)}"/>'
        )
    if isinstance(shape, Line):
        return (
            f'<line x1="{shape.x1:.2f}" y1="{height - shape.y1:.2f}" x2="{shape.x2:.2f}" y2="{height - shape.y2:.2f}"'
            f' stroke="{_css(shape.strokeColor)}" stroke-width="{shape.strokeWidth:g}"/>'
        )
    if not isinstance(shape, String):
        raise TypeError(f"The drawing holds a shape that has no SVG: {type(shape).__name__}.")
    weight = ' font-weight="700"' if shape.fontName == BOLD else ""
    return (
        f'<text x="{shape.x:.2f}" y="{height - shape.y:.2f}" font-size="{shape.fontSize:.2f}"{weight}'
        f' text-anchor="{shape.textAnchor}" fill="currentColor">{escape(shape.text)}</text>'
    )


def _css(colour: Color | None) -> str:
    return "none" if colour is None else f"#{colour.hexval()[2:]}"
