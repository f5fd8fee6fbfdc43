"""The ledger in classes: one reading of one index, of which the figures of a quarter and of its year are made."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from crm.models import LedgerEntry
from crm.values.measures import Measure, OutcomeKind
from crm.values.periods import quarter_serial
from reports.figures.standing import entries, grouped

# In the order of the index `ledger_by_class`: the database reads the groups one after the other and sorts nothing.
# Whoever wants some of the classes chooses among the rows: told that a column has one value, SQLite leaves it out of
# the order in which it groups, no longer finds that order in the index, and sorts all the entries.
CLASS = (
    *("kind", "value_quarter", "measure", "series", "standing", "stage", "currency", "basis"),
    *("evidence_grade", "date_basis"),
)
EVERY_KIND = ("", *(kind.value for kind in OutcomeKind))
_COUNTED = ("standing_entries", "without_rate", "approximate_entries", "derived_entries")
_SUMMED = ("total", "krw", *_COUNTED)

ClassRow = dict[str, Any]
"""What the entries of one class in one quarter add up to: the class (`value_quarter` is a Quarter's serial), and the
keys of `standing.sums`."""


def classes(
    first: date | None, last: date, as_of: datetime, kinds: Iterable[str] = EVERY_KIND, **which: Any
) -> list[ClassRow]:
    """The classes of the entries with a value date from `first` (None: from the first) to `last`, recorded by `as_of`,
    about these kinds; those whose entries cancel each other as well."""
    return grouped(classed(first, last, as_of, kinds).filter(**which), *CLASS)


def classes_of(quarters: Iterable[int], as_of: datetime) -> list[ClassRow]:
    """The same of the whole of these quarters (serials)."""
    found = LedgerEntry.objects.filter(kind__in=EVERY_KIND, value_quarter__in=list(quarters), recorded_at__lte=as_of)
    return grouped(found, *CLASS)


def classed(
    first: date | None, last: date, as_of: datetime, kinds: Iterable[str] = EVERY_KIND
) -> QuerySet[LedgerEntry]:
    """The same entries as `standing.entries` gives, found by the index `ledger_by_class`: to be added up or counted."""
    return entries(first, last, as_of).filter(by_class(first, last, kinds))


def by_class(first: date | None, last: date, kinds: Iterable[str] = EVERY_KIND) -> Q:
    """Leads the database to the quarters of each kind in the index; true of whatever lies between these days."""
    quarters = Q(value_quarter__lte=quarter_serial(last))
    if first is not None:
        quarters &= Q(value_quarter__gte=quarter_serial(first))
    return Q(kind__in=list(kinds)) & quarters


def regrouped(rows: Iterable[ClassRow], measure: Measure, *by: str) -> list[ClassRow]:
    """The rows of a measure added up by fewer groups: the same that `standing.sums` makes of their entries."""
    found: dict[tuple[Any, ...], ClassRow] = {}
    for row in rows:
        if row["measure"] == measure:
            group = tuple(row[name] for name in by)
            found[group] = (
                _added(found[group], row) if group in found else {name: row[name] for name in (*by, *_SUMMED)}
            )
    return [row for row in found.values() if row["standing_entries"]]


def _added(one: ClassRow, other: ClassRow) -> ClassRow:
    known = [row["krw"] for row in (one, other) if row["krw"] is not None]
    counted = {name: one[name] + other[name] for name in _COUNTED}
    return {**one, **counted, "total": one["total"] + other["total"], "krw": sum(known) if known else None}
