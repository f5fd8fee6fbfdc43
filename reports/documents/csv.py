"""The ledger entries as one flat CSV table, for a spreadsheet or another program.

The header carries the labels of the report's language; values are raw (no thousands separators, ISO dates); unknown
is an empty field.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from reports.charts import legible
from reports.documents.text import FORMULA_STARTS, city_time
from reports.report import Report, Table, Value

BYTE_ORDER_MARK = "\ufeff"  # without it Korean Excel reads the file in its old code page


def render_csv(report: Report) -> bytes:
    """`report.entries` in UTF-8 with a byte order mark and CRLF line ends; of a report that lists none the tables of
    its sections, each after its name, with an empty line between them."""
    if report.entries.columns:
        return csv_of(report.entries)
    return _written([table for section in report.sections for table in section.tables], are_named=True)


def csv_of(table: Table) -> bytes:
    return _written([table], are_named=False)


def _written(tables: Sequence[Table], *, are_named: bool) -> bytes:
    held = io.BytesIO()
    lines = io.TextIOWrapper(held, encoding="utf-8", newline="", write_through=True)
    lines.write(BYTE_ORDER_MARK)
    writer = csv.writer(lines, lineterminator="\r\n")
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
        if are_named:
            writer.writerow([_field(table.caption)])
        writer.writerow([_field(column.label) for column in table.columns])
        writer.writerows([_field(value) for value in row.values] for row in table.rows)
    lines.flush()
    return held.getvalue()


def _field(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _defused(legible(value))
    if isinstance(value, datetime):
        return city_time(value).replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _defused(text: str) -> str:
    """A leading apostrophe keeps a spreadsheet from running the text as a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
