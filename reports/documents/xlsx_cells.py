"""How one value becomes one Excel cell: numbers and dates as such, text never a formula, nothing silently rounded."""

import math
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.charts import legible
from reports.documents.text import FORMULA_STARTS, as_text, city_time, spoken
from reports.report import ColumnKind, Value

MAX_TEXT: Final = 32_767  # UTF-16 units in a cell
LINE_POINTS: Final = 15.0
TALLEST_ROW: Final = 400.0  # Excel allows 409
CUT_MARK: Final = "…"
SIGNIFICANT_DIGITS: Final = 15
WIDEST_LETTER: Final = 1.9  # columns
# Excel's calendar counts 1900 as a leap year, so days before March 1900 would be shifted.
FIRST_TRUE_DATE: Final = date(1900, 3, 1)
# Shown with one decimal, whatever they are: the cell holds them as exactly as Excel can.
_ROUNDED: Final = frozenset({"percent", "scaled"})
# English months whatever language Excel itself speaks.
_DATE_FORMATS: Final = {"ko": 'yyyy". "m". "d"."', "en": '[$-409]d" "mmm" "yyyy'}
_TIME_BEHIND: Final = '" "hh:mm'
_THIN = Side(style="thin", color="FFC6CCD2")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LINK = "FF0B50D0"
FONT: Final = "맑은 고딕"


Place = tuple[int, int]  # row and column, from 1


class Content(NamedTuple):
    """What a cell holds; `number_format` is None for text."""

    value: str | int | Decimal | date | datetime
    number_format: str | None


def add_styles(workbook: Workbook) -> None:
    """The named styles of the workbook; `put` refers to them by name."""
    top_left = Alignment(vertical="top", wrap_text=True)
    right = Alignment(horizontal="right", vertical="top")
    header = Alignment(horizontal="center", vertical="center", wrap_text=True)
    grey = PatternFill("solid", fgColor="FFEEF1F4")

    def add(
        name: str,
        alignment: Alignment,
        *,
        size: float = 10,
        bold: bool = False,
        colour: str = "FF1E2124",
        fill: PatternFill | None = None,
        border: Border | None = None,
    ) -> None:
        font = Font(name=FONT, size=size, bold=bold, color=colour)
        workbook.add_named_style(NamedStyle(name, font=font, alignment=alignment, fill=fill, border=border))

    add("ieum title", Alignment(vertical="center"), size=18, bold=True)
    add("ieum heading", Alignment(vertical="center"), size=13, bold=True, colour="FF0B50D0")
    add("ieum caption", Alignment(vertical="center"), bold=True)
    add("ieum unit", Alignment(horizontal="right", vertical="center"), size=9)
    add("ieum note", top_left, size=9, colour="FF58616A")
    add("ieum label", top_left, bold=True)
    add("ieum demo", Alignment(vertical="center"), size=11, bold=True, colour="FFBD2C0F")
    add("ieum plain", top_left)
    add("ieum header", header, bold=True, fill=grey, border=_BOX)
    add("ieum aside", Alignment(vertical="top"), size=9, colour="FF58616A")
    for bold in (False, True):
        suffix = " total" if bold else ""
        add(f"ieum text{suffix}", top_left, bold=bold, border=_BOX)
        add(f"ieum number{suffix}", right, bold=bold, border=_BOX)
        add(f"ieum number{suffix} link", right, bold=bold, border=_BOX, colour=_LINK)
    add("ieum link", top_left, border=_BOX, colour=_LINK)


def put_text(sheet: Worksheet, place: Place, text: str, style: str) -> None:
    """Write words: never a formula, never an error value, within Excel's limits."""
    cell = _cell(sheet, place)
    clean = fitted(text)
    cell.value = clean
    cell.data_type = "s"
    cell.style = style
    if clean.startswith(FORMULA_STARTS):
        cell.quotePrefix = True


def put_number(sheet: Worksheet, place: Place, value: Decimal) -> None:
    """Write a number outside of a table."""
    cell = _cell(sheet, place)
    cell.value = value
    cell.style = "ieum number"
    cell.number_format = _number_format(value, "money")


def _cell(sheet: Worksheet, place: Place) -> Cell:
    cell = sheet.cell(*place)
    if not isinstance(cell, Cell):
        raise TypeError(f"The cell {cell.coordinate} is inside a merged area.")
    return cell


def excel_content(value: Value, kind: ColumnKind) -> Content:
    """Numbers as numbers, dates as dates, unknown as –; as exact text what Excel could not hold exactly."""
    if value is None or isinstance(value, str):
        return Content(as_text(value, kind), None)
    if isinstance(value, datetime):
        local = city_time(value).replace(tzinfo=None)
        return (
            Content(local, _DATE_FORMATS[spoken()] + _TIME_BEHIND)
            if local.date() >= FIRST_TRUE_DATE
            else _exact(value, kind)
        )
    if isinstance(value, date):
        return Content(value, _DATE_FORMATS[spoken()]) if value >= FIRST_TRUE_DATE else _exact(value, kind)
    number = Decimal(value)
    if kind not in _ROUNDED and not _is_held_exactly(number):
        return _exact(value, "number")
    return Content(value, _number_format(number, kind))


def _exact(value: Value, kind: ColumnKind) -> Content:
    return Content(as_text(value, kind), None)


def _is_held_exactly(value: Decimal) -> bool:
    if not value.is_finite() or abs(value.adjusted()) > 300:
        return False
    digits = value.as_tuple().digits
    return len(digits) <= SIGNIFICANT_DIGITS or len("".join(map(str, digits)).strip("0")) <= SIGNIFICANT_DIGITS


def _number_format(value: Decimal, kind: ColumnKind) -> str:
    if kind in _ROUNDED:
        return _format_of(1)
    _sign, _digits, exponent = value.as_tuple()
    if isinstance(exponent, int) and exponent < 0:
        _sign, _digits, exponent = value.normalize().as_tuple()
    return _format_of(max(0, -exponent) if isinstance(exponent, int) else 0)


@cache
def _format_of(places: int) -> str:
    shape = "#,##0" + ("." + "0" * places if places else "")
    return f'{shape};"△"{shape}'


def fitted(text: str) -> str:
    """The text without characters a workbook cannot carry, cut with … where it passes Excel's limit."""
    clean = legible(text)
    if "\r" in clean:
        clean = clean.replace("\r\n", "\n").replace("\r", "\n")
    if 2 * len(clean) <= MAX_TEXT or _utf16_length(clean) <= MAX_TEXT:
        return clean
    kept = clean.encode("utf-16-le")[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", errors="ignore")
    return kept + CUT_MARK


def _utf16_length(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def display_width(text: str) -> float:
    """Columns of Excel that the longest line takes: a Korean letter is nearly twice as wide as a Latin one."""
    return max(sum(_char_width(char) for char in line) for line in text.split("\n"))


def line_count(text: str, width: float) -> int:
    """Lines that the text takes when wrapped in so many columns."""
    return sum(max(1, math.ceil(display_width(line) / max(width - 1, 1))) for line in text.split("\n"))


def fit_row(sheet: Worksheet, row: int, lines: int) -> None:
    """Set the height of a row of several lines: not every program fits it by itself, and none fits merged cells."""
    if lines > 1:
        sheet.row_dimensions[row].height = min(lines * LINE_POINTS, TALLEST_ROW)


def _char_width(char: str) -> float:
    return WIDEST_LETTER if unicodedata.east_asian_width(char) in "WF" else 1.05
