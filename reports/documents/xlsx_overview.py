"""The workbook's first sheet: what the report is, its summary, and every section's tables with their charts below."""

import math
from dataclasses import dataclass
from typing import Final

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.charts import SERIES_COLOURS
from reports.documents.text import as_text
from reports.documents.xlsx_cells import display_width, fitted, put_text, put_value
from reports.report import Chart, Report, Table

NARROWEST: Final = 13.0
WIDEST: Final = 40.0
CHART_ROWS: Final = 15
CHART_CM: Final = (20.0, 7.4)
_LINE_POINTS = 15.0


@dataclass(slots=True)
class _Cursor:
    """The next free row, and the columns that text spans."""

    sheet: Worksheet
    last_column: int
    width: float
    row: int = 1

    def words(self, text: str, style: str, first_column: int = 1) -> None:
        """One paragraph across the sheet; merged cells don't grow by themselves, so the height is set."""
        put_text(self.sheet.cell(self.row, first_column), text, style)
        self.sheet.merge_cells(
            start_row=self.row, end_row=self.row, start_column=first_column, end_column=self.last_column
        )
        lines = sum(max(1, math.ceil(display_width(line) / (self.width * 0.95))) for line in text.split("\n"))
        if lines > 1 or style == "ieum title":
            self.sheet.row_dimensions[self.row].height = min(max(lines * _LINE_POINTS, 15), 400)
        if style == "ieum title":
            self.sheet.row_dimensions[self.row].height = 30
        self.row += 1

    def pair(self, label: str, text: str) -> None:
        put_text(self.sheet.cell(self.row, 1), label, "ieum label")
        self.words(text, "ieum plain", first_column=2)


def fill_overview(sheet: Worksheet, report: Report) -> None:
    """Fill the sheet from the top; charts take their numbers from a block right of the printed area."""
    widths = _column_widths(report)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.sheet_view.showGridLines = False
    cursor = _Cursor(sheet, len(widths), sum(widths[1:]))
    _put_head(cursor, report)
    for section in report.sections:
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
    return [min(max(width, NARROWEST), WIDEST) for width in widths]


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
    put_text(sheet.cell(cursor.row, 1), table.caption, "ieum caption")
    if table.unit:
        put_text(sheet.cell(cursor.row, last), table.unit, "ieum unit")
    cursor.row += 1
    for number, column in enumerate(table.columns, start=1):
        put_text(sheet.cell(cursor.row, number), column.label, "ieum header")
    cursor.row += 1
    for row in table.rows:
        for number, (column, value) in enumerate(zip(table.columns, row.values, strict=True), start=1):
            put_value(sheet.cell(cursor.row, number), value, column.kind, row.emphasis)
        cursor.row += 1
    if not table.rows:
        cursor.words(table.empty or report.labels.no_data, "ieum note")
    for footnote in table.footnotes:
        cursor.words(f"※ {footnote}", "ieum note")
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
    put_text(sheet.cell(cursor.row, column), chart.unit, "ieum note")
    for number, series in enumerate(chart.series, start=1):
        put_text(sheet.cell(cursor.row, column + number), series.name, "ieum note")
        for index, value in enumerate(series.values, start=1):
            if value is not None:  # an empty cell leaves a gap, a – would draw a zero
                put_value(sheet.cell(cursor.row + index, column + number), value, "money")
    for index, category in enumerate(chart.categories, start=1):
        put_text(sheet.cell(cursor.row + index, column), category, "ieum note")


def _dress_chart(native: BarChart, chart: Chart) -> None:
    native.title = fitted(f"{chart.title} ({chart.unit})" if chart.unit else chart.title)
    native.width, native.height = CHART_CM
    native.gapWidth = 80
    native.dispBlanksAs = "gap"
    native.legend.position = "b"
    if all((value or 0) >= 0 for series in chart.series for value in series.values):
        native.y_axis.scaling.min = 0
    native.y_axis.number_format = "#,##0"
    native.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="E0E4E8"))
    native.x_axis.delete = False  # the writer's default hides both axes in current Excel
    native.y_axis.delete = False
    native.dataLabels = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
    )
    for index, series in enumerate(native.series):
        series.graphicalProperties.solidFill = SERIES_COLOURS[index % len(SERIES_COLOURS)].lstrip("#")
