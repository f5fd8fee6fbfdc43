"""A report table as tables of a Hangul document: rows are taken a portion at a time and written at once."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from reports.documents.hwpx_sections import Book, paragraph, paragraph_start, run, sub_list
from reports.documents.hwpx_styles import CELL, HEAD, LOOKS, NUMBERS, POINT
from reports.documents.text import as_text, is_numeric
from reports.report import Column, Row, Table

# The word processor slows down with the rows of one table and counts no more than 65,535: a longer listing goes on in
# a further table under the same header.
PORTION: Final = 1_000
SIDE, ABOVE = 3 * POINT, 2 * POINT  # what a cell leaves free around its words
WIDEST_TEXT: Final = 110 * POINT
MANY_COLUMNS: Final = 8  # more of them take smaller letters
_AROUND: Final = 3 * POINT  # above and below a table


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in one cell; `frame` is the number of its border and fill, `columns` how many columns it spans."""

    text: str
    style: str
    frame: int = CELL
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """What is said of a table before its rows. `style` is that of a cell; `has_head`: the first row is the header, and
    repeats on every page."""

    widths: tuple[int, ...]
    rows: int
    style: str
    has_head: bool = False

    @property
    def row_height(self) -> int:
        """One line of a cell; the word processor lets a row grow with its words."""
        look = LOOKS[self.style]
        return round(look.size * POINT * look.spacing / 100) + 2 * ABOVE


def write_table(book: Book, table: Table, no_data: str, *, caption: str) -> None:
    """Caption and unit, the header, every row once and in order, and the footnotes below."""
    prefix = "small " if len(table.columns) > MANY_COLUMNS else ""
    head = [Cell(column.label, f"{prefix}head", HEAD) for column in table.columns]
    rows = iter(table.rows)
    portion = list(islice(rows, PORTION))
    widths = column_widths(table.columns, portion, book.width, LOOKS[f"{prefix}head"].size)
    _say_caption(book, caption, table.unit)
    lines = [_cells(table.columns, row, prefix) for row in portion] or [_message(table, no_data, prefix)]
    while lines:
        grid = Grid(widths, len(lines) + 1, f"{prefix}head", has_head=True)
        write_grid(book, grid, [head, *lines])
        lines = [_cells(table.columns, row, prefix) for row in islice(rows, PORTION)]
        if lines:
            book.go_on()
    for footnote in table.footnotes:
        book.say("note", f"※ {footnote}")


def _message(table: Table, no_data: str, prefix: str) -> list[Cell]:
    return [Cell(table.empty or no_data, f"{prefix}cell CENTER", columns=len(table.columns))]


def _cells(columns: Sequence[Column], row: Row, prefix: str) -> list[Cell]:
    suffix = " total" if row.emphasis else ""
    return [
        Cell(as_text(value, column.kind), f"{prefix}cell {_align(column)}{suffix}")
        for column, value in zip(columns, row.values, strict=True)
    ]


def _align(column: Column) -> str:
    if is_numeric(column.kind):
        return "RIGHT"
    return "LEFT" if column.kind == "text" else "CENTER"


def write_grid(book: Book, grid: Grid, rows: Iterable[Sequence[Cell]]) -> None:
    """A table in a paragraph of its own, as wide as its columns together; it breaks between pages anywhere."""
    holder = NUMBERS["table"]
    width = sum(grid.widths)
    book.tables += 1
    book.write(
        f'{paragraph_start("table")}{book.take_opening()}<hp:run charPrIDRef="{holder}"><hp:tbl id="{book.tables}"'
        f' zOrder="{book.tables}" numberingType="TABLE" textWrap="TOP_AND_BOTTOM" textFlow="BOTH_SIDES" lock="0"'
        f' dropcapstyle="None" pageBreak="CELL" repeatHeader="{int(grid.has_head)}" rowCnt="{grid.rows}"'
        f' colCnt="{len(grid.widths)}" cellSpacing="0" borderFillIDRef="{CELL}" noAdjust="0">'
        f'<hp:sz width="{width}" widthRelTo="ABSOLUTE" height="{grid.rows * grid.row_height}"'
        ' heightRelTo="ABSOLUTE" protect="0"/>'
        '<hp:pos treatAsChar="0" affectLSpacing="0" flowWithText="1" allowOverlap="0" holdAnchorAndSO="0"'
        ' vertRelTo="PARA" horzRelTo="COLUMN" vertAlign="TOP" horzAlign="LEFT" vertOffset="0" horzOffset="0"/>'
        f'<hp:outMargin left="0" right="0" top="{_AROUND}" bottom="{_AROUND}"/>'
        f"<hp:inMargin {_margins()}/>"
    )
    for number, cells in enumerate(rows):
        book.write(_row(number, cells, grid))
    book.write("</hp:tbl><hp:t/></hp:run></hp:p>")


def _say_caption(book: Book, caption: str, unit: str) -> None:
    """`확정 금액 (단위: 억원)`, a paragraph of its own that keeps to the table: every reader of the format shows it."""
    shown = f"({unit})" if unit and caption else unit
    if caption or unit:
        book.say("caption", f"{caption} {shown}".strip())


def _row(number: int, cells: Sequence[Cell], grid: Grid) -> str:
    parts, column = [], 0
    for cell in cells:
        width = sum(grid.widths[column : column + cell.columns])
        told = sub_list(paragraph(cell.style, run(cell.style, cell.text)), "CENTER")
        parts.append(
            f'<hp:tc name="" header="{int(grid.has_head and number == 0)}" hasMargin="0" protect="0" editable="0"'
            f' dirty="0" borderFillIDRef="{cell.frame}">{told}'
            f'<hp:cellAddr colAddr="{column}" rowAddr="{number}"/>'
            f'<hp:cellSpan colSpan="{cell.columns}" rowSpan="1"/>'
            f'<hp:cellSz width="{width}" height="{grid.row_height}"/>'
            f"<hp:cellMargin {_margins()}/></hp:tc>"
        )
        column += cell.columns
    return f"<hp:tr>{''.join(parts)}</hp:tr>"


def _margins() -> str:
    return f'left="{SIDE}" right="{SIDE}" top="{ABOVE}" bottom="{ABOVE}"'


def column_widths(columns: Sequence[Column], rows: Sequence[Row], width: int, size: float) -> tuple[int, ...]:
    """Numbers and dates in one line, texts in what is left; what is too much goes to all by their weights."""
    wishes = [_wish(index, column, rows, size) for index, column in enumerate(columns)]
    texts = [index for index, column in enumerate(columns) if column.kind == "text"]
    rigid = sum(wishes) - sum(wishes[index] for index in texts)
    if texts and rigid <= width / 2:
        granted = list(wishes)
        for index, share in zip(texts, _fair([wishes[index] for index in texts], width - rigid), strict=True):
            granted[index] = share
    else:
        granted = _fair(wishes, width)
    weights = [max(column.weight, 0.01) for column in columns]
    left = width - sum(granted)
    whole = [int(share + left * weight / sum(weights)) for share, weight in zip(granted, weights, strict=True)]
    return (*whole[:-1], width - sum(whole[:-1]))


def _fair(wishes: Sequence[float], room: float) -> list[float]:
    """What each gets: the modest ones all they wish for, the others equal parts of what these leave."""
    granted = [0.0] * len(wishes)
    order = sorted(range(len(wishes)), key=lambda index: wishes[index])
    for taken, index in enumerate(order):
        granted[index] = min(wishes[index], room / (len(order) - taken))
        room -= granted[index]
    return granted


def _wish(index: int, column: Column, rows: Sequence[Row], size: float) -> float:
    texts = [as_text(row.values[index], column.kind) for row in rows]
    widest = max(_em(line) for text in [column.label, *texts] for line in text[:200].split("\n"))
    wish = widest * size * POINT + 2 * SIDE + POINT
    return min(wish, WIDEST_TEXT) if column.kind == "text" else wish


def _em(text: str) -> float:
    """The width in letters of full width: a Korean letter is about twice as wide as a digit."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.58 for char in text)
