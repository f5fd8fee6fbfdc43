"""A report table as PDF flowables: columns that fit, rows that break across pages, a header that repeats.

Cells are plain strings wrapped here, not paragraphs: no markup is read, and a row of any height can be split.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.colors import HexColor, white
from reportlab.platypus import Flowable, KeepTogether, LongTable, Spacer

from reports.charts import BOLD, REGULAR, printable, text_width, wrap
from reports.documents.pdf_styles import HEADER_FILL, INK, MUTED, NOTE, RULE, paragraph
from reports.documents.text import as_text, is_numeric
from reports.report import Column, Table

PADDING: Final = 4.0
MAX_ROW_LINES: Final = 24  # a taller row continues in a further row, so that it always fits a page
SHORT_TABLE: Final = 14
_LINE_RULE = HexColor("#d7dce1")


@dataclass(frozen=True, slots=True)
class Type:
    """Size and leading of a table's letters, in points."""

    size: float
    leading: float


REGULAR_TYPE: Final = Type(8.5, 12.0)
SMALL_TYPE: Final = Type(7.5, 10.5)


class CaptionLine(Flowable):
    """The caption on the left and the unit on the right, over one table."""

    def __init__(self, caption: str, unit: str, width: float) -> None:
        super().__init__()
        self.unit = printable(unit)
        self.width = width
        room = width - text_width(self.unit, REGULAR, 8) - 10
        self.lines = wrap(printable(caption), BOLD, 9.5, max(room, width / 2)) if caption else [""]
        self.height = 13.0 * len(self.lines) + 2 if caption or unit else 0.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 9.5)
        for index, line in enumerate(self.lines):
            canvas.drawString(0, self.height - 11 - 13 * index, line)
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 8)
        canvas.drawRightString(self.width, 4, self.unit)


def table_flowables(
    table: Table, width: float, no_data: str, type_: Type = REGULAR_TYPE, *, fills_pages: bool = False
) -> list[Flowable]:
    """Caption, table and footnotes; a short table stays on one page with its footnotes, unless it has pages of its own
    to fill."""
    texts = [
        [printable(as_text(value, column.kind)) for column, value in zip(table.columns, row.values, strict=True)]
        for row in table.rows
    ]
    widths = column_widths(table.columns, texts, width, type_)
    grid = _Grid(table, widths, type_)
    for row, cells in zip(table.rows, texts, strict=True):
        grid.add_row(cells, row.emphasis)
    if not texts:
        grid.add_message(printable(table.empty or no_data))
    notes = [paragraph(f"※ {footnote}", NOTE) for footnote in table.footnotes]
    parts: list[Flowable] = [grid.flowable(), *([Spacer(1, 3), *notes] if notes else [])]
    if fills_pages:
        return parts
    if len(grid.lines) <= SHORT_TABLE:
        parts = [KeepTogether(parts)]
    return [*parts, Spacer(1, 12)]


def natural_width(table: Table, type_: Type = SMALL_TYPE, widest_text: float = 110.0) -> float:
    """How wide the table would like to be; more than a portrait page asks for a landscape one."""
    total = 0.0
    for index, column in enumerate(table.columns):
        texts = [printable(as_text(row.values[index], column.kind)) for row in table.rows[:200]]
        limit = float("inf") if _keeps_in_one_line(column) else widest_text
        total += min(_widest([*texts, printable(column.label)], type_) + 2 * PADDING, limit)
    return total


def column_widths(columns: Sequence[Column], texts: Sequence[Sequence[str]], width: float, type_: Type) -> list[float]:
    """Shares by weight where everything fits in one line; else numbers and dates first get what they need, and texts
    share what is left."""
    weights = [max(column.weight, 0.01) for column in columns]
    shares = [width * weight / sum(weights) for weight in weights]
    wishes: list[float] = []
    needs: list[float] = []
    for index, column in enumerate(columns):
        label = printable(column.label)
        wish = _widest([label, *(row[index] for row in texts)], type_)
        need = wish if _keeps_in_one_line(column) else _widest(label.split(" "), type_)
        wishes.append(wish + 2 * PADDING + 1)
        needs.append(min(need + 2 * PADDING + 1, width / 2))
    if all(share >= wish for share, wish in zip(shares, wishes, strict=True)):
        return shares
    if sum(needs) >= width:
        return [need * width / sum(needs) for need in needs]
    return _filled(needs, wishes, weights, width)


def _filled(needs: list[float], wishes: list[float], weights: list[float], width: float) -> list[float]:
    """Pour what the needs leave over into the columns that wish for more, by weight; the rest goes to all."""
    widths = list(needs)
    hungry = [index for index, wish in enumerate(wishes) if wish > widths[index]]
    while hungry and (left := width - sum(widths)) > 0.01:
        total = sum(weights[index] for index in hungry)
        for index in hungry:
            widths[index] = min(wishes[index], widths[index] + left * weights[index] / total)
        hungry = [index for index in hungry if wishes[index] - widths[index] > 0.01]
    left = max(width - sum(widths), 0.0)
    return [current + left * weight / sum(weights) for current, weight in zip(widths, weights, strict=True)]


def _keeps_in_one_line(column: Column) -> bool:
    return column.kind != "text"


def _align(column: Column) -> str:
    if is_numeric(column.kind):
        return "RIGHT"
    return "LEFT" if column.kind == "text" else "CENTER"


def _widest(texts: Sequence[str], type_: Type) -> float:
    return max((text_width(line, BOLD, type_.size) for text in texts for line in text.split("\n")), default=0.0)


class _Grid:
    """The rows of one table as they are drawn, and the rules between them."""

    def __init__(self, table: Table, widths: list[float], type_: Type) -> None:
        self.widths = widths
        self.type = type_
        self.aligns = [_align(column) for column in table.columns]
        count = len(widths)
        caption = CaptionLine(table.caption, table.unit, sum(widths))
        header = [self._fit(printable(column.label), index, BOLD) for index, column in enumerate(table.columns)]
        self.lines: list[list[Any]] = [[caption, *[""] * (count - 1)], ["\n".join(lines) for lines in header]]
        self.heights = [caption.height, self._height(max(map(len, header)))]
        self.commands = self._frame()

    def _frame(self) -> list[tuple[Any, ...]]:
        size, leading = self.type.size, self.type.leading
        return [
            ("LEFTPADDING", (0, 0), (-1, 0), 0),
            ("TOPPADDING", (0, 0), (-1, 0), 0),
            ("BOTTOMPADDING", (0, 0), (-1, 0), 0),
            ("FONT", (0, 1), (-1, 1), BOLD, size, leading),
            ("FONT", (0, 2), (-1, -1), REGULAR, size, leading),
            ("TEXTCOLOR", (0, 1), (-1, -1), INK),
            ("ALIGN", (0, 1), (-1, 1), "CENTER"),
            ("VALIGN", (0, 1), (-1, 1), "MIDDLE"),
            ("VALIGN", (0, 2), (-1, -1), "TOP"),
            *[("ALIGN", (index, 2), (index, -1), align) for index, align in enumerate(self.aligns)],
            ("LEFTPADDING", (0, 1), (-1, -1), PADDING),
            ("RIGHTPADDING", (0, 1), (-1, -1), PADDING),
            ("TOPPADDING", (0, 1), (-1, -1), PADDING),
            ("BOTTOMPADDING", (0, 1), (-1, -1), PADDING - 2),
            ("BACKGROUND", (0, 1), (-1, 1), HEADER_FILL),
            ("LINEABOVE", (0, 1), (-1, 1), 0.9, RULE),
            ("LINEBELOW", (0, 1), (-1, 1), 0.5, RULE),
            ("LINEBELOW", (0, 2), (-1, -1), 0.3, _LINE_RULE),
            ("LINEAFTER", (0, 1), (-2, -1), 0.3, _LINE_RULE),
            ("LINEBELOW", (0, -1), (-1, -1), 0.7, RULE),
        ]

    def add_row(self, cells: list[str], emphasis: bool) -> None:
        font = BOLD if emphasis else REGULAR
        fitted = [self._fit(cell, index, font) for index, cell in enumerate(cells)]
        tallest = max(map(len, fitted))
        first = len(self.lines)
        for start in range(0, tallest, MAX_ROW_LINES):
            part = [lines[start : start + MAX_ROW_LINES] for lines in fitted]
            self.lines.append(["\n".join(lines) for lines in part])
            self.heights.append(self._height(max(map(len, part))))
        last = len(self.lines) - 1
        if last > first:  # no rule inside a row that was split
            self.commands.append(("LINEBELOW", (0, first), (-1, last - 1), 0.3, white))
        if emphasis:
            size, leading = self.type.size, self.type.leading
            self.commands.append(("FONT", (0, first), (-1, last), BOLD, size, leading))

    def add_message(self, text: str) -> None:
        lines = wrap(text, REGULAR, self.type.size, sum(self.widths) - 2 * PADDING)
        row = len(self.lines)
        self.lines.append(["\n".join(lines), *[""] * (len(self.widths) - 1)])
        self.heights.append(self._height(len(lines)))
        self.commands += [("SPAN", (0, row), (-1, row)), ("ALIGN", (0, row), (-1, row), "CENTER")]
        self.commands.append(("TEXTCOLOR", (0, row), (-1, row), MUTED))

    def flowable(self) -> Flowable:
        return LongTable(
            self.lines,
            colWidths=self.widths,
            rowHeights=self.heights,
            style=self.commands,
            repeatRows=2,
            hAlign="LEFT",
        )

    def _fit(self, text: str, index: int, font: str) -> list[str]:
        return wrap(text, font, self.type.size, self.widths[index] - 2 * PADDING)

    def _height(self, lines: int) -> float:
        return lines * self.type.leading + 2 * (PADDING - 1) + 1
