"""The whole report as stable JSON: sorted keys, decimals as strings, unknown as null, times in ISO 8601 of Seoul."""

import io
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from reports.documents.text import city_time
from reports.report import Chart, Report, Section, Table, Value


def render_json(report: Report) -> bytes:
    """The report, rows keyed by column key; UTF-8, two spaces of indent, a line end at the end."""
    encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    held = io.BytesIO()
    # A half surrogate cannot be written in UTF-8; it is the only character that is replaced.
    text = io.TextIOWrapper(held, encoding="utf-8", errors="replace", newline="")
    text.writelines(encoder.iterencode(_report(report)))
    text.write("\n")
    text.flush()
    return held.getvalue()


def _report(report: Report) -> dict[str, Any]:
    return {
        "key": report.key,
        "title": report.title,
        "organisation": report.organisation,
        "period": report.period,
        "period_label": report.period_label,
        "as_of": _value(report.as_of),
        "language": report.language,
        "definition_version": report.definition_version,
        "is_demo": report.is_demo,
        "filters": list(report.filters),
        "summary": [{"label": line.label, "text": line.text} for line in report.summary],
        "sections": [_section(section) for section in report.sections],
        "outcomes": _Rows(report.outcomes),
        "entries": _Rows(report.entries),
        "notes": [{"heading": note.heading, "lines": list(note.lines)} for note in report.notes],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "heading": section.heading,
        "paragraphs": list(section.paragraphs),
        "tables": [_table(table) for table in section.tables],
        "charts": [_chart(chart) for chart in section.charts],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "caption": table.caption,
        "trace_code": table.code,
        "unit": table.unit,
        "columns": [{"key": column.key, "label": column.label, "kind": column.kind} for column in table.columns],
        "rows": _Rows(table),
        "footnotes": list(table.footnotes),
    }


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "key": chart.key,
        "title": chart.title,
        "unit": chart.unit,
        "table": chart.table,
        "categories": list(chart.categories),
        "series": [{"name": series.name, "values": [_value(v) for v in series.values]} for series in chart.series],
    }


class _Rows(list[dict[str, str | int | None]]):
    """The rows of a table, each made while it is written: the encoder takes lists only, and all of a long table at once
    would fill the memory."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table

    def __len__(self) -> int:
        return len(self._table.rows)

    def __iter__(self) -> Iterator[dict[str, str | int | None]]:
        keys = [column.key for column in self._table.columns]
        for row in self._table.rows:
            yield dict(zip(keys, map(_value, row.values), strict=True))


def _value(value: Value) -> str | int | None:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return city_time(value).isoformat()
    return value.isoformat() if isinstance(value, date) else value
