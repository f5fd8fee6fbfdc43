"""From a number back to its entries: the same reading of the ledger, listed instead of added up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from crm.models import LedgerEntry
from reports.figures.ladder import InclusiveRule, counted_by
from reports.figures.outcomes import subject_names
from reports.figures.standing import LEDGER_ORDER, entries


@dataclass(frozen=True, slots=True)
class Trace:
    """Which entries: value dates from `first` (None: any) to `last`, as of a time, of these classes."""

    FILTERS: ClassVar[tuple[str, ...]] = ("measure", "series", "kind", "currency", "standing", "basis", "stage", "rule")

    first: date | None
    last: date
    as_of: datetime
    filters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Traced:
    entries: tuple[LedgerEntry, ...]
    names: Mapping[UUID, str]


def trace(asked: Trace) -> Traced:
    """The entries behind a number, reversals included: their signed values add up to it."""
    filters = dict(asked.filters)
    found = entries(asked.first, asked.last, asked.as_of)
    if rule := filters.pop("rule", ""):
        found = found.filter(counted_by(InclusiveRule(rule)))
    found = found.filter(**filters)
    listed = tuple(found.select_related("recorded_by", "consultation").order_by(*LEDGER_ORDER))
    return Traced(listed, subject_names(listed, asked.as_of))
