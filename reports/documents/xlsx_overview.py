"""The workbook's first sheet: what the report is, its summary, and every section's tables with their charts below."""

from dataclasses import dataclass
from decimal import Context
from typing import Final

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.title import title_maker
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from reports.charts import SERIES_COLOURS
from reports.documents.text import as_text
from reports.documents.xlsx_cells import (
    SIGNIFICANT_DIGITS,
    display_width,
    fit_row,
    fitted,
    line_count,
    put_text,
    put_value,
)
from reports.report import Chart, Report, Row, Table

NARROWEST: Final = 13.0
WIDEST: Final = 22.0  # columns are shared by stacked tables: one long text must not spread the others
WIDEST_FIRST: Final = 34.0
CHART_ROWS: Final = 15
CHART_SIZE: Final = (20, 7)  # centimetres
_DRAWN = Context(prec=SIGNIFICANT_DIGITS)


@dataclass(slots=True)
class _Cursor:
    """The next free row, and the columns that text spans."""

    sheet: Worksheet
    widths: list[float]
    row: int = 1

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

    def lines_of(self, table: Table, row: Row) -> int:
        texts = [as_text(value, column.kind) for value, column in zip(row.values, table.columns, strict=True)]
        return max((line_count(text, width) for text, width in zip(texts, self.widths, strict=False)), default=1)

    def pair(self, label: str, text: str) -> None:
        put_text(self.sheet, (self.row, 1), label, "ieum label")
        self.words(text, "ieum plain", first_column=2)


def fill_overview(sheet: Worksheet, report: Report) -> None:
    """Fill the sheet from the top; charts take their numbers from a block right of the printed area."""
    widths = _column_widths(report)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.sheet_view.showGridLines = False
    cursor = _Cursor(sheet, widths)
    _put_head(cursor, report)
    for section in report.sections:
        if section.charts:  # a table and its chart belong on one printed page
            sheet.row_breaks.append(Break(id=cursor.row - 1))
        cursor.words(section.heading, "ieum heading")
        for paragraph in section.paragraphs:
            cursor.words(paragraph, "ieum plain")
        cursor.row += 1
        charts = list(section.charts)
        for table in section.tables:
            _put_table(cursor, table, report)
            for chart in [chart for chart in charts if chart.table == table.key]:
                charts.remove(chart)
                _put_chart(cursor, chart)
        for chart in charts:
            _put_chart(cursor, chart)
    sheet.print_area = f"A1:{get_column_letter(cursor.last_column)}{max(cursor.row - 1, 1)}"


def _column_widths(report: Report) -> list[float]:
    """Each column as wide as the widest cell of all tables stacked in it."""
    tables = [table for section in report.sections for table in section.tables]
    count = max([6, *(len(table.columns) for table in tables)])
    labels = [line.label for line in report.summary] + [report.labels.as_of, report.labels.period]
    widths = [max(display_width(label) for label in labels) + 3] + [NARROWEST] * (count - 1)
    for table in tables:
        for index, column in enumerate(table.columns):
            texts = [column.label, *(as_text(row.values[index], column.kind)[:200] for row in table.rows)]
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


def _put_table(cursor: _Cursor, table: Table, report: Report) -> None:
    sheet = cursor.sheet
    last = max(len(table.columns), 2)
    put_text(sheet, (cursor.row, 1), table.caption, "ieum caption")
    if table.unit:
        put_text(sheet, (cursor.row, last), table.unit, "ieum unit")
    cursor.row += 1
    for number, column in enumerate(table.columns, start=1):
        put_text(sheet, (cursor.row, number), column.label, "ieum header")
    cursor.row += 1
    for row in table.rows:
        for number, (column, value) in enumerate(zip(table.columns, row.values, strict=True), start=1):
            put_value(sheet, (cursor.row, number), value, column.kind, row.emphasis)
        fit_row(sheet, cursor.row, cursor.lines_of(table, row))
        cursor.row += 1
    if not table.rows:
        cursor.words(table.empty or report.labels.no_data, "ieum note")
    for footnote in table.footnotes:
        cursor.words(f"※ {footnote}", "ieum note")
    if table.code:
        cursor.words(f"{report.labels.trace_code} {table.code}", "ieum note")
    cursor.row += 1


def _put_chart(cursor: _Cursor, chart: Chart) -> None:
    """A native bar chart with its numbers beside the printed area, where they can be checked and edited."""
    if not chart.series or not chart.categories:
        return
    column = cursor.last_column + 2
    _put_chart_data(cursor, chart, column)
    first, last = cursor.row, cursor.row + len(chart.categories)
    native = BarChart()
    native.type = "col"
    native.add_data(
        Reference(cursor.sheet, min_col=column + 1, max_col=column + len(chart.series), min_row=first, max_row=last),
        titles_from_data=True,
    )
    native.set_categories(Reference(cursor.sheet, min_col=column, min_row=first + 1, max_row=last))
    _dress_chart(native, chart)
    cursor.sheet.add_chart(native, f"A{cursor.row}")
    cursor.row += max(CHART_ROWS, len(chart.categories) + 1) + 1


def _put_chart_data(cursor: _Cursor, chart: Chart, column: int) -> None:
    sheet = cursor.sheet
    put_text(sheet, (cursor.row, column), chart.unit, "ieum note")
    for number, series in enumerate(chart.series, start=1):
        put_text(sheet, (cursor.row, column + number), series.name, "ieum note")
        for index, value in enumerate(series.values, start=1):
            if value is not None:  # an empty cell leaves a gap, a – would draw a zero
                drawn = _DRAWN.create_decimal(value)  # a bar needs a number, even where digits beyond 15 are lost
                put_value(sheet, (cursor.row + index, column + number), drawn, "money")
    for index, category in enumerate(chart.categories, start=1):
        put_text(sheet, (cursor.row + index, column), category, "ieum note")


def _dress_chart(native: BarChart, chart: Chart) -> None:
    title = title_maker(fitted(f"{chart.title} ({chart.unit})" if chart.unit else chart.title))
    title.overlay = False
    native.title = title
    native.width, native.height = CHART_SIZE
    native.gapWidth = 80
    native.legend = Legend()
    native.legend.position, native.legend.overlay = "b", False
    if all((value or 0) >= 0 for series in chart.series for value in series.values):
        native.y_axis.scaling.min = 0
    native.y_axis.number_format = "#,##0"
    native.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="E0E4E8")))
    native.x_axis.delete = False  # the writer's default hides both axes in current Excel
    native.y_axis.delete = False
    native.dataLabels = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
    )
    for index, series in enumerate(native.series):
        series.graphicalProperties.solidFill = SERIES_COLOURS[index % len(SERIES_COLOURS)].lstrip("#")
