"""The rows of one table on the pages of the PDF: they break between rows, and the head stands over each part.

Cells are lines of plain text, fitted to their columns before: no markup is read. It draws what a table of a city's
report needs and no more, which is several times faster than the general table of the library.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final, Literal

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from reports.charts import BOLD, REGULAR, runs, text_width
from reports.documents.pdf_styles import HEADER_FILL, INK, MUTED, RULE
from reports.documents.pdf_tags import COLUMN_HEADER, ROW_HEADER, Element, Role, TaggedCanvas, canvas_of

PADDING: Final = 4.0
LEAST_ROWS: Final = 2  # under a head, and over to the next page
SHORTEST_PAGE: Final = 440.0  # what surely fits on a page of its own, upright or landscape
_LINE_RULE: Final = HexColor("#d7dce1")
Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Type:
    """Size, leading and the room over and under the lines of a table's cells, in points."""

    size: float
    leading: float
    room: float = 3.0


@dataclass(frozen=True, slots=True)
class GridRow:
    """`cells` are the lines of each; one cell alone goes across. `continues`: the rest of a row that began before."""

    cells: tuple[list[str], ...]
    is_bold: bool = False
    continues: bool = False
    is_message: bool = False


@dataclass(slots=True)
class Caption:
    """The line over each part of the table: number and caption, the trace code small beside it, the unit on the
    right. `lines` are the caption's; `continued` stands after it from the second part on."""

    lines: list[str]
    code: str
    unit: str
    continued: str
    code_below: bool

    @property
    def height(self) -> float:
        return 13.0 * len(self.lines) + (9.0 if self.code_below else 0.0) + 3 if self.lines or self.unit else 0.0


@dataclass(slots=True)
class Frame:
    """What all parts of one table share. `tops` are the heights of the rows added up; `outline` is the table's bookmark
    (key, title)."""

    widths: Sequence[float]
    type: Type
    aligns: Sequence[Align]
    head: tuple[list[str], ...]
    rows: Sequence[GridRow]
    caption: Caption
    outline: tuple[str, str] | None = None
    first_is_label: bool = False
    tops: list[float] = field(default_factory=list)
    table: Element | None = None
    body: Element | None = None
    row: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tops = [0.0, *accumulate(self.height_of(row.cells) for row in self.rows)]

    def height_of(self, cells: tuple[list[str], ...]) -> float:
        return max(map(len, cells)) * self.type.leading + 2 * self.type.room + 1

    @property
    def head_height(self) -> float:
        return self.height_of(self.head) if self.head else 0.0


class GridPart(Flowable):
    """The rows from `first` up to `end` of a table, under its caption and head."""

    def __init__(self, frame: Frame, first: int = 0, end: int | None = None) -> None:
        super().__init__()
        self.frame = frame
        self.first = first
        self.end = len(frame.rows) if end is None else end
        self.width = sum(frame.widths)
        over = frame.caption.height + frame.head_height
        self.height = over + frame.tops[self.end] - frame.tops[first]
        self._over = over

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        frame = self.frame
        room = available_height - self._over + frame.tops[self.first] + 0.01
        cut = bisect_right(frame.tops, room) - 1
        if cut >= self.end:
            return [self]
        if self.end - cut < LEAST_ROWS and cut - self.first > LEAST_ROWS:
            cut -= 1
        least = self._over + frame.tops[min(self.first + LEAST_ROWS, self.end)] - frame.tops[self.first]
        if cut <= self.first or (cut - self.first < LEAST_ROWS and least <= SHORTEST_PAGE):
            return []
        return [GridPart(frame, self.first, cut), GridPart(frame, cut, self.end)]

    def draw(self) -> None:
        canvas = canvas_of(self)
        self._begin_table(canvas)
        with canvas.artifact():
            self._draw_rules(canvas)
        pen = _Pen(canvas, self.frame.type.size)
        self._draw_caption(canvas, pen)
        self._draw_head(canvas, pen)
        self._draw_rows(canvas, pen)

    def _begin_table(self, canvas: TaggedCanvas) -> None:
        frame = self.frame
        if frame.table is not None:
            return
        frame.table = Element("Table", canvas.section)
        if frame.outline is not None:
            key, title = frame.outline
            canvas.bookmarkHorizontal(key, 0, self.height + 4)
            canvas.addOutlineEntry(title, key, level=1, closed=1)

    def _draw_rules(self, canvas: TaggedCanvas) -> None:
        frame, code = self.frame, canvas._code
        top = self.height - frame.caption.height
        under_head = top - frame.head_height
        if frame.head:
            canvas.setFillColor(HEADER_FILL)
            canvas.rect(0, under_head, self.width, frame.head_height, stroke=0, fill=1)
        elif frame.first_is_label:
            canvas.setFillColor(HEADER_FILL)
            canvas.rect(0, 0, frame.widths[0], under_head, stroke=0, fill=1)
        canvas.setStrokeColor(_LINE_RULE)
        canvas.setLineWidth(0.3)
        below = frame.tops[self.first] + under_head
        for index in range(self.first + 1, self.end):
            if not frame.rows[index].continues:
                y = below - frame.tops[index]
                code.append(f"0 {y:.2f} m {self.width:.2f} {y:.2f} l S")
        x = 0.0
        foot = under_head if frame.rows[self.first].is_message else 0.0
        for width in frame.widths[:-1]:
            x += width
            code.append(f"{x:.2f} {top:.2f} m {x:.2f} {foot:.2f} l S")
        self._draw_frame(canvas, top, under_head)

    def _draw_frame(self, canvas: TaggedCanvas, top: float, under_head: float) -> None:
        canvas.setStrokeColor(RULE)
        for y, weight in ((top, 0.9), (under_head, 0.5), (0.0, 0.7)):
            canvas.setLineWidth(weight)
            canvas.line(0, y, self.width, y)
        if self.frame.first_is_label:
            canvas.setLineWidth(0.9)
            canvas.rect(0, 0, self.width, top, stroke=1, fill=0)

    def _draw_caption(self, canvas: TaggedCanvas, pen: "_Pen") -> None:
        caption, table = self.frame.caption, self.frame.table
        if not caption.height:
            return
        is_first = self.first == 0
        canvas._code.append(canvas.mark(Element("Caption", table)) if is_first else "/Artifact BMC")
        y, end = self.height, 0.0
        pen.colour(INK)
        for number, line in enumerate(caption.lines, start=1):
            y -= 13.0
            shown = line if is_first or number < len(caption.lines) else f"{line} {caption.continued}"
            pen.write(BOLD, 0, y + 2, shown, 9.5)
            end = text_width(shown, BOLD, 9.5)
        pen.colour(MUTED)
        if caption.code:
            below = caption.code_below
            pen.write(REGULAR, 0 if below else end + 8, y - 7 if below else y + 2, caption.code, 7)
        pen.write(REGULAR, self.width - text_width(caption.unit, REGULAR, 8), y + 2, caption.unit, 8)
        canvas._code.append("EMC")

    def _draw_head(self, canvas: TaggedCanvas, pen: "_Pen") -> None:
        frame = self.frame
        if not frame.head:
            return
        row = Element("TR", Element("THead", frame.table)) if self.first == 0 else None
        top = self.height - frame.caption.height
        pen.colour(INK)
        x, leading = 0.0, frame.type.leading
        for lines, width in zip(frame.head, frame.widths, strict=True):
            canvas._code.append(canvas.mark(Element("TH", row, COLUMN_HEADER)) if row is not None else "/Artifact BMC")
            y = top - (frame.head_height + len(lines) * leading) / 2 + (len(lines) - 0.78) * leading
            for line in lines:
                pen.write(BOLD, x + (width - text_width(line, BOLD, frame.type.size)) / 2, y, line)
                y -= leading
            canvas._code.append("EMC")
            x += width

    def _draw_rows(self, canvas: TaggedCanvas, pen: "_Pen") -> None:
        frame = self.frame
        if frame.body is None:
            frame.body = Element("TBody", frame.table)
        top = self.height - self._over + frame.tops[self.first]
        pen.colour(INK)
        for index in range(self.first, self.end):
            row = frame.rows[index]
            if not row.continues or not frame.row:
                frame.row = self._elements_of(row)
            y = top - frame.tops[index] - frame.type.room - frame.type.size
            if row.is_message:
                pen.colour(MUTED)
                self._draw_cell(canvas, pen, row, 0, (0.0, y, self.width, "centre"))
                pen.colour(INK)
                continue
            x = 0.0
            for column, width in enumerate(frame.widths):
                self._draw_cell(canvas, pen, row, column, (x, y, width, frame.aligns[column]))
                x += width

    def _elements_of(self, row: GridRow) -> list[Element]:
        parent = Element("TR", self.frame.body)
        if row.is_message:
            return [Element("TD", parent, f"/A<</O/Table/ColSpan {len(self.frame.widths)}>>")]
        label: Role = "TH" if self.frame.first_is_label else "TD"
        first = Element(label, parent, ROW_HEADER if label == "TH" else "")
        return [first, *(Element("TD", parent) for _cell in row.cells[1:])]

    def _draw_cell(
        self, canvas: TaggedCanvas, pen: "_Pen", row: GridRow, column: int, place: tuple[float, float, float, Align]
    ) -> None:
        x, y, width, align = place
        is_label = column == 0 and self.frame.first_is_label
        font = BOLD if row.is_bold or is_label else REGULAR
        canvas._code.append(canvas.mark(self.frame.row[column]))
        size, leading = self.frame.type.size, self.frame.type.leading
        for line in row.cells[column]:
            if align == "left":
                at = x + PADDING
            elif align == "right":
                at = x + width - PADDING - text_width(line, font, size)
            else:
                at = x + (width - text_width(line, font, size)) / 2
            pen.write(font, at, y, line)
            y -= leading
        canvas._code.append("EMC")


class _Pen:
    """Writes lines of text as operators; what a line looks like in a font's subsets is kept for the next time."""

    def __init__(self, canvas: TaggedCanvas, size: float) -> None:
        self._canvas = canvas
        self._size = size
        self._code: list[str] = canvas._code
        self._kept: dict[tuple[str, str], list[tuple[str, str]]] = canvas.__dict__.setdefault("kept_lines", {})

    def colour(self, colour: Any) -> None:
        self._canvas.setFillColor(colour)

    def write(self, font: str, x: float, y: float, text: str, size: float | None = None) -> None:
        if not text:
            return
        pieces = self._kept.get((font, text)) or self._pieces(font, text)
        shown = " ".join([f"{name} {size or self._size:g} Tf ({words}) Tj" for name, words in pieces])
        self._code.append(f"BT {x:.2f} {y:.2f} Td {shown} ET")

    def _pieces(self, font: str, text: str) -> list[tuple[str, str]]:
        document = self._canvas._doc
        pieces = []
        for name, piece in runs(text, font):
            face: Any = pdfmetrics.getFont(name)
            pieces += [
                (face.getSubsetInternalName(subset, document), self._canvas._escape(words))
                for subset, words in face.splitString(piece, document)
            ]
        self._kept[font, text] = pieces
        return pieces
