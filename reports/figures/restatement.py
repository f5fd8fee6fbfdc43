"""Why the same quarter reads differently as of two times: exactly the entries recorded between them, by cause; and
what a change of the definitions did to what was known already."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from crm.models import LedgerEntry
from crm.values.measures import Cause, Measure
from reports.figures.classes import CLASS, ClassRow, classed
from reports.figures.definitions import DEFINED_AS, VERSION, taken
from reports.figures.standing import LEDGER_ORDER, entries, grouped

Group = tuple[str, str, str, str, str]
_GROUP: Final = ("kind", "series", "standing", "currency", "basis")
# What money is in won, of every currency together: the only measure that exchange rates move.
IN_WON: Final = "krw"
# No entry has this cause: the rule is another, the record is the same.
DEFINITION: Final = "definition"
CAUSES: Final = (*(cause.value for cause in Cause if cause != Cause.FIRST), DEFINITION)


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
    """All figures that differ, and the entries recorded between the two times. `definition_then` and `definition_now`
    are the sets of definitions by which the earlier and the later reading were made."""

    first_day: date
    last_day: date
    earlier: datetime
    later: datetime
    bridges: tuple[Bridge, ...]
    entries: tuple[LedgerEntry, ...]
    definition_then: str
    definition_now: str


def restatement(
    first: date,
    last: date,
    earlier: datetime,
    later: datetime,
    definition_then: str = VERSION,
    definition_now: str = VERSION,
) -> Restatement:
    """The bridge between two as-of times over the days from `first` to `last`. `earlier` must not be after `later`.
    Raises UnknownDefinitions."""
    if earlier > later:
        raise ValueError("the earlier as-of time lies after the later one")
    found = classed(first, last, later)
    was, is_now = (grouped(classed(first, last, moment), *CLASS) for moment in (earlier, later))
    moved = grouped(found.filter(recorded_at__gt=earlier), *CLASS, "cause")
    bridges: list[Bridge] = []
    for measure, figure in DEFINED_AS.items():
        rows = [
            _of(measure, taken(was, figure, definition_then)),
            _of(measure, taken(was, figure, definition_now)),
            _of(measure, taken(moved, figure, definition_now)),
            _of(measure, taken(is_now, figure, definition_now)),
        ]
        bridges += _bridges(measure, rows, "total", _GROUP)
        if measure == Measure.MONEY:
            bridges += _bridges(IN_WON, rows, "krw", tuple(name for name in _GROUP if name != "currency"))
    between = entries(first, last, later).filter(recorded_at__gt=earlier).select_related("recorded_by", "consultation")
    return Restatement(
        first,
        last,
        earlier,
        later,
        tuple(bridges),
        tuple(between.order_by(*LEDGER_ORDER)),
        definition_then,
        definition_now,
    )


def _of(measure: Measure, rows: list[ClassRow]) -> list[ClassRow]:
    return [row for row in rows if row["measure"] == measure]


def _bridges(measure: str, rows: list[list[ClassRow]], column: str, group: tuple[str, ...]) -> list[Bridge]:
    """`rows`: as they were by the old rule, as they were by the new one, what moved since, and as they are now."""
    was, redefined, moved, is_now = rows
    starts, defined, ends = (_by_group(some, column, group) for some in (was, redefined, is_now))
    causes: dict[Group, dict[str, Decimal]] = {}
    for row in moved:
        # What was recorded in time for its own quarter came too late for the earlier of the two readings.
        cause = Cause.LATE_ENTRY if row["cause"] == Cause.FIRST else row["cause"]
        by = causes.setdefault(_key(row, group), {})
        by[cause] = by.get(cause, Decimal(0)) + (row[column] or Decimal(0))
    for key in {*starts, *defined}:
        if change := defined.get(key, Decimal(0)) - starts.get(key, Decimal(0)):
            causes.setdefault(key, {})[DEFINITION] = change
    found = []
    for key, by in sorted(causes.items()):
        start, end = starts.get(key, Decimal(0)), ends.get(key, Decimal(0))
        if any(by.values()):
            found.append(Bridge(measure, *key, start, tuple(sorted(by.items())), end))
    return found


def _key(row: dict[str, Any], group: tuple[str, ...]) -> Group:
    kind, series, standing, currency, basis = (row[name] if name in group else "" for name in _GROUP)
    return kind, series, standing, currency, basis


def _by_group(rows: list[ClassRow], column: str, group: tuple[str, ...]) -> dict[Group, Decimal]:
    found: dict[Group, Decimal] = {}
    for row in rows:
        key = _key(row, group)
        found[key] = found.get(key, Decimal(0)) + (row[column] or Decimal(0))
    return found
