"""Colours, paper and letters of the PDF, and the one way words become a paragraph."""

from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph

from reports.charts import BOLD, REGULAR, printable

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
HEADING: Final = ParagraphStyle(
    "heading", fontName=BOLD, fontSize=14, leading=20, textColor=INK, spaceBefore=14, spaceAfter=2, keepWithNext=1
)
SUBHEADING: Final = ParagraphStyle(
    "subheading", fontName=BOLD, fontSize=10.5, leading=16, textColor=INK, spaceBefore=8, spaceAfter=2, keepWithNext=1
)
BULLET: Final = ParagraphStyle(
    "bullet", parent=BODY, fontSize=9.5, leading=15, leftIndent=14, bulletIndent=3, bulletFontName=REGULAR, spaceAfter=1
)
NOTE: Final = ParagraphStyle(
    "note", fontName=REGULAR, fontSize=8, leading=11.5, textColor=MUTED, leftIndent=11, firstLineIndent=-11
)
SUMMARY_LABEL: Final = ParagraphStyle("summary label", parent=BODY, fontName=BOLD, spaceAfter=0)
SUMMARY_TEXT: Final = ParagraphStyle("summary text", parent=BODY, spaceAfter=0)


def paragraph(text: str, style: ParagraphStyle, bullet: str | None = None) -> Paragraph:
    """Words as a paragraph: never read as markup, line ends kept, a word wider than the line broken anywhere."""
    words = escape(printable(text)).replace("\n", "<br/>")
    return Paragraph(words, style, bulletText=bullet)
