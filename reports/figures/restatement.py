"""Why the same quarter reads differently as of two times: exactly the entries recorded between them, by cause."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm.models import LedgerEntry
from crm.values.measures import Cause, Measure
from reports.figures.standing import LEDGER_ORDER, entries, moves, sums

Group = tuple[str, str, str, str, str]
_GROUP = ("kind", "series", "standing", "currency", "basis")


@dataclass(frozen=True, slots=True)
class Bridge:
    """One figure's way from its earlier to its later value, in units of its currency (heads for jobs, records for
    counts): `opening` + all of `by_cause` = `closing`, exactly."""

    measure: str
    kind: str
    series: str
    standing: str
    currency: str
    basis: str
    opening: Decimal
    by_cause: tuple[tuple[str, Decimal], ...]
    closing: Decimal


@dataclass(frozen=True, slots=True)
class Restatement:
    """All figures that differ, and the entries recorded between the two times that make the difference."""

    first_day: date
    last_day: date
    earlier: datetime
    later: datetime
    bridges: tuple[Bridge, ...]
    entries: tuple[LedgerEntry, ...]


def restatement(first: date, last: date, earlier: datetime, later: datetime) -> Restatement:
    """The bridge between two as-of times over the days from `first` to `last`. `earlier` must not be after `later`."""
    if earlier > later:
        raise ValueError("the earlier as-of time lies after the later one")
    between = entries(first, last, later).filter(recorded_at__gt=earlier)
    bridges: list[Bridge] = []
    for measure in Measure:
        opening = _by_group(sums(entries(first, last, earlier), measure, *_GROUP))
        closing = _by_group(sums(entries(first, last, later), measure, *_GROUP))
        moved: dict[Group, dict[str, Decimal]] = {}
        for row in moves(between, measure, *_GROUP, "cause"):
            cause = Cause.LATE_ENTRY if row["cause"] == Cause.FIRST else row["cause"]
            group = moved.setdefault(_key(row), {})
            group[cause] = group.get(cause, Decimal(0)) + row["total"]
        for key, causes in sorted(moved.items()):
            start, end = opening.get(key, Decimal(0)), closing.get(key, Decimal(0))
            if start != end:
                bridges.append(Bridge(measure, *key, start, tuple(sorted(causes.items())), end))
    return Restatement(first, last, earlier, later, tuple(bridges), tuple(between.order_by(*LEDGER_ORDER)))


def _key(row: dict[str, Any]) -> Group:
    return row["kind"], row["series"], row["standing"], row["currency"], row["basis"]


def _by_group(rows: list[dict[str, Any]]) -> dict[Group, Decimal]:
    return {_key(row): row["total"] for row in rows}
