"""What the ledger says of contracts with a yearly amount: the rates that stand, and what else is stated of them.

A city has tens of thousands of them. Read of all is what they are counted and put in order by, in two statements that
answer with a row for each; what else is said of a contract is read where somebody looks."""

import functools
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final, NamedTuple

from django.db.models import BigIntegerField, Case, F, IntegerField, Min, Q, QuerySet, Sum, TextField, Value, When
from django.db.models.functions import Cast

from crm.models import LedgerEntry
from crm.values.measures import Basis, Measure
from crm.values.periods import quarter_serial
from reports.figures.classes import classed
from reports.figures.listing import A_PAGE
from reports.figures.outcomes import Dated
from reports.figures.read_once import Said, live
from reports.figures.standing import SIGN, Among, AsRead, Hex, standing

Rate = tuple[str, date, str, str, str, str, int, int | None]
"""What one standing yearly rate says: the outcome by the digits of its id, value date, kind, standing, series,
currency, and as whole numbers of the smallest step (`exact`) the value and its KRW."""


@dataclass(frozen=True, slots=True)
class ContractEntries:
    """What the entries about the contracts say, by the digits of the outcomes' ids: the `rates` that stand and the
    first value date of them; what dates the outcomes; about which of them anything is stated for a single year, and of
    which a total; how many entries there are in each quarter (a serial), the last value date, and about which outcomes
    the first A_PAGE entries are."""

    rates: dict[str, list[Rate]]
    began: dict[str, date]
    dated: dict[str, Dated]
    for_years: frozenset[str]
    totals: frozenset[str]
    quarters: dict[int, int]
    last_day: date
    first: frozenset[str]


def contract_entries(year: int, as_of: datetime) -> ContractEntries:
    """All that is recorded about the outcomes of which a yearly rate stands that was agreed by the end of the year."""
    rates = dict[str, list[Rate]]()
    for rate in _standing_rates(_agreed(date(year, 12, 31), as_of)):
        rates.setdefault(rate[0], []).append(rate)
    rows = _about(rates, as_of)
    days = Counter[date]()
    for row in rows:
        days[row[1]] += row[6]
    quarters: dict[int, int] = {}
    for day, number in days.items():
        quarters[quarter_serial(day)] = quarters.get(quarter_serial(day), 0) + number
    until = _day_of_the_first(days)
    return ContractEntries(
        rates,
        {pk: theirs[0][1] if len(theirs) == 1 else min(one[1] for one in theirs) for pk, theirs in rates.items()},
        _dated(rows),
        frozenset([row[0] for row in rows if row[9]]),
        frozenset([row[0] for row in rows if row[10]]),
        quarters,
        max(days, default=date.min),
        frozenset([row[0] for row in rows if row[1] <= until]),
    )


def _standing_rates(found: QuerySet[LedgerEntry]) -> list[Rate]:
    """A reversal says the same as what it reverses, with the other sign: by that is told which of them stand, without
    opening an entry to learn its id."""
    said = Hex("outcome_id"), Cast("value_date", TextField()), "kind", "standing", "series", "currency"
    amounts = AsRead(F("value"), BigIntegerField()), AsRead(F("krw_value"), BigIntegerField())
    stands = list[Rate]()
    reversals = list[Any]()
    day = functools.cache(date.fromisoformat)
    for pk, told, *rest, reverses in found.order_by().values_list(*said, *amounts, Hex("reverses_id")):
        (stands if reverses is None else reversals).append((pk, day(told), *rest))
    if not reversals:
        return stands
    undone = Counter((*said, -value, None if krw is None else -krw) for *said, value, krw in reversals)
    about = {said[0] for said in undone}
    left = list[Rate]()
    for rate in stands:
        if rate[0] in about and undone[rate]:
            undone[rate] -= 1
        else:
            left.append(rate)
    return left


_COUNTING = Case(When(measure=Measure.COUNT, then=SIGN), default=Value(0), output_field=IntegerField())
_MONEY = Q(measure=Measure.MONEY)
_FOR_A_YEAR = _MONEY & Q(for_year__isnull=False)
_TOTAL = _MONEY & Q(basis=Basis.TOTAL)


def _about(outcomes: Iterable[str], as_of: datetime) -> list[tuple[Any, ...]]:
    """What the entries about these say of them: outcome, value date, kind, standing, stage, basis of the date; and how
    many entries say so, how many of them stand, how many of those count the outcome, how many are of a year, and how
    many are totals. Nearly all outcomes have one row."""
    said = "kind", "standing", "stage", "date_basis"
    one_each = (Value(1), SIGN, _COUNTING, *(_one_where(which) for which in (_FOR_A_YEAR, _TOTAL)))
    sums = {f"number_{place}": AsRead(Sum(one)) for place, one in enumerate(one_each)}
    found = LedgerEntry.objects.filter(recorded_at__lte=as_of).filter(Among("outcome_id", outcomes))
    day = functools.cache(date.fromisoformat)
    # By the columns themselves, the outcome first: in that order the database finds them by its index.
    grouped = found.order_by().values("outcome_id", "value_date", *said).annotate(**sums)
    rows = grouped.values_list(Hex("outcome_id"), Cast("value_date", TextField()), *said, *sums)
    return [(pk, day(told), *rest) for pk, told, *rest in rows]


def _one_where(which: Q) -> Case:
    return Case(When(which, then=Value(1)), default=Value(0), output_field=IntegerField())


def _dated(rows: Iterable[tuple[Any, ...]]) -> dict[str, Dated]:
    """As `outcomes.dated`: what is said of each outcome by the entry that counts it, else by the earliest."""
    counting: dict[str, Dated] = {}
    others: dict[str, Dated] = {}
    for row in rows:
        if row[7] > 0:
            found = counting if row[8] > 0 else others
            pk, said = row[0], row[1:6]
            if pk not in found or said < found[pk]:
                found[pk] = said
    return others | counting


def _day_of_the_first(days: Mapping[date, int]) -> date:
    """Up to that day lie the first A_PAGE entries."""
    number = 0
    for day in sorted(days):
        number += days[day]
        if number >= A_PAGE:
            return day
    return date.max


class Stated(NamedTuple):
    """What is stated of one outcome for single years, by series, currency and year; and its totals, by series and
    currency."""

    years: dict[tuple[str, str, int], Decimal]
    totals: dict[tuple[str, str], Decimal]


NOTHING_STATED: Final = Stated({}, {})


def stated_of(outcomes: Collection[str], as_of: datetime) -> dict[str, Stated]:
    """Of these outcomes, by the digits of their ids."""
    if not outcomes:
        return {}
    found = LedgerEntry.objects.filter(_FOR_A_YEAR | _TOTAL, Among("outcome_id", sorted(outcomes)))
    columns = "series", "currency", "basis", "for_year", AsRead(F("value"), BigIntegerField()), Hex("reverses_id")
    years: dict[str, dict[Any, list[int]]] = {}
    totals: dict[str, dict[Any, list[int]]] = {}
    read = found.filter(recorded_at__lte=as_of).order_by().values_list(Hex("outcome_id"), *columns)
    for pk, series, currency, basis, year, steps, reverses in read:
        if year is not None:
            _add(years.setdefault(pk, {}), (series, currency, year), steps, reverses)
        if basis == _BASIS_TOTAL:
            _add(totals.setdefault(pk, {}), (series, currency), steps, reverses)
    return {
        pk: Stated(_standing(years.get(pk, {})), _standing(totals.get(pk, {}))) for pk in years.keys() | totals.keys()
    }


# By itself: asked of its class for each of tens of thousands, it takes longer than what it is held against.
_BASIS_TOTAL: Final = Basis.TOTAL.value


def _add(sums: dict[Any, list[int]], key: Any, steps: int, reverses: str | None) -> None:
    total = sums.setdefault(key, [0, 0])
    total[0] += steps
    total[1] += 1 if reverses is None else -1


def _standing(sums: Mapping[Any, Sequence[int]]) -> dict[Any, Decimal]:
    """The sums in which something stands."""
    return {key: exact(steps) for key, (steps, stands) in sums.items() if stands}


def exact(steps: int) -> Decimal:
    """The amount that is so many of the smallest step in which the ledger keeps it."""
    amount: Decimal = _VALUE.from_db_value(steps, None, None)
    return amount


_VALUE: Final[Any] = LedgerEntry._meta.get_field("value")


class RateTold(NamedTuple):
    """A yearly rate in one series and currency, and what its sources call it."""

    rate: Decimal
    as_reported: tuple[str, ...]


def rates_told(said: Sequence[Said], year: int) -> dict[tuple[str, str, str], RateTold]:
    """The rates that stand among these entries and were agreed by the end of the year, by the digits of the outcome's
    id, series and currency. The entries are all that there are about their outcomes."""
    found: dict[Any, list[Said]] = {}
    for one in sorted(live(said), key=attrgetter("value_date", "id")):
        if one.measure == Measure.MONEY and one.basis == Basis.ANNUAL and one.value_date <= date(year, 12, 31):
            found.setdefault(_RATE(one), []).append(one)
    return {
        key: RateTold(
            sum([one.value for one in theirs], Decimal()), tuple(dict.fromkeys(filter(None, map(_CALLED, theirs))))
        )
        for key, theirs in found.items()
    }


_RATE: Final = attrgetter("outcome", "series", "currency")
_CALLED: Final = attrgetter("as_reported")


def _agreed(year_end: date, as_of: datetime) -> QuerySet[LedgerEntry]:
    return classed(None, year_end, as_of).filter(measure=Measure.MONEY, basis=Basis.ANNUAL, outcome__isnull=False)


def first_days(year: int, as_of: datetime) -> dict[str, date]:
    """The first value date of the yearly rates that stand and were agreed by the end of the year, by the digits of the
    outcome's id."""
    live_rates = standing(_agreed(date(year, 12, 31), as_of), as_of).order_by()
    return dict(live_rates.values_list(Hex("outcome_id")).annotate(Min("value_date")))
