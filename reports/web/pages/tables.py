"""A report's table as a page shows it: every value as text, and where its trace leads."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm.dates import language
from reports.documents.text import as_text, is_numeric
from reports.report import ColumnKind, Table

MOST_ROWS = 25  # the files have them all, and a page of the table alone is turned
MOST_COLUMNS = 12  # with more, a table scrolls sideways in its own frame rather than break its words


class PageCell(NamedTuple):
    """In the order in which the page's template takes it apart: a page may have thousands of cells. The heading is
    escaped once for its whole column."""

    text: str
    style: SafeString
    label: SafeString
    link: str | None


@dataclass(frozen=True, slots=True)
class PageRow:
    cells: tuple[PageCell, ...]
    emphasis: bool


@dataclass(frozen=True, slots=True)
class PageTable:
    """`headings` are (label, style); a style is number, date or empty. In each row the numbers lead to what is behind
    them; a row without a number leads there by its first cell. `whole_at`: the address of all `count` rows where only
    the first are shown."""

    key: str
    caption: str
    unit: str
    headings: tuple[tuple[str, str], ...]
    rows: tuple[PageRow, ...]
    footnotes: tuple[str, ...]
    empty: str
    is_wide: bool
    count: int
    code: str
    whole_at: str = ""


@dataclass(frozen=True, slots=True)
class Paging:
    """Addresses are empty where there is no such page."""

    number: int
    pages: int
    earlier: str
    later: str


def page_table(table: Table, whole_at: str = "") -> PageTable:
    """The table's first rows, and where the others are: at that address."""
    shown = part_of_table(table, 0)
    return replace(shown, whole_at=whole_at) if shown.count > MOST_ROWS else shown


def report_table(table: Table, whole_at: str = "") -> PageTable:
    """The first rows of a report's table, of which the files have every row."""
    left_out = len(table.rows) - MOST_ROWS
    if left_out <= 0:
        return page_table(table)
    told = _("The page shows the first %(shown)d; %(left_out)d more are in the files.")
    said = told % {"shown": MOST_ROWS, "left_out": left_out}
    return page_table(replace(table, footnotes=(said, *table.footnotes)), whole_at)


def turned_to(table: Table, typed: str, address: str) -> tuple[PageTable, Paging]:
    """MOST_ROWS of the table: the page of that number, or the nearest that there is."""
    pages = max(1, -(-len(table.rows) // MOST_ROWS))
    number = min(max(int(typed), 1), pages) if typed.isdecimal() and len(typed) < 9 else 1

    def at(page: int) -> str:
        return f"{address}&page={page}" if 0 < page <= pages else ""

    paging = Paging(number, pages, at(number - 1), at(number + 1))
    return part_of_table(table, (number - 1) * MOST_ROWS), paging


def part_of_table(table: Table, begins_at: int) -> PageTable:
    """MOST_ROWS of its rows from that one on."""
    numeric = [is_numeric(column.kind) for column in table.columns]
    styles = [_style(column.kind) for column in table.columns]
    labels = [conditional_escape(column.label) for column in table.columns]
    shown = []
    for row in table.rows[begins_at : begins_at + MOST_ROWS]:
        linked = [is_number and value is not None for is_number, value in zip(numeric, row.values, strict=True)]
        if not any(linked):
            linked[0] = True
        links = row.links or tuple(row.link if leads else None for leads in linked)
        cells = (
            PageCell(as_text(value, column.kind, language()), style, label, link if value is not None else None)
            for value, column, style, label, link in zip(row.values, table.columns, styles, labels, links, strict=True)
        )
        shown.append(PageRow(tuple(cells), row.emphasis))
    headings = tuple((column.label, style) for column, style in zip(table.columns, styles, strict=True))
    return PageTable(
        table.key,
        table.caption,
        table.unit,
        headings,
        tuple(shown),
        table.footnotes,
        table.empty,
        len(headings) > MOST_COLUMNS,
        len(table.rows),
        table.code,
    )


def _style(kind: ColumnKind) -> SafeString:
    if is_numeric(kind):
        return SafeString("number")
    return SafeString("date" if kind in ("date", "datetime") else "")
