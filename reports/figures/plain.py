"""The figures as plain values for JSON: exact decimals as strings, dates in ISO 8601, unknown as null."""

import dataclasses
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from crm.models import LedgerEntry
from crm.values.periods import Quarter
from reports.figures.entries import EntryFigures
from reports.figures.listing import Listing
from reports.figures.quarterly import QuarterlyFigures
from reports.figures.restatement import Restatement

_ENTRY_FIELDS = (
    "id outcome_id consultation_id event_id measure series value currency basis approximate as_reported krw_value "
    "fx_rate fx_per fx_date fx_source value_date date_basis recorded_at entered_at is_backfill source evidence_id "
    "evidence_grade cause reason reverses_id replaces_id for_year derived_from_id kind standing stage"
).split()


def plain_quarterly(figures: QuarterlyFigures) -> dict[str, Any]:
    """The very numbers of the report. Keys are the names of the figures' fields; pairs are lists of two."""
    return {f.name: plain(getattr(figures, f.name)) for f in dataclasses.fields(figures)}


def plain_restatement(found: Restatement) -> dict[str, Any]:
    """The bridge as it is; keys are the names of its fields, pairs are lists of two."""
    return {f.name: plain(getattr(found, f.name)) for f in dataclasses.fields(found)}


def plain(value: Any) -> Any:
    """Figures of any report: dataclasses and mappings as objects, sequences as lists, each value as above."""
    if isinstance(value, EntryFigures):
        return plain(value.entry)
    if isinstance(value, LedgerEntry):
        return {name: plain(getattr(value, name)) for name in _ENTRY_FIELDS}
    if isinstance(value, Quarter):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | Listing):
        return [plain(item) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
