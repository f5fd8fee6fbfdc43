"""Tables as a file: what a list shows, for a spreadsheet."""

from collections.abc import Mapping

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
    return render_sheets({table.caption[:31]: table}, no_data, language)


def render_sheets(named: Mapping[str, Table], no_data: str = "", language: Language = "ko") -> bytes:
    """A workbook of tables by the titles of their sheets. `no_data` stands where a table has no rows."""
    with spoken_in(language), Book(tuple(named)) as book:
        for sheet, table in zip(book.sheets, named.values(), strict=True):
            fill_table(book, sheet, table, no_data)
        return book.written()
