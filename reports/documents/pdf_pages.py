"""The pages of the PDF: the cover, the running header and foot, page numbers, contents and bookmarks."""

from datetime import datetime
from typing import Any, Final

from reportlab.graphics.shapes import Drawing, Line, Rect, Shape, String
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, HRFlowable, PageTemplate

from reports.charts import BOLD, REGULAR, printable, text_width, wrap
from reports.documents.pdf_styles import (
    ACCENT,
    BOTTOM,
    INK,
    LANDSCAPE,
    LEFT,
    MUTED,
    PORTRAIT,
    RIGHT,
    RULE,
    TEXT_WIDTH,
    TOP,
    WARNING,
)
from reports.documents.pdf_tags import Element, TaggedCanvas, alternative, canvas_of
from reports.documents.text import as_text, city_time, tongue
from reports.report import Report

_FORM_HALF_WIDTH: Final = 120
_BEFORE: Final = {"start": 0.0, "middle": 0.5, "end": 1.0}  # the share of a text that stands before its anchor


class ReportPages(BaseDocTemplate):
    """Templates `cover`, `portrait` and `landscape`. What is known only at the end (the number of pages, the page of
    each chapter) is drawn as a named form that is filled when the last page is done."""

    def __init__(self, target: Any, report: Report) -> None:
        self.report = report
        super().__init__(
            target,
            pagesize=PORTRAIT,
            title=f"{report.title} {report.period_label}",
            author=report.organisation,
            subject=f"{report.labels.as_of} {as_text(report.as_of, 'datetime')}",
            creator="Ieum",
            lang="ko-KR" if tongue(report) == "ko" else "en",
            displayDocTitle=True,
            initialFontName=REGULAR,
            invariant=1,
            pageCompression=1,
        )
        self.addPageTemplates(
            [
                _template("cover", PORTRAIT, self._draw_cover),
                _template("portrait", PORTRAIT, self._draw_running),
                _template("landscape", LANDSCAPE, self._draw_running),
            ]
        )

    def canvas_for(self, *args: Any, **kwargs: Any) -> TaggedCanvas:
        canvas = _LateCanvas(*args, **kwargs | {"pdfVersion": (1, 7)})
        canvas.pages_of = self
        canvas.setDateFormatter(lambda *_: _pdf_date(self.report.as_of))
        return canvas

    def _draw_cover(self, canvas: TaggedCanvas, _doc: BaseDocTemplate) -> None:
        draw_cover(canvas, self.report)

    def _draw_running(self, canvas: TaggedCanvas, _doc: BaseDocTemplate) -> None:
        with canvas.artifact("Header"):
            self._draw_header(canvas)
        with canvas.artifact("Footer"):
            canvas.saveState()
            canvas.translate(self.pageTemplate.pagesize[0] / 2, 8 * mm)
            canvas.doForm(_page_form(canvas.getPageNumber()))
            canvas.restoreState()

    def _draw_header(self, canvas: TaggedCanvas) -> None:
        width, height = self.pageTemplate.pagesize
        report = self.report
        canvas.saveState()
        canvas.setFillColor(MUTED)
        baseline = height - 20 * mm
        right = printable(f"{report.labels.as_of} {as_text(report.as_of, 'datetime')}")
        demo = _cut(printable(report.labels.demo), 120) if report.is_demo else ""
        demo_right = width - RIGHT - text_width(right, REGULAR, 8) - 10
        title_right = demo_right - text_width(demo, REGULAR, 8) - 10
        title = _cut(printable(f"{report.title} · {report.period_label}"), title_right - LEFT)
        canvas.write((LEFT, baseline), title, REGULAR, 8)
        canvas.write((width - RIGHT, baseline), right, REGULAR, 8, before=1.0)
        canvas.setFillColor(WARNING)
        canvas.write((demo_right, baseline), demo, REGULAR, 8, before=1.0)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.4)
        canvas.line(LEFT, baseline - 5, width - RIGHT, baseline - 5)
        canvas.restoreState()

    def fill_forms(self, canvas: TaggedCanvas, pages: int) -> None:
        """Write what could not be known before: page x / y, and the page of each chapter in the contents."""
        for number in range(2, pages + 1):
            text = self.report.labels.page.replace("{pages}", str(pages)).replace("{page}", str(number))
            _fill_form(canvas, _page_form(number), printable(text), 8, "middle")
        for key, number in canvas.chapter_pages.items():
            _fill_form(canvas, contents_form(key), str(number), 10, "end")


class _LateCanvas(TaggedCanvas):
    pages_of: ReportPages

    def save(self) -> None:
        self.pages_of.fill_forms(self, self.getPageNumber() - 1)
        super().save()


def contents_form(key: str) -> str:
    return f"contents-{key}"


def _page_form(number: int) -> str:
    return f"page-{number}"


def _fill_form(canvas: TaggedCanvas, name: str, text: str, size: int, anchor: str) -> None:
    canvas.beginForm(name, -_FORM_HALF_WIDTH, -4, _FORM_HALF_WIDTH, 16)
    canvas.setFillColor(MUTED)
    canvas.write((0, 0), text, REGULAR, size, _BEFORE[anchor])
    canvas.endForm()


def _template(name: str, size: tuple[float, float], on_page: Any) -> PageTemplate:
    width, height = size
    frame = Frame(
        LEFT,
        BOTTOM,
        width - LEFT - RIGHT,
        height - TOP - BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
        id=name,
    )
    return PageTemplate(id=name, frames=[frame], onPage=on_page, pagesize=size)


def _pdf_date(moment: datetime) -> str:
    return city_time(moment).strftime("D:%Y%m%d%H%M%S+09'00'")


class ChapterRule(HRFlowable):
    """The thin rule under a chapter's heading."""

    def __init__(self) -> None:
        super().__init__(width="100%", thickness=0.8, color=ACCENT, spaceBefore=0, spaceAfter=8)
        self.keepWithNext = 1

    def draw(self) -> None:
        with canvas_of(self).artifact():
            super().draw()


class ContentsLine(Flowable):
    """One line of the contents: the chapter, a dotted leader, and its page as a form that is filled at the end."""

    def __init__(self, key: str, title: str, contents: list[Element]) -> None:
        super().__init__()
        self.key = key
        self.title = _cut(printable(title), TEXT_WIDTH - 60, size=10)
        self.contents = contents
        self.width, self.height = TEXT_WIDTH, 19.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas = canvas_of(self)
        if not self.contents:
            self.contents.append(Element("TOC", canvas.section))
        link = Element("Link", Element("TOCI", self.contents[0]))
        with canvas.artifact():
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(0.5)
            canvas.setDash(0.5, 3)
            canvas.line(text_width(self.title, REGULAR, 10) + 8, 7, self.width - 26, 7)
            canvas.setDash()
        with canvas.tagged(link):
            canvas.setFillColor(INK)
            canvas.write((0, 5), self.title, REGULAR, 10)
            canvas.saveState()
            canvas.translate(self.width, 5)
            canvas.doForm(contents_form(self.key))
            canvas.restoreState()
        canvas.link(link, self.key, self.title, (0, 0, self.width, self.height))


class Picture(Flowable):
    """A drawing as a figure of the document, with words for whoever does not see it."""

    def __init__(self, drawing: Drawing, instead: str) -> None:
        super().__init__()
        self.drawing = drawing
        self.instead = instead
        self.width, self.height = drawing.width, drawing.height

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas = canvas_of(self)
        left, foot = canvas.absolutePosition(0, 0)
        box = f"/A<</O/Layout/BBox[{left:.1f} {foot:.1f} {left + self.width:.1f} {foot + self.height:.1f}]>>"
        with canvas.tagged(Element("Figure", canvas.section, alternative(self.instead) + box)):
            for shape in self.drawing.contents:
                _draw_shape(canvas, shape)


def _draw_shape(canvas: TaggedCanvas, shape: Shape) -> None:
    """One of the three shapes a drawing is made of. (The library's own way names a font that isn't embedded.)"""
    if isinstance(shape, Rect):
        canvas.setFillColor(shape.fillColor or INK)
        canvas.rect(shape.x, shape.y, shape.width, shape.height, stroke=0, fill=1)
    elif isinstance(shape, Line):
        canvas.setStrokeColor(shape.strokeColor or INK)
        canvas.setLineWidth(shape.strokeWidth)
        canvas.line(shape.x1, shape.y1, shape.x2, shape.y2)
    elif isinstance(shape, String):
        canvas.setFillColor(shape.fillColor or INK)
        canvas.write((shape.x, shape.y), shape.text, shape.fontName, shape.fontSize, _BEFORE[shape.textAnchor])
    else:
        raise TypeError(f"The drawing holds a shape that is not drawn here: {type(shape).__name__}.")


def draw_cover(canvas: TaggedCanvas, report: Report) -> None:
    """Organisation, title between two rules, period, as-of; the demo mark where there is one."""
    height = PORTRAIT[1]
    right = PORTRAIT[0] - RIGHT
    centre = (LEFT + right) / 2
    canvas.begin_section()
    canvas.saveState()
    if report.is_demo:
        _draw_demo_mark(canvas, printable(report.labels.demo), right, height - TOP)
    title = _few_lines(report.title, BOLD, 28, 6)
    top = height - 85 * mm
    foot = top - 40 * len(title) - 24
    with canvas.artifact():
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(2.2)
        canvas.line(LEFT, top, right, top)
        canvas.setLineWidth(0.8)
        canvas.line(LEFT, foot, right, foot)
    _draw_centred(canvas, title, centre, top - 40, BOLD, 28, 40)
    y = foot - 30
    period = _few_lines(report.period_label, REGULAR, 16, 2)
    y = _draw_centred(canvas, period, centre, y, REGULAR, 16, 24)
    for line in _cover_details(report):
        y = _draw_centred(canvas, _few_lines(line, REGULAR, 10.5, 3), centre, y - 2, REGULAR, 10.5, 17, colour=MUTED)
    organisation = _few_lines(report.organisation, BOLD, 20, 3)
    _draw_centred(canvas, organisation, centre, 42 * mm + 28 * (len(organisation) - 1), BOLD, 20, 28)
    canvas.restoreState()


def _cover_details(report: Report) -> list[str]:
    labels = report.labels
    return [
        f"{labels.as_of}  {as_text(report.as_of, 'datetime')}",
        f"{labels.generated_from}  {report.definition_version}",
    ]


def _draw_centred(
    canvas: TaggedCanvas,
    lines: list[str],
    centre: float,
    y: float,
    font: str,
    size: float,
    leading: float,
    colour: Any = INK,
) -> float:
    with canvas.tagged(Element("P", canvas.section)):
        canvas.setFillColor(colour)
        for line in lines:
            canvas.write((centre, y), line, font, size, before=0.5)
            y -= leading
    return y


def _draw_demo_mark(canvas: TaggedCanvas, text: str, right: float, top: float) -> None:
    lines = wrap(text, BOLD, 11, TEXT_WIDTH - 20)[:3]
    width = max(text_width(line, BOLD, 11) for line in lines) + 20
    height = 16.0 * len(lines) + 8
    with canvas.artifact():
        canvas.setStrokeColor(WARNING)
        canvas.setLineWidth(1)
        canvas.rect(right - width, top - height, width, height)
    _draw_centred(canvas, lines, right - width / 2, top - 16, BOLD, 11, 16, colour=WARNING)


def _few_lines(text: str, font: str, size: float, most: int) -> list[str]:
    lines = wrap(printable(text), font, size, TEXT_WIDTH - 20)
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][:-1] + "…"]


def _cut(text: str, width: float, size: float = 8) -> str:
    """One line: what doesn't fit ends in … (the full words stand on the cover and over the chapter)."""
    line = " ".join(text.split("\n"))
    if text_width(line, REGULAR, size) <= width:
        return line
    while line and text_width(line + "…", REGULAR, size) > width:
        line = line[:-1]
    return line + "…"
