"""One table as a file: what a list shows, for a spreadsheet."""

from reports.documents.csv import csv_of
from reports.documents.xlsx import fill_table
from reports.documents.xlsx_book import Book
from reports.report import Table

FORMATS = ("xlsx", "csv")


def render_list(table: Table, wanted: str, no_data: str) -> bytes:
    """The table in one of FORMATS. Raises KeyError for another."""
    if wanted == "csv":
        return csv_of(table)
    if wanted != "xlsx":
        raise KeyError(wanted)
    with Book((table.caption[:31],)) as book:
        fill_table(book, book.sheets[0], table, no_data)
        return book.written()
