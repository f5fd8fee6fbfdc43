"""The report as a workbook: overview, the outcomes and ledger entries that it lists, definitions, notes."""

import re
from dataclasses import replace
from typing import Final

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.documents.text import as_text, is_numeric
from reports.documents.xlsx_book import NOTHING_BESIDE, Beside, Book, Laid, sample
from reports.documents.xlsx_cells import display_width, fit_row, fitted, line_count, put_text
from reports.documents.xlsx_names import fill_definitions
from reports.documents.xlsx_overview import fill_overview
from reports.report import Labels, Report, Row, Table

NARROWEST: Final = 9.0
WIDEST: Final = (46.0, 38.0, 30.0, 24.0, 20.0, 16.0)  # the first with which the table can be read on A4
LEGIBLE: Final = 200.0  # columns across a page
_NOT_IN_SHEET_TITLES = re.compile(r"[\[\]:*?/\\]")
_KEY_WIDTH: Final = 44.0


def render_xlsx(report: Report) -> bytes:
    """The workbook's bytes: the same for the same report, whatever the clock, zone or process."""
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is not in use: openpyxl would expand XML entities.")
    labels = report.labels
    named = ((labels.outcomes, report.outcomes), (labels.entries, report.entries))
    listings = [(title, table) for title, table in named if table.columns]
    wanted = (labels.overview, *(title for title, _table in listings), labels.definitions, labels.notes)
    with Book(_sheet_titles(wanted)) as book:
        overview, *sheets, definitions, notes = book.sheets
        listed = [
            fill_table(book, sheet, _with_code(table, labels), labels.no_data, labels)
            for sheet, (_title, table) in zip(sheets, listings, strict=True)
        ]
        laid = fill_overview(book, overview, report, listed[-1] if report.entries.columns else None)
        fill_definitions(book, definitions, report, [*laid, *listed])
        _fill_notes(notes, report)
        for sheet in book.sheets:
            _set_up_print(sheet, report)
        return book.written(report)


def _with_code(table: Table, labels: Labels) -> Table:
    return replace(table, footnotes=(*table.footnotes, f"{labels.trace_code} {table.code}")) if table.code else table


def fill_table(book: Book, sheet: Worksheet, table: Table, no_data: str, labels: Labels | None = None) -> Laid:
    """Caption, unit and header stay in sight; the filter covers the header and the rows. With `labels` the key and the
    path of each row stand beside it, where it has them."""
    seen = sample(table)
    widths = _widths(sheet, table, seen)
    columns = max(len(table.columns), 1)
    beside = _beside(sheet, columns, seen, labels) if labels else NOTHING_BESIDE
    laid = book.lay(sheet, table, 1, widths, beside=beside)
    last_row = max(laid.last, 3)
    if laid.last < laid.first and (said := table.empty or no_data):
        put_text(sheet, (3, 1), said, "ieum note")
    for offset, footnote in enumerate(table.footnotes, start=1):
        row = last_row + offset
        put_text(sheet, (row, 1), f"※ {footnote}", "ieum note")
        if columns > 1:
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
        fit_row(sheet, row, line_count(f"※ {footnote}", sum(widths)))
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = laid.area(2, last_row, max(columns, beside.key, beside.path))
    sheet.print_title_rows = "1:2"
    sheet.print_area = laid.area(1, last_row + len(table.footnotes), max(columns, 2 if table.unit else 1))
    return laid


def _beside(sheet: Worksheet, columns: int, seen: list[Row], labels: Labels) -> Beside:
    """The columns for keys and paths, where the rows have them."""
    key = columns + 1 if any(row.key for row in seen) else 0
    path = max(columns, key) + 1 if any(row.link for row in seen) else 0
    for column, label in ((key, labels.counts_for), (path, labels.path)):
        if column:
            put_text(sheet, (2, column), label, "ieum header")
            sheet.column_dimensions[get_column_letter(column)].width = _KEY_WIDTH
    return Beside(key, path)


def _widths(sheet: Worksheet, table: Table, seen: list[Row]) -> list[float]:
    """Columns wide enough for the widest cell of the first rows, within reason; longer text wraps."""
    wanted = []
    for index, column in enumerate(table.columns):
        texts = [column.label, *(as_text(row.values[index], column.kind)[:200] for row in seen)]
        wanted.append(max(max(display_width(text) for text in texts) + 3, NARROWEST))
    pairs = list(zip(wanted, table.columns, strict=True))
    tried = [
        [min(width, WIDEST[0] if is_numeric(column.kind) else widest) for width, column in pairs] for widest in WIDEST
    ]
    widths = next((some for some in tried if sum(some) <= LEGIBLE), tried[-1])
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    return widths


def _fill_notes(sheet: Worksheet, report: Report) -> None:
    sheet.column_dimensions["A"].width = 110
    sheet.sheet_view.showGridLines = False
    put_text(sheet, (1, 1), report.labels.notes, "ieum heading")
    line = 3
    for note in report.notes:
        put_text(sheet, (line, 1), note.heading, "ieum caption")
        for text in note.lines:
            line += 1
            put_text(sheet, (line, 1), text, "ieum plain")
            fit_row(sheet, line, line_count(text, 110))
        line += 2


def _sheet_titles(wanted: tuple[str, ...]) -> list[str]:
    """Excel allows 31 characters, some not at all, and no title twice."""
    titles: list[str] = []
    for number, title in enumerate(wanted, start=1):
        clean = _NOT_IN_SHEET_TITLES.sub(" ", fitted(title)).strip(" '")[:31] or str(number)
        if clean.casefold() in {taken.casefold() for taken in titles}:
            clean = f"{clean[:27]} ({number})"
        titles.append(clean)
    return titles


def _set_up_print(sheet: Worksheet, report: Report) -> None:
    """A4 landscape, as wide as one page, the report's name in the head and the page number in the foot."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    margins = sheet.page_margins
    margins.top, margins.left, margins.right, margins.bottom = 0.8, 0.6, 0.6, 0.7
    demo = f" [{report.labels.demo}]" if report.is_demo else ""
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    head.left.text = _margin_text(f"{report.title} · {report.period_label}{demo}")
    head.right.text = _margin_text(f"{report.labels.as_of} {as_text(report.as_of, 'datetime')}")
    foot.center.text = _margin_text(report.labels.page).replace("{page}", "&P").replace("{pages}", "&N")
    for part in (head.left, head.right, foot.center):
        part.size = 8
    sheet.oddHeader, sheet.oddFooter = head, foot


def _margin_text(text: str) -> str:
    return fitted(text).replace("&", "&&")[:120]
