"""The outcomes of a year by kind, bureau, event and programme, beside the year before: each a reading of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from crm.models import Attribution, Event, LedgerEntry, Programme
from crm.queries.unit_tree import UnitTree
from crm.values.measures import Basis, Measure, Series, Standing
from reports.figures.attribution import WHOLE
from reports.figures.classes import classed
from reports.figures.standing import grouped


@dataclass(frozen=True, slots=True)
class Slice:
    """The confirmed outcomes of a year that fall to one kind, bureau, event or programme, by their shares; `before` is
    their number in the year before. `key` is a kind or an id, "" for none. KRW are totals by series, without yearly
    rates; None where nothing is known, or a part has no exchange rate."""

    key: str
    name: str
    count: Decimal
    before: Decimal
    announced: Decimal | None
    committed: Decimal | None
    realised: Decimal | None


@dataclass(frozen=True, slots=True)
class AskedYear:
    """A year up to the cut-off, as known at `as_of`. The slices take it for the present: their units, events and
    programmes are those of today."""

    year: int
    cut_off: date
    as_of: datetime

    @property
    def last_day(self) -> date:
        return min(date(self.year, 12, 31), self.cut_off)


Shared = Iterable[tuple[str, dict[str, Any], Decimal]]
"""To what each sum falls, and its share in per cent."""
# Added up by the year, not by the quarter: a city has hundreds of units, and each has its own sums.
_YEAR = "value_year"
PROGRAMME = "outcome__programmes__programme_id"


def by_kind(asked: AskedYear) -> tuple[Slice, ...]:
    # In the order of the index: nothing is sorted.
    rows = grouped(_of_two_years(asked), "kind", "value_quarter", "measure", "series")
    standing = (
        (row["kind"], row | {_YEAR: row["value_quarter"] // 4}, WHOLE) for row in rows if row["standing_entries"]
    )
    return slices(asked.year, standing, lambda key: key)


def by_bureau(asked: AskedYear, tree: UnitTree) -> tuple[Slice, ...]:
    """By the bureau of the stated units and their shares, else whole to that of the lead unit."""
    by_unit = shared(_of_two_years(asked), "org_unit_id", "outcome__lead_unit_id", _YEAR, "series")
    rows = ((str(tree.top(UUID(unit))) if unit else "", row, share) for unit, row, share in by_unit)
    return slices(asked.year, rows, lambda key: tree.names.get(UUID(key), ""))


def by_event(asked: AskedYear) -> tuple[Slice, ...]:
    """By the stated shares, else whole to the outcome's own event."""
    events = dict(Event.objects.values_list("pk", "name"))
    rows = shared(_of_two_years(asked), "event_id", "outcome__event_id", _YEAR, "series")
    return slices(asked.year, rows, lambda key: events.get(UUID(key), ""))


def by_programme(asked: AskedYear) -> tuple[Slice, ...]:
    programmes = dict(Programme.objects.values_list("pk", "name"))
    served = serving(_of_two_years(asked))
    rows = ((str(row[PROGRAMME]), row, WHOLE) for row in _standing_sums(served, PROGRAMME, _YEAR, "series"))
    return slices(asked.year, rows, lambda key: programmes.get(UUID(key), ""))


def serving(found: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    """Those about outcomes that serve a programme, once for each."""
    return found.filter(outcome__programmes__archived_at=None, outcome__programmes__isnull=False)


def _of_two_years(asked: AskedYear) -> QuerySet[LedgerEntry]:
    """What a slice is made of: the numbers of both years, and the money of the later one."""
    found = confirmed_totals(classed(date(asked.year - 1, 1, 1), asked.last_day, asked.as_of))
    return found.filter(Q(measure=Measure.COUNT) | Q(measure=Measure.MONEY, value_quarter__gte=asked.year * 4))


def confirmed_totals(found: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    return found.filter(standing=Standing.CONFIRMED, basis=Basis.TOTAL, outcome__isnull=False)


def shared(found: QuerySet[LedgerEntry], stated: str, usual: str, *by: str) -> Shared:
    """What falls to whom by the stated shares of an outcome, else whole to the one that its own record names."""
    divided = Attribution.objects.filter(archived_at=None, **{f"{stated}__isnull": False}).order_by()
    is_divided = divided.exists()
    whole = found.exclude(outcome__in=divided.values("outcome_id")) if is_divided else found
    for row in _standing_sums(whole, usual, *by):
        yield str(row[usual] or ""), row, WHOLE
    if not is_divided:
        return
    holder, share = f"outcome__attributions__{stated}", "outcome__attributions__share"
    parts = found.filter(**{"outcome__attributions__archived_at": None, f"{holder}__isnull": False})
    for row in _standing_sums(parts, holder, share, *by):
        yield str(row[holder]), row, row[share]


def _standing_sums(found: QuerySet[LedgerEntry], *by: str) -> Iterable[dict[str, Any]]:
    of_years = found.annotate(**{_YEAR: F("value_quarter") / 4})
    return (row for row in grouped(of_years, "measure", *by, in_order=False) if row["standing_entries"])


def slices(year: int, shared: Shared, name: Callable[[str], str]) -> tuple[Slice, ...]:
    counts: dict[tuple[str, int], Decimal] = {}
    money: dict[tuple[str, str], Decimal | None] = {}
    for key, row, share in shared:
        row_year = row[_YEAR]
        if row["measure"] == Measure.COUNT:
            counts[key, row_year] = counts.get((key, row_year), Decimal(0)) + row["total"] * share / WHOLE
        else:
            before = money.get((key, row["series"]), Decimal(0))
            krw = None if row["without_rate"] else row["krw"]
            money[key, row["series"]] = None if before is None or krw is None else before + krw * share / WHOLE
    keys = {key for key, _year in counts} | {key for key, _series in money}
    found = [
        Slice(
            key,
            name(key) if key else "",
            counts.get((key, year), Decimal(0)),
            counts.get((key, year - 1), Decimal(0)),
            *(money.get((key, series)) for series in (Series.ANNOUNCED, Series.COMMITTED, Series.REALISED)),
        )
        for key in keys
    ]
    return tuple(sorted(found, key=lambda one: (not one.key, -one.count, one.name, one.key)))
