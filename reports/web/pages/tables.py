"""A report's table as a page shows it: every value as text, and where its trace leads."""

from dataclasses import dataclass

from reports.documents.text import as_text, is_numeric
from reports.report import ColumnKind, Table

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


def page_table(table: Table) -> PageTable:
    numeric = [is_numeric(column.kind) for column in table.columns]
    styles = [_style(column.kind) for column in table.columns]
    rows = []
    for row in table.rows:
        linked = [is_number and value is not None for is_number, value in zip(numeric, row.values, strict=True)]
        if not any(linked):
            linked[0] = True
        cells = (
            PageCell(as_text(value, column.kind), style, column.label, row.link if leads else None)
            for value, column, style, leads in zip(row.values, table.columns, styles, linked, strict=True)
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
    )


def _style(kind: ColumnKind) -> str:
    if is_numeric(kind):
        return "number"
    return "date" if kind in ("date", "datetime") else ""
