"""A report of a hundred pages as PDF against reportlab's own table of the same rows.

The bare side is what reportlab gives without us: a LongTable of the same words, broken into the same lines, in the same
columns, letters and paper, its head repeated; no cover, contents, tags, bookmarks or captions. It gets its words, lines
and widths ready made, so that only reportlab's own work is in its time.
"""

import io
import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from reports.report import Report, Row, Value

PAGES: Final = 100
_ROWS_TRIED: Final = 300


def measured(
    report: "Report", ratio: Callable[[Callable[[], object], Callable[[], object]], float]
) -> dict[str, object]:
    """The ratio, and what was measured."""
    import pypdfium2

    from reports.documents import render

    tried = len(pypdfium2.PdfDocument(render(_with_rows(report, _ROWS_TRIED), "pdf")))
    empty = len(pypdfium2.PdfDocument(render(_with_rows(report, 1), "pdf")))
    long = _with_rows(report, round(_ROWS_TRIED * (PAGES - empty) / (tried - empty)))
    content = render(long, "pdf")
    rows, widths = _rows_as_broken(long)
    bare = _bare_table(rows, widths)
    return {
        "pdf_pages": len(pypdfium2.PdfDocument(content)),
        "pdf_pages_bare": len(pypdfium2.PdfDocument(bare)),
        "pdf_rows": len(rows) - 1,
        "pdf_bytes_to_bare_reportlab": round(len(content) / len(bare), 2),
        "pdf_100_pages_to_bare_reportlab": ratio(lambda: render(long, "pdf"), lambda: _bare_table(rows, widths)),
    }


def _with_rows(report: "Report", count: int) -> "Report":
    """The report with so many ledger entries: its own again and again, each with words and numbers of its own, so that
    nothing is gained by remembering a line."""
    rows = itertools.islice(itertools.cycle(report.entries.rows), count)
    distinct = tuple(_distinct(row, number) for number, row in enumerate(rows))
    return replace(report, entries=replace(report.entries, rows=distinct))


def _distinct(row: "Row", number: int) -> "Row":
    def other(value: "Value") -> "Value":
        if isinstance(value, str) and len(value) > 6:
            return f"{value} {number}"
        return value + number if isinstance(value, int) else value

    return replace(row, values=tuple(other(value) for value in row.values))


def _rows_as_broken(report: "Report") -> tuple[list[list[str]], list[float]]:
    from reports.charts import REGULAR, printable, wrap
    from reports.documents.pdf_grid import PADDING
    from reports.documents.pdf_styles import WIDE_TEXT_WIDTH
    from reports.documents.pdf_tables import SMALL_TYPE, column_widths
    from reports.documents.text import as_text

    columns = report.entries.columns
    words = [
        [printable(as_text(value, column.kind)) for value, column in zip(row.values, columns, strict=True)]
        for row in report.entries.rows
    ]
    widths = column_widths(columns, words, WIDE_TEXT_WIDTH, SMALL_TYPE)
    broken = [
        [
            "\n".join(wrap(text, REGULAR, SMALL_TYPE.size, width - 2 * PADDING))
            for text, width in zip(row, widths, strict=True)
        ]
        for row in [[column.label for column in columns], *words]
    ]
    return broken, widths


def _bare_table(rows: list[list[str]], widths: list[float]) -> bytes:
    from reportlab.platypus import LongTable, SimpleDocTemplate

    from reports.charts import REGULAR
    from reports.documents.pdf_styles import BOTTOM, LANDSCAPE, LEFT, RIGHT, TOP

    target = io.BytesIO()
    paper = SimpleDocTemplate(
        target, pagesize=LANDSCAPE, topMargin=TOP, leftMargin=LEFT, rightMargin=RIGHT, bottomMargin=BOTTOM
    )
    style: list[Any] = [("FONT", (0, 0), (-1, -1), REGULAR, 7.5, 10.5), ("PADDING", (0, 0), (-1, -1), 3.5)]
    paper.build([LongTable(rows, colWidths=widths, repeatRows=1, style=style)])
    return target.getvalue()
