"""The frozen report object between figures and documents.

Every format (page, xlsx, pdf, hwpx, csv, json) renders this same object, so no format can disagree with another.
Values are raw and unrounded; rounding happens where a format prints them, by a column's `kind`.
`None` is "unknown or no data" and prints as –; it is never zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

Language = Literal["ko", "en"]
# A document may be in both at once, each text beside its translation.
Tongue = Literal["ko", "en", "both"]
Value = str | int | Decimal | date | datetime | None
ColumnKind = Literal["text", "integer", "money", "scaled", "percent", "number", "date", "datetime"]


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` says how a value prints: integer 1,234 · money 1,234.5 (no trailing zeros, exact) · scaled 1,234.5 (an
    amount in larger units: one decimal, half up) · percent 42.4 (one decimal, half up) · number exact decimal · date
    2023. 1. 7. · datetime 2023. 3. 31. 23:59. `weight` is the relative width."""

    key: str
    label: str
    kind: ColumnKind = "text"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """`values` align with the table's columns. `link`: the path of the page that shows what is behind the row; `links`,
    aligned with the values, where each has its own.

    `key`, of an entry: what it counts for, from the wide to the narrow, e.g. `count/promise/confirmed`; of a row of
    numbers: a name in the table that stays from report to report, empty for numbers of less weight. `behind`, aligned
    with the values: the key with which the keys of the entries behind a number begin, empty where the report lists
    none of them."""

    values: tuple[Value, ...]
    emphasis: bool = False
    link: str | None = None
    links: tuple[str | None, ...] = ()
    key: str = ""
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """`unit` is printed in the caption line, e.g. `단위: 건`. `footnotes` print under the table, each after ※. `rows`
    may be as many as they like: of a long table they are read where they are needed, each time anew. `code` finds the
    same table of the same report again from a printed page; empty where the report has no page."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    unit: str = ""
    footnotes: tuple[str, ...] = ()
    empty: str = ""
    code: str = ""


NO_TABLE: Final = Table("", "", (), ())
"""Where a report lists nothing: documents leave a table without columns out."""


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """`column` is the key of the column that it draws, where the chart draws every row of its table."""

    name: str
    values: tuple[Decimal | int | None, ...]
    column: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart. `categories` align with each series' values. `table` is the key of the table it draws from."""

    key: str
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    table: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered chapter (`heading` carries its own numeral, e.g. `Ⅱ. 분기 실적`)."""

    key: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of the one-page summary box: `label` 수출계약, `text` 1건 · 연간 USD 10,000,000 (총액 미상)."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph group of the notes: definitions, FX policy, evidence coverage, data caveats."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """The words a document itself needs, already in the report's language."""

    summary: str
    contents: str
    notes: str
    page: str  # e.g. "{page} / {pages}"
    as_of: str
    period: str
    generated_from: str
    overview: str
    outcomes: str
    entries: str
    no_data: str
    unit: str
    demo: str
    table: str  # e.g. "〈표 {number}〉"
    figure: str
    annex: str
    continued: str
    trace_code: str
    definitions: str
    names: str
    name: str
    stands_for: str
    cells: str
    counts_for: str
    path: str


@dataclass(frozen=True, slots=True)
class CoreReport:
    """What a report begins with: its sums, and the notes that they rest on."""

    key: str
    title: str
    organisation: str
    period: str
    period_label: str
    as_of: datetime
    language: Tongue
    definition_version: str
    labels: Labels
    summary: tuple[SummaryLine, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Report(CoreReport):
    """One report, complete: the same object gives the same bytes in every format.

    `sections` go to page, PDF and Hangul document in this order; in the workbook all tables and charts of `sections` go
    to the overview sheet, `outcomes`, `entries` and `definitions` (each figure with its rule) to sheets of their own,
    `notes` to the last."""

    outcomes: Table = NO_TABLE
    entries: Table = NO_TABLE
    is_demo: bool = False
    filters: tuple[str, ...] = field(default=())
    definitions: Table = NO_TABLE


def read_through(report: Report) -> Report:
    """The report with every row read: for whoever goes through its tables more than once."""
    return replace(
        report,
        sections=tuple(replace(s, tables=tuple(_read(table) for table in s.tables)) for s in report.sections),
        outcomes=_read(report.outcomes),
        entries=_read(report.entries),
    )


def _read(table: Table) -> Table:
    return replace(table, rows=tuple(table.rows))
