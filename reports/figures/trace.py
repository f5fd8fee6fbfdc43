"""From a number back to its entries: the same reading of the ledger, listed instead of added up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet

from crm.models import LedgerEntry
from reports.figures.attribution import Holder, shares_as_of
from reports.figures.ladder import InclusiveRule, counted_by
from reports.figures.outcomes import subject_names
from reports.figures.standing import LEDGER_ORDER, entries


@dataclass(frozen=True, slots=True)
class Trace:
    """Which entries: value dates from `first` (None: any) to `last`, as of a time, of these classes. `event` or `unit`
    (an id, or `none`) with `role`: of the outcomes that fall to it."""

    FILTERS: ClassVar[tuple[str, ...]] = (
        *("measure", "series", "kind", "currency", "standing", "basis", "stage", "rule"),
        *("event", "unit", "role"),
    )

    first: date | None
    last: date
    as_of: datetime
    filters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Traced:
    """`shares`: the per cent of an outcome's entries that count, by outcome, where a share was asked for."""

    entries: tuple[LedgerEntry, ...]
    names: Mapping[UUID, str]
    shares: Mapping[UUID, Decimal] = field(default_factory=dict)


def trace(asked: Trace) -> Traced:
    """The entries behind a number, reversals included: their signed values, times their shares, add up to it. Raises
    ValueError, ValidationError: filters that mean nothing."""
    filters = dict(asked.filters)
    found = entries(asked.first, asked.last, asked.as_of)
    if rule := filters.pop("rule", ""):
        found = found.filter(counted_by(InclusiveRule(rule)))
    holders = [(holder, filters.pop(holder)) for holder in Holder if holder in filters]
    role = filters.pop("role", "")
    found = found.filter(**filters)
    shares: dict[UUID, Decimal] = {}
    for holder, holder_id in holders:
        shares = _falling_to(found, asked.as_of, holder, None if holder_id == "none" else UUID(holder_id), role)
        found = found.filter(outcome__in=shares)
    listed = tuple(found.select_related("recorded_by", "consultation").order_by(*LEDGER_ORDER))
    return Traced(listed, subject_names(listed, asked.as_of), shares)


def _falling_to(
    found: QuerySet[LedgerEntry], as_of: datetime, holder: Holder, holder_id: UUID | None, role: str
) -> dict[UUID, Decimal]:
    """The shares of the outcomes that fall to the holder in this role."""
    ids = set(found.filter(outcome__isnull=False).values_list("outcome_id", flat=True))
    return {
        pk: part.share
        for pk, parts in shares_as_of(holder, ids, as_of).items()
        for part in parts
        if part.holder == holder_id and part.role == role
    }
