"""Colours, paper and letters of the PDF, and the one way words become a paragraph."""

from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph

from reports.charts import BOLD, REGULAR, printable, runs
from reports.documents.pdf_tags import Element, Role, TaggedCanvas, canvas_of

INK: Final = HexColor("#1e2124")
MUTED: Final = HexColor("#58616a")
RULE: Final = HexColor("#8a949e")
HEADER_FILL: Final = HexColor("#eef1f4")
ACCENT: Final = HexColor("#256ef4")
WARNING: Final = HexColor("#bd2c0f")

PORTRAIT: Final[tuple[float, float]] = A4
LANDSCAPE: Final[tuple[float, float]] = landscape(A4)
TOP: Final = 30 * mm
LEFT: Final = 20 * mm
RIGHT: Final = 15 * mm
BOTTOM: Final = 15 * mm
TEXT_WIDTH: Final = PORTRAIT[0] - LEFT - RIGHT
WIDE_TEXT_WIDTH: Final = LANDSCAPE[0] - LEFT - RIGHT

BODY: Final = ParagraphStyle("body", fontName=REGULAR, fontSize=10, leading=16, textColor=INK, spaceAfter=4)
UNDER: Final = ParagraphStyle("under", parent=BODY, fontSize=9.5, leading=15, spaceAfter=1)
HEADING: Final = ParagraphStyle(
    "heading", fontName=BOLD, fontSize=14, leading=20, textColor=INK, spaceBefore=14, spaceAfter=2, keepWithNext=1
)
SUBHEADING: Final = ParagraphStyle(
    "subheading", fontName=BOLD, fontSize=10.5, leading=16, textColor=INK, spaceBefore=8, spaceAfter=2, keepWithNext=1
)
NOTE: Final = ParagraphStyle(
    "note", fontName=REGULAR, fontSize=8, leading=11.5, textColor=MUTED, leftIndent=11, firstLineIndent=-11
)

# The steps of an official paper, each further in: □ over ○ over - over ·. A paragraph's first sign says its step.
_STEPS: Final = {"□": (0.0, 15.0), "○": (8.0, 14.0), "-": (20.0, 9.0), "·": (27.0, 8.0), "※": (8.0, 14.0)}
STEPS: Final[dict[str, ParagraphStyle]] = {
    sign: ParagraphStyle(
        f"step {sign}",
        parent=BODY if sign == "□" else UNDER,
        leftIndent=indent + hang,
        bulletIndent=indent,
        bulletFontName=REGULAR,
    )
    for sign, (indent, hang) in _STEPS.items()
}


@dataclass(slots=True)
class _Place:
    """Where a paragraph stands in the document's tree: shared by its parts on several pages. `group` are the places of
    the paragraphs that make one list."""

    role: Role
    group: "list[Element] | None" = None
    element: Element | None = None

    def found(self, canvas: TaggedCanvas) -> Element:
        if self.element is None:
            self.element = self._made(canvas)
        return self.element

    def _made(self, canvas: TaggedCanvas) -> Element:
        if self.group is None:
            return Element(self.role, canvas.section)
        if not self.group:
            self.group.append(Element("L", canvas.section))
        return Element("LBody", Element("LI", self.group[0]))


class Words(Paragraph):
    """A paragraph that is an element of the document's tree. `chapter` (key, title) where one begins with it."""

    place: _Place
    chapter: tuple[str, str] | None = None

    def draw(self) -> None:
        canvas = canvas_of(self)
        if self.chapter is not None:
            canvas.begin_chapter(*self.chapter, self.height)
        with canvas.tagged(self.place.found(canvas)):
            super().draw()

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        parts: list[Any] = super().split(available_width, available_height)
        for number, part in enumerate(parts):
            part.place = self.place
            part.chapter = self.chapter if number == 0 else None
        return parts


def words(
    text: str, style: ParagraphStyle, role: Role = "P", *, bullet: str | None = None, group: list[Element] | None = None
) -> Words:
    """Words as a paragraph: never read as markup, line ends kept, a word wider than the line broken anywhere."""
    made = Words("".join(_markup(*run) for run in runs(printable(text), REGULAR)), style, bulletText=bullet)
    made.place = _Place(role, group)
    return made


def _markup(font: str, text: str) -> str:
    escaped = escape(text).replace("\n", "<br/>")
    return escaped if font == REGULAR else f'<font name="{font}">{escaped}</font>'


def step(text: str, usual: str = "□", group: list[Element] | None = None) -> Words:
    """A paragraph behind the sign it begins with, or else behind the usual one."""
    sign, rest = (text[0], text[1:].lstrip(" ")) if text[:1] in STEPS and text[1:2] == " " else (usual, text)
    return words(rest, STEPS[sign], bullet=sign, group=group)
