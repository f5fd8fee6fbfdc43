"""One table as a file: what a list shows, for a spreadsheet."""

from reports.documents.csv import csv_of
from reports.documents.text import spoken_in
from reports.documents.xlsx import fill_table
from reports.documents.xlsx_book import Book
from reports.report import Language, Table

FORMATS = ("xlsx", "csv")


def render_list(table: Table, wanted: str, no_data: str, language: Language = "ko") -> bytes:
    """The table in one of FORMATS, dates in the form of the language. Raises KeyError for another."""
    if wanted == "csv":
        return csv_of(table)
    if wanted != "xlsx":
        raise KeyError(wanted)
    with spoken_in(language), Book((table.caption[:31],)) as book:
        fill_table(book, book.sheets[0], table, no_data)
        return book.written()
