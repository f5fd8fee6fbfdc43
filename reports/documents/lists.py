"""One table as a file: what a list shows, for a spreadsheet."""

from io import BytesIO

from openpyxl.workbook import Workbook

from reports.documents.csv import csv_of
from reports.documents.xlsx import fill_table
from reports.documents.xlsx_cells import add_styles
from reports.report import Table

FORMATS = ("xlsx", "csv")


def render_list(table: Table, wanted: str, no_data: str) -> bytes:
    """The table in one of FORMATS. Raises KeyError for another."""
    if wanted == "csv":
        return csv_of(table)
    if wanted != "xlsx":
        raise KeyError(wanted)
    workbook = Workbook()
    add_styles(workbook)
    sheet = workbook.worksheets[0]
    sheet.title = table.caption[:31]
    fill_table(sheet, table, no_data)
    saved = BytesIO()
    workbook.save(saved)
    return saved.getvalue()
