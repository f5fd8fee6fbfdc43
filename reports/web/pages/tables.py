"""A report's table as a page shows it: every value as text, and where its trace leads."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from reports.documents.text import as_text, is_numeric
from reports.report import ColumnKind, Table

MOST_ROWS = 200  # the files have them all
MOST_COLUMNS = 12  # with more, a table scrolls sideways in its own frame rather than break its words


@dataclass(frozen=True, slots=True)
class PageCell:
    text: str
    style: str
    label: str
    link: str | None


@dataclass(frozen=True, slots=True)
class PageRow:
    cells: tuple[PageCell, ...]
    emphasis: bool


@dataclass(frozen=True, slots=True)
class PageTable:
    """`headings` are (label, style); a style is number, date or empty. In each row the numbers lead to what is behind
    them; a row without a number leads there by its first cell."""

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


def page_table(table: Table) -> PageTable:
    """The table's first rows, and where the others are."""
    left_out = len(table.rows) - MOST_ROWS
    if left_out <= 0:
        return part_of_table(table, 0)
    told = _("The page shows the first %(shown)d; %(left_out)d more are in the files.")
    said = told % {"shown": MOST_ROWS, "left_out": left_out}
    return part_of_table(replace(table, footnotes=(said, *table.footnotes)), 0)


def part_of_table(table: Table, begins_at: int) -> PageTable:
    """MOST_ROWS of its rows from that one on."""
    numeric = [is_numeric(column.kind) for column in table.columns]
    styles = [_style(column.kind) for column in table.columns]
    rows = []
    for row in table.rows[begins_at : begins_at + MOST_ROWS]:
        linked = [is_number and value is not None for is_number, value in zip(numeric, row.values, strict=True)]
        if not any(linked):
            linked[0] = True
        links = row.links or tuple(row.link if leads else None for leads in linked)
        cells = (
            PageCell(as_text(value, column.kind), style, column.label, link if value is not None else None)
            for value, column, style, link in zip(row.values, table.columns, styles, links, strict=True)
        )
        rows.append(PageRow(tuple(cells), row.emphasis))
    headings = tuple((column.label, style) for column, style in zip(table.columns, styles, strict=True))
    return PageTable(
        table.key,
        table.caption,
        table.unit,
        headings,
        tuple(rows),
        table.footnotes,
        table.empty,
        len(headings) > MOST_COLUMNS,
        len(table.rows),
        table.code,
    )


def _style(kind: ColumnKind) -> str:
    if is_numeric(kind):
        return "number"
    return "date" if kind in ("date", "datetime") else ""
