"""The workbook's first sheet: what the report is, its summary, and every section's tables with their charts below."""

from dataclasses import dataclass, field
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from reports.documents.text import as_text
from reports.documents.xlsx_book import Book, Laid, sample
from reports.documents.xlsx_cells import display_width, fit_row, line_count, put_text
from reports.documents.xlsx_charts import draw_chart
from reports.report import Chart, Report, Section, Table

NARROWEST: Final = 13.0
WIDEST: Final = 22.0  # columns are shared by stacked tables: one long text must not spread the others
WIDEST_FIRST: Final = 34.0
CHART_ROWS: Final = 16


@dataclass(slots=True)
class _Cursor:
    """The next free row, and the columns that text spans."""

    book: Book
    sheet: Worksheet
    entries: Laid | None
    widths: list[float]
    row: int = 1
    laid: list[Laid] = field(default_factory=list)

    @property
    def last_column(self) -> int:
        return len(self.widths)

    @property
    def width(self) -> float:
        return sum(self.widths[1:])

    def words(self, text: str, style: str, first_column: int = 1) -> None:
        """One paragraph across the sheet; merged cells don't grow by themselves, so the height is set."""
        put_text(self.sheet, (self.row, first_column), text, style)
        self.sheet.merge_cells(
            start_row=self.row, end_row=self.row, start_column=first_column, end_column=self.last_column
        )
        if style == "ieum title":
            self.sheet.row_dimensions[self.row].height = 30
        else:
            fit_row(self.sheet, self.row, line_count(text, self.width))
        self.row += 1

    def pair(self, label: str, text: str) -> None:
        put_text(self.sheet, (self.row, 1), label, "ieum label")
        self.words(text, "ieum plain", first_column=2)


def fill_overview(book: Book, sheet: Worksheet, report: Report, entries: Laid | None) -> list[Laid]:
    """Fill the sheet from the top; returns where its tables stand. Right of the printed area stand the numbers of a
    chart that no table holds."""
    widths = _column_widths(report)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.sheet_view.showGridLines = False
    cursor = _Cursor(book, sheet, entries, widths)
    _put_head(cursor, report)
    for section in report.sections:
        _put_section(cursor, section, report)
    sheet.print_area = f"A1:{get_column_letter(cursor.last_column)}{max(cursor.row - 1, 1)}"
    return cursor.laid


def _put_section(cursor: _Cursor, section: Section, report: Report) -> None:
    if section.charts:  # a table and its chart belong on one printed page
        cursor.sheet.row_breaks.append(Break(id=cursor.row - 1))
    cursor.words(section.heading, "ieum heading")
    for paragraph in section.paragraphs:
        cursor.words(paragraph, "ieum plain")
    cursor.row += 1
    charts = list(section.charts)
    for table in section.tables:
        laid = _put_table(cursor, table, report)
        for chart in [chart for chart in charts if chart.table == table.key]:
            charts.remove(chart)
            _put_chart(cursor, chart, laid)
    for chart in charts:
        _put_chart(cursor, chart, None)


def _column_widths(report: Report) -> list[float]:
    """Each column as wide as the widest cell of all tables stacked in it."""
    tables = [table for section in report.sections for table in section.tables]
    count = max([6, *(len(table.columns) for table in tables)])
    labels = [line.label for line in report.summary] + [report.labels.as_of, report.labels.period]
    widths = [max(display_width(label) for label in labels) + 3] + [NARROWEST] * (count - 1)
    for table in tables:
        seen = sample(table)
        for index, column in enumerate(table.columns):
            texts = [column.label, *(as_text(row.values[index], column.kind)[:200] for row in seen)]
            widths[index] = max(widths[index], max(display_width(text) for text in texts) + 3)
    limits = [WIDEST_FIRST, *[WIDEST] * (count - 1)]
    return [min(max(width, NARROWEST), limit) for width, limit in zip(widths, limits, strict=True)]


def _put_head(cursor: _Cursor, report: Report) -> None:
    labels = report.labels
    cursor.words(report.title, "ieum title")
    cursor.words(report.organisation, "ieum plain")
    if report.is_demo:
        cursor.words(labels.demo, "ieum demo")
    cursor.row += 1
    cursor.pair(labels.period, report.period_label)
    cursor.pair(labels.as_of, as_text(report.as_of, "datetime"))
    cursor.pair(labels.generated_from, report.definition_version)
    for line in report.filters:
        cursor.words(line, "ieum plain", first_column=2)
    cursor.row += 1
    cursor.words(labels.summary, "ieum heading")
    for item in report.summary:
        cursor.pair(item.label, item.text)
    cursor.row += 1


def _put_table(cursor: _Cursor, table: Table, report: Report) -> Laid:
    laid = cursor.book.lay(cursor.sheet, table, cursor.row, cursor.widths, entries=cursor.entries)
    cursor.laid.append(laid)
    cursor.row = laid.last + 1
    if not table.rows:
        cursor.words(table.empty or report.labels.no_data, "ieum note")
    for footnote in table.footnotes:
        cursor.words(f"※ {footnote}", "ieum note")
    if table.code:
        cursor.words(f"{report.labels.trace_code} {table.code}", "ieum note")
    cursor.row += 1
    return laid


def _put_chart(cursor: _Cursor, chart: Chart, laid: Laid | None) -> None:
    if not chart.series or not chart.categories:
        return
    rows = draw_chart(cursor.sheet, chart, cursor.row, laid, cursor.last_column + 2)
    cursor.row += max(CHART_ROWS, rows) + 1
