"""The report as a Hangul document (.hwpx, OWPML, KS X 6101): cover, summary box, chapters, listings, notes.

What an officer edits further: named styles, chapters in the outline, tables whose header repeats. Values print as in
the PDF. Charts are left to page, PDF and workbook: what they draw stands here in its table.
"""

from typing import Final

from reports.documents.hwpx_package import Package
from reports.documents.hwpx_sections import Book
from reports.documents.hwpx_styles import HEAD
from reports.documents.hwpx_tables import Cell, Grid, write_grid, write_table
from reports.documents.text import as_text
from reports.report import Report, Section, Table

# More columns than this stand on a page that is turned.
UPRIGHT_COLUMNS: Final = 8
_STYLES_BY_MARK: Final = {"□ ": "square", "○ ": "circle", "- ": "dash", "· ": "dash", "※ ": "note"}


def render_hwpx(report: Report) -> bytes:
    """The document's bytes: the same for the same report, whatever the clock, zone or process."""
    package = Package(report)
    with Book(package) as book:
        book.begin()
        _write_cover(book, report)
        _write_summary(book, report)
        for number, section in enumerate(report.sections):
            _write_section(book, section, report, new_page=number == 0)
        _write_listing(book, report.labels.outcomes, report.outcomes, report)
        _write_listing(book, report.labels.entries, report.entries, report)
        _write_notes(book, report)
        book.end()
    return package.finished()


def _write_cover(book: Book, report: Report) -> None:
    labels = report.labels
    book.say("demo", labels.demo if report.is_demo else "")
    book.say("cover title", report.title)
    book.say("cover period", report.period_label)
    book.say("cover detail", f"{labels.as_of}  {as_text(report.as_of, 'datetime')}")
    book.say("cover detail", f"{labels.generated_from}  {report.definition_version}")
    book.say("cover organisation", report.organisation)


def _say_chapter(book: Book, title: str, *, new_page: bool = False) -> None:
    book.say("chapter", title, new_page=new_page)
    book.say("gap", "")


def _write_summary(book: Book, report: Report) -> None:
    _say_chapter(book, report.labels.summary, new_page=True)
    rows = [[Cell(line.label, "label", HEAD), Cell(line.text, "summary")] for line in report.summary]
    label_width = book.width // 4
    if rows:
        write_grid(book, Grid((label_width, book.width - label_width), len(rows), "label"), rows)
    else:
        book.say("body", report.labels.no_data)
    for line in report.filters:
        book.say("note", f"※ {line}")


def _write_section(book: Book, section: Section, report: Report, *, new_page: bool) -> None:
    _say_chapter(book, section.heading, new_page=new_page)
    for text in section.paragraphs:
        book.say(_STYLES_BY_MARK.get(text[:2], "body"), text)
    for table in section.tables:
        write_table(book, table, report.labels.no_data, caption=table.caption)


def _write_listing(book: Book, title: str, table: Table, report: Report) -> None:
    """A listing on pages of its own."""
    if not table.columns:
        return
    book.begin(is_wide=len(table.columns) > UPRIGHT_COLUMNS)
    _say_chapter(book, title)
    write_table(book, table, report.labels.no_data, caption="" if table.caption == title else table.caption)


def _write_notes(book: Book, report: Report) -> None:
    if not report.notes:
        return
    book.begin()
    _say_chapter(book, report.labels.notes)
    for note in report.notes:
        book.say("square", f"□ {note.heading}")
        for line in note.lines:
            book.say("circle", f"○ {line}")
