"""The report as a workbook of four sheets: overview, outcomes, ledger entries, notes."""

import re
import zipfile
from dataclasses import replace
from datetime import UTC
from io import BytesIO
from typing import Final

import openpyxl
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from reports.documents.archives import zip_entry
from reports.documents.text import as_text
from reports.documents.xlsx_cells import add_styles, display_width, fit_row, fitted, line_count, put_text, put_value
from reports.documents.xlsx_overview import fill_overview
from reports.report import Labels, Report, Table

NARROWEST: Final = 9.0
WIDEST: Final = 46.0
_NOT_IN_SHEET_TITLES = re.compile(r"[\[\]:*?/\\]")


def render_xlsx(report: Report) -> bytes:
    """The workbook's bytes: the same for the same report, whatever the clock, zone or process."""
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("defusedxml is not in use: openpyxl would expand XML entities.")
    workbook = Workbook()
    add_styles(workbook)
    overview, outcomes, entries, notes = _sheets(workbook, report.labels)
    fill_overview(overview, report)
    fill_table(outcomes, _with_code(report.outcomes, report.labels), report.labels.no_data)
    fill_table(entries, _with_code(report.entries, report.labels), report.labels.no_data)
    _fill_notes(notes, report)
    for sheet in workbook.worksheets:
        _set_up_print(sheet, report)
    return _stable(workbook, report)


def _with_code(table: Table, labels: Labels) -> Table:
    return replace(table, footnotes=(*table.footnotes, f"{labels.trace_code} {table.code}")) if table.code else table


def fill_table(sheet: Worksheet, table: Table, no_data: str) -> None:
    """Caption, unit and header stay in sight; the filter covers the header and the rows."""
    last_column = max(len(table.columns), 1)
    put_text(sheet, (1, 1), table.caption, "ieum caption")
    if table.unit:
        put_text(sheet, (1, last_column if last_column > 1 else 2), table.unit, "ieum unit")
    for number, column in enumerate(table.columns, start=1):
        put_text(sheet, (2, number), column.label, "ieum header")
    for line, row in enumerate(table.rows, start=3):
        for number, (column, value) in enumerate(zip(table.columns, row.values, strict=True), start=1):
            put_value(sheet, (line, number), value, column.kind, row.emphasis)
    last_row = max(len(table.rows) + 2, 3)
    if not table.rows:
        put_text(sheet, (3, 1), table.empty or no_data, "ieum note")
    for offset, footnote in enumerate(table.footnotes, start=1):
        put_text(sheet, (last_row + offset, 1), f"※ {footnote}", "ieum note")
        if last_column > 1:
            sheet.merge_cells(
                start_row=last_row + offset, end_row=last_row + offset, start_column=1, end_column=last_column
            )
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(last_column)}{last_row}"
    sheet.print_title_rows = "1:2"
    _fit(sheet, table)


def _fit(sheet: Worksheet, table: Table) -> None:
    """Columns wide enough for their widest cell, within reason; rows tall enough for the text that wraps."""
    lines = [1] * len(table.rows)
    for index, column in enumerate(table.columns):
        texts = [as_text(row.values[index], column.kind) for row in table.rows]
        widest = max(display_width(text[:200]) for text in [column.label, *texts])
        width = min(max(widest + 3, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
        lines = [max(most, line_count(text, width)) for most, text in zip(lines, texts, strict=True)]
    for row, count in enumerate(lines, start=3):
        fit_row(sheet, row, count)


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


def _sheets(workbook: Workbook, labels: Labels) -> list[Worksheet]:
    """Named before they are filled, since charts refer to their sheet by name."""
    sheets = [workbook.worksheets[0], *(workbook.create_sheet() for _ in range(3))]
    wanted = (labels.overview, labels.outcomes, labels.entries, labels.notes)
    for sheet, title in zip(sheets, _sheet_titles(wanted), strict=True):
        sheet.title = title
    return sheets


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


def _stable(workbook: Workbook, report: Report) -> bytes:
    """Save, then set every date that the writer took from the clock to the report's own."""
    stamp = report.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    saved = BytesIO()
    workbook.save(saved)
    properties = DocumentProperties(
        creator=fitted(report.organisation),
        title=fitted(f"{report.title} {report.period_label}"),
        language=report.language,
        created=stamp,
        modified=stamp,
    )
    stable = BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(stable, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = tostring(properties.to_tree()) if name == ARC_CORE else source.read(name)
            target.writestr(zip_entry(name, report.as_of), content)
    return stable.getvalue()
