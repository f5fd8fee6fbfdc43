"""Sections of a Hangul document, written from top to bottom: paper, foot line, paragraphs. Nothing is kept."""

import re
from typing import Final, Self, TextIO
from xml.sax.saxutils import escape

from reports.charts import legible
from reports.documents.hwpx_package import Package
from reports.documents.hwpx_styles import BARE, NAMESPACES, NUMBERS, XML
from reports.documents.text import as_text
from reports.report import Report

_MILLIMETRE: Final = 7200 / 25.4  # the format's unit is a hundredth of a point
PAPER: Final = (59528, 84188)  # A4 as the word processor writes it
TOP, LEFT, RIGHT, BOTTOM = (round(length * _MILLIMETRE) for length in (30, 20, 15, 15))
FOOT: Final = round(8 * _MILLIMETRE)
TEXT_WIDTH: Final = PAPER[0] - LEFT - RIGHT
WIDE_TEXT_WIDTH: Final = PAPER[1] - LEFT - RIGHT
# A section that has grown so far is closed and another begun: word processors and readers refuse larger parts.
FULL: Final = 16_000_000
_PLACES: Final = re.compile(r"(\{pages?\})")


def words(text: str) -> str:
    """Text as the content of hp:t: never markup, line ends kept, what XML cannot carry shown as U+FFFD."""
    clean = legible(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return escape(clean).replace("\n", "<hp:lineBreak/>")


def run(style: str, text: str) -> str:
    """Words in the letters of that style."""
    return f'<hp:run charPrIDRef="{NUMBERS[style]}"><hp:t>{words(text)}</hp:t></hp:run>'


def paragraph(style: str, runs: str, *, new_page: bool = False) -> str:
    """One paragraph in that style."""
    return f"{paragraph_start(style, new_page=new_page)}{runs}</hp:p>"


def paragraph_start(style: str, *, new_page: bool = False) -> str:
    number = NUMBERS[style]
    return (
        f'<hp:p id="0" paraPrIDRef="{number}" styleIDRef="{number}" pageBreak="{int(new_page)}" columnBreak="0"'
        ' merged="0">'
    )


def sub_list(paragraphs: str, align: str = "TOP", width: int = 0, height: int = 0) -> str:
    """Paragraphs within a cell, a caption or a foot line."""
    return (
        f'<hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="{align}" linkListIDRef="0"'
        f' linkListNextIDRef="0" textWidth="{width}" textHeight="{height}" hasTextRef="0" hasNumRef="0">'
        f"{paragraphs}</hp:subList>"
    )


class Book:
    """The sections of one document, of which one is open at a time; closes the last one, whatever happens."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part: TextIO | None = None
        self._opening = ""
        self._written = 0
        self.is_wide = False
        self.tables = 0  # so far; each is numbered

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._part is not None:
            self._part.close()

    @property
    def width(self) -> int:
        """How wide the text is."""
        return WIDE_TEXT_WIDTH if self.is_wide else TEXT_WIDTH

    def begin(self, *, is_wide: bool = False) -> None:
        """Another section, on a new page, upright or turned."""
        self.end()
        self.is_wide = is_wide
        self._opening = _opening(self._package.report, self.width, is_wide=is_wide, is_first=not self._package.sections)
        self._written = 0
        self._part = self._package.open_section()
        self.write(f"{XML}<hs:sec {NAMESPACES}>")

    def go_on(self) -> None:
        """Another section of the same paper, where this one has grown too large."""
        if self._written >= FULL:
            self.begin(is_wide=self.is_wide)

    def end(self) -> None:
        """Close the open section; the last one has to be ended before the package is finished."""
        if self._part is None:
            return
        if self._opening:
            self.say("body", "")  # a section needs a paragraph
        self.write("</hs:sec>")
        self._part.close()
        self._part = None

    def write(self, xml: str) -> None:
        if self._part is None:
            raise ValueError("No section is open.")
        self._part.write(xml)
        self._written += len(xml)

    def say(self, style: str, text: str, *, new_page: bool = False) -> None:
        self.write(paragraph(style, self.take_opening() + run(style, text), new_page=new_page))

    def take_opening(self) -> str:
        """What the first paragraph of a section carries; nothing from the second on."""
        opening, self._opening = self._opening, ""
        return opening


def _opening(report: Report, width: int, *, is_wide: bool, is_first: bool) -> str:
    """The runs that set up the section: paper and margins, one column, the foot line (none on the cover)."""
    ways = "NARROWLY" if is_wide else "WIDELY"  # the format's words for turned and upright; width and height stay
    hidden = int(is_first)
    borders = "".join(
        f'<hp:pageBorderFill type="{kind}" borderFillIDRef="{BARE}" textBorder="PAPER" headerInside="0"'
        ' footerInside="0" fillArea="PAPER"><hp:offset left="1417" right="1417" top="1417" bottom="1417"/>'
        "</hp:pageBorderFill>"
        for kind in ("BOTH", "EVEN", "ODD")
    )
    return (
        '<hp:run charPrIDRef="0"><hp:secPr id="" textDirection="HORIZONTAL" spaceColumns="1134" tabStop="8000"'
        ' tabStopVal="4000" tabStopUnit="HWPUNIT" outlineShapeIDRef="1" memoShapeIDRef="0"'
        ' textVerticalWidthHead="0" masterPageCnt="0"><hp:grid lineGrid="0" charGrid="0" wonggojiFormat="0"/>'
        '<hp:startNum pageStartsOn="BOTH" page="0" pic="0" tbl="0" equation="0"/>'
        f'<hp:visibility hideFirstHeader="{hidden}" hideFirstFooter="{hidden}" hideFirstMasterPage="0"'
        f' border="SHOW_ALL" fill="SHOW_ALL" hideFirstPageNum="{hidden}" hideFirstEmptyLine="0" showLineNumber="0"/>'
        '<hp:lineNumberShape restartType="0" countBy="0" distance="0" startNumber="0"/>'
        f'<hp:pagePr landscape="{ways}" width="{PAPER[0]}" height="{PAPER[1]}" gutterType="LEFT_ONLY">'
        f'<hp:margin header="0" footer="{FOOT}" gutter="0" left="{LEFT}" right="{RIGHT}" top="{TOP}"'
        f' bottom="{BOTTOM}"/></hp:pagePr>{_notes_set_up()}{borders}</hp:secPr>'
        '<hp:ctrl><hp:colPr id="" type="NEWSPAPER" layout="LEFT" colCount="1" sameSz="1" sameGap="0"/></hp:ctrl>'
        '<hp:ctrl><hp:footer id="1" applyPageType="BOTH">'
        f"{sub_list(_foot(report), 'BOTTOM', width, FOOT)}</hp:footer></hp:ctrl></hp:run>"
    )


def _notes_set_up() -> str:
    """Footnotes and endnotes: none is used, and the format wants both described."""

    def described(name: str, between: int, place: str) -> str:
        return (
            f'<hp:{name}><hp:autoNumFormat type="DIGIT" userChar="" prefixChar="" suffixChar=")" supscript="0"/>'
            '<hp:noteLine length="-1" type="SOLID" width="0.12 mm" color="#000000"/>'
            f'<hp:noteSpacing betweenNotes="{between}" belowLine="567" aboveLine="850"/>'
            f'<hp:numbering type="CONTINUOUS" newNum="1"/><hp:placement place="{place}" beneathText="0"/></hp:{name}>'
        )

    return described("footNotePr", 283, "EACH_COLUMN") + described("endNotePr", 0, "END_OF_DOCUMENT")


def _foot(report: Report) -> str:
    """`기준 시점 2023. 3. 31. 23:59 · 2 / 7`: the word processor itself counts the pages."""
    labels = report.labels
    demo = f" · {labels.demo}" if report.is_demo else ""
    line = f"{labels.as_of} {as_text(report.as_of, 'datetime')} · {labels.page}{demo}"
    return paragraph("foot", "".join(_counter(text) or run("foot", text) for text in _PLACES.split(line) if text))


def _counter(text: str) -> str:
    kind = {"{page}": "PAGE", "{pages}": "TOTAL_PAGE"}.get(text)
    if kind is None:
        return ""
    return (
        f'<hp:run charPrIDRef="{NUMBERS["foot"]}"><hp:ctrl><hp:autoNum num="1" numType="{kind}">'
        '<hp:autoNumFormat type="DIGIT" userChar="" prefixChar="" suffixChar="" supscript="0"/></hp:autoNum></hp:ctrl>'
        "</hp:run>"
    )
