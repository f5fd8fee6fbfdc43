"""Native bar charts: of the cells of their table where these say the same, else of a block beside the page."""

from decimal import Context
from typing import Final

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.title import title_maker
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.charts import SERIES_COLOURS
from reports.documents.text import as_text
from reports.documents.xlsx_book import Laid
from reports.documents.xlsx_cells import FONT, SIGNIFICANT_DIGITS, Place, fitted, put_number, put_text
from reports.report import Chart

CHART_SIZE: Final = (20, 7.4)  # centimetres
_AXIS_FORMAT: Final = '#,##0.##;"△"#,##0.##'
_WHOLE_FORMAT: Final = '#,##0;"△"#,##0'
_DRAWN = Context(prec=SIGNIFICANT_DIGITS)


def draw_chart(sheet: Worksheet, chart: Chart, at: int, laid: Laid | None, block: int) -> int:
    """The chart in row `at`, below its table; returns how many rows its numbers take in column `block`: none where it
    draws the cells of the table itself, so that it moves with them."""
    native = BarChart()
    native.type = "col"
    if laid is not None and _draws(chart, laid):
        _draw_table(native, chart, laid)
        rows = 0
    else:
        _draw_block(native, sheet, chart, (at, block))
        rows = len(chart.categories) + 1
    _dress(native, chart)
    sheet.add_chart(native, f"A{at}")
    return rows


def _draws(chart: Chart, laid: Laid) -> bool:
    """Whether the cells of the table say what the chart shows. A – among them would be drawn as a zero."""
    keys = [column.key for column in laid.table.columns]
    if len(laid.spool) != len(chart.categories) or not all(series.column in keys for series in chart.series):
        return False
    rows = [row.values for row in laid.table.rows]
    names = tuple(as_text(values[0], laid.table.columns[0].kind) for values in rows)
    return names == chart.categories and all(
        series.values == tuple(values[keys.index(series.column)] for values in rows) and None not in series.values
        for series in chart.series
    )


def _draw_table(native: BarChart, chart: Chart, laid: Laid) -> None:
    keys = [column.key for column in laid.table.columns]
    for series in chart.series:
        _add(native, laid.sheet, (laid.header, keys.index(series.column) + 1), laid.last, 1)


def _draw_block(native: BarChart, sheet: Worksheet, chart: Chart, place: Place) -> None:
    """The numbers beside the printed area, where they can be checked and edited."""
    row, column = place
    put_text(sheet, (row, column), chart.unit, "ieum note")
    for index, category in enumerate(chart.categories, start=1):
        put_text(sheet, (row + index, column), category, "ieum note")
    for number, series in enumerate(chart.series, start=1):
        put_text(sheet, (row, column + number), series.name, "ieum note")
        for index, value in enumerate(series.values, start=1):
            if value is not None:  # an empty cell leaves a gap, a – would draw a zero
                drawn = _DRAWN.create_decimal(value)  # a bar needs a number, even where digits beyond 15 are lost
                put_number(sheet, (row + index, column + number), drawn)
        _add(native, sheet, (row, column + number), row + len(chart.categories), column)


def _add(native: BarChart, sheet: Worksheet, header: Place, last: int, names: int) -> None:
    """One series: its name in the header cell, its values below down to `last`, the categories in column `names`."""
    row, column = header
    values = Reference(sheet, min_col=column, min_row=row + 1, max_row=last)
    series = Series(values)
    series.tx = SeriesLabel(strRef=StrRef(str(Reference(sheet, min_col=column, min_row=row))))
    series.cat = AxDataSource(strRef=StrRef(str(Reference(sheet, min_col=names, min_row=row + 1, max_row=last))))
    native.series.append(series)


def _dress(native: BarChart, chart: Chart) -> None:
    title = title_maker(fitted(f"{chart.title} ({chart.unit})" if chart.unit else chart.title))
    title.overlay = False
    for paragraph in title.text.rich.p if title.text and title.text.rich else ():
        paragraph.pPr = ParagraphProperties(defRPr=_letters(1200, bold=True))
    native.title = title
    native.width, native.height = CHART_SIZE
    native.gapWidth = 80
    native.legend = Legend()
    native.legend.position, native.legend.overlay = "b", False
    numbers = [value for series in chart.series for value in series.values if value is not None]
    if all(value >= 0 for value in numbers):
        native.y_axis.scaling.min = 0
    shape = _WHOLE_FORMAT if all(value == int(value) for value in numbers) else _AXIS_FORMAT
    native.y_axis.number_format = shape
    if shape == _WHOLE_FORMAT and max(numbers, default=0) <= 10:
        native.y_axis.majorUnit = 1 if max(numbers, default=0) <= 5 else 2
    native.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="E0E4E8")))
    native.x_axis.delete = False  # the writer's default hides both axes in current Excel
    native.y_axis.delete = False
    native.x_axis.txPr = native.y_axis.txPr = native.legend.txPr = _rich(900)
    _label_bars(native, shape)
    for index, series in enumerate(native.series):
        series.graphicalProperties = GraphicalProperties(
            solidFill=SERIES_COLOURS[index % len(SERIES_COLOURS)].lstrip("#")
        )


def _label_bars(native: BarChart, shape: str) -> None:
    """The value at each bar; at no zero, where there is no bar."""
    labels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False)
    labels.numFmt = f"{shape};;"
    labels.txPr = _rich(800)
    native.dataLabels = labels


def _letters(size: int, bold: bool = False) -> CharacterProperties:
    """In hundredths of a point; the font is named for Latin and for Korean letters."""
    return CharacterProperties(sz=size, b=bold, latin=Font(typeface=FONT), ea=Font(typeface=FONT))


def _rich(size: int) -> RichText:
    paragraph = Paragraph(r=[], pPr=ParagraphProperties(defRPr=_letters(size)), endParaRPr=CharacterProperties())
    return RichText(p=[paragraph])
