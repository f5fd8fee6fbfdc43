"""Why the same quarter reads differently as of two times: exactly the entries recorded between them, by cause."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from crm.models import LedgerEntry
from crm.values.measures import Cause, Measure
from reports.figures.standing import LEDGER_ORDER, entries, moves, sums

Group = tuple[str, str, str, str, str]
_GROUP: Final = ("kind", "series", "standing", "currency", "basis")
# What money is in won, of every currency together: the only measure that exchange rates move.
IN_WON: Final = "krw"
CAUSES: Final = tuple(cause for cause in Cause if cause != Cause.FIRST)


@dataclass(frozen=True, slots=True)
class Bridge:
    """One figure's way from its earlier to its later value, in units of its currency (heads for jobs, records for
    counts): `opening` + all of `by_cause` = `closing`, exactly. `measure` is one of Measure, or IN_WON: the known won
    values of money of every currency (`currency` is empty then)."""

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
    """All figures that differ, and how many entries recorded between the two times make the difference."""

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
        opening = sums(entries(first, last, earlier), measure, *_GROUP)
        closing = sums(entries(first, last, later), measure, *_GROUP)
        moved = moves(between, measure, *_GROUP, "cause")
        bridges += _bridges(measure, opening, moved, closing, "total", _GROUP)
        if measure == Measure.MONEY:
            group = tuple(name for name in _GROUP if name != "currency")
            bridges += _bridges(IN_WON, opening, moved, closing, "krw", group)
    return Restatement(first, last, earlier, later, tuple(bridges), tuple(between.order_by(*LEDGER_ORDER)))


def _bridges(
    measure: str,
    opening: list[dict[str, Any]],
    moved: list[dict[str, Any]],
    closing: list[dict[str, Any]],
    column: str,
    group: tuple[str, ...],
) -> list[Bridge]:
    starts, ends = _by_group(opening, column, group), _by_group(closing, column, group)
    causes: dict[Group, dict[str, Decimal]] = {}
    for row in moved:
        # What was recorded in time for its own quarter came too late for the earlier of the two readings.
        cause = Cause.LATE_ENTRY if row["cause"] == Cause.FIRST else row["cause"]
        by = causes.setdefault(_key(row, group), {})
        by[cause] = by.get(cause, Decimal(0)) + (row[column] or Decimal(0))
    found = []
    for key, by in sorted(causes.items()):
        start, end = starts.get(key, Decimal(0)), ends.get(key, Decimal(0))
        if any(by.values()):
            found.append(Bridge(measure, *key, start, tuple(sorted(by.items())), end))
    return found


def _key(row: dict[str, Any], group: tuple[str, ...]) -> Group:
    kind, series, standing, currency, basis = (row[name] if name in group else "" for name in _GROUP)
    return kind, series, standing, currency, basis


def _by_group(rows: list[dict[str, Any]], column: str, group: tuple[str, ...]) -> dict[Group, Decimal]:
    found: dict[Group, Decimal] = {}
    for row in rows:
        key = _key(row, group)
        found[key] = found.get(key, Decimal(0)) + (row[column] or Decimal(0))
    return found
