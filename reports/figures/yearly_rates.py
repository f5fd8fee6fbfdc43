"""What the ledger says of contracts with a yearly amount: the rates that stand, and what else is stated of them."""

import functools
import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final, NamedTuple

from django.db.models import BigIntegerField, Min, QuerySet, TextField
from django.db.models.functions import Cast

from crm.models import LedgerEntry
from crm.values.measures import Basis, Measure
from crm.values.periods import quarter_serial
from reports.figures.classes import classed
from reports.figures.listing import A_PAGE
from reports.figures.outcomes import Dated
from reports.figures.read_once import dated_by, live
from reports.figures.standing import Hex, standing


class YearlyEntry(NamedTuple):
    """What one entry about an outcome with a yearly rate says; ids by their digits, the time as a text, which stands in
    the same order, and amounts as whole numbers of the smallest step, for `exact`."""

    value_date: date
    recorded_at: str
    id: str
    outcome: str
    measure: str
    basis: str
    kind: str
    standing: str
    stage: str
    date_basis: str
    series: str
    currency: str
    for_year: int | None
    value: int
    krw: int | None
    as_reported: str
    reverses: str | None


@dataclass(frozen=True, slots=True)
class ContractEntries:
    """What the entries about the contracts say, by the digits of the outcomes' ids: the `rates` that stand, by value
    date; what else stands of totals and of amounts for a year; what dates them; how many there are in each quarter (a
    serial), the ids of the `first` of them with those of their outcomes, in the order of the ledger, and the last value
    date."""

    rates: dict[str, list[YearlyEntry]]
    stated: dict[str, list[YearlyEntry]]
    dated: dict[str, Dated]
    quarters: dict[int, int]
    first: list[tuple[str, str]]
    last_day: date

    def began(self) -> dict[str, date]:
        """The first value date of the rates."""
        return {pk: rates[0].value_date for pk, rates in self.rates.items()}

    def for_years(self, outcome: str) -> dict[tuple[str, str, int], Decimal]:
        """What is stated for single years, by series, currency and year."""
        said = (*self.rates[outcome], *self.stated.get(outcome, ()))
        return _added((one.series, one.currency, one.for_year, one.value) for one in said if one.for_year is not None)

    def totals(self, outcome: str) -> dict[tuple[str, str], Decimal]:
        """The totals, by series and currency."""
        said = self.stated.get(outcome, ())
        return _added((one.series, one.currency, one.value) for one in said if one.basis == Basis.TOTAL)


def contract_entries(year: int, as_of: datetime) -> ContractEntries:
    """All that is recorded about the outcomes of which a yearly rate stands that was agreed by the end of the year: it
    may be tens of thousands of entries, which are read once."""
    year_end = date(year, 12, 31)
    agreed = _agreed(year_end, as_of).order_by().values("outcome_id")
    entries = _read(LedgerEntry.objects.filter(outcome__in=agreed, recorded_at__lte=as_of))
    standing_ones = live(entries)
    agreed_rates, others = list[YearlyEntry](), list[YearlyEntry]()
    for one in standing_ones:
        if one.measure == _MONEY:
            if one.basis == _ANNUAL and one.value_date <= year_end:
                agreed_rates.append(one)
            elif one.basis == _TOTAL or one.for_year is not None:
                others.append(one)
    rates = _by_outcome(sorted(agreed_rates, key=attrgetter("value_date", "id")))
    theirs = [one for one in entries if one.outcome in rates]
    days = Counter([one.value_date for one in theirs])
    quarters: dict[int, int] = {}
    for day, number in days.items():
        quarters[quarter_serial(day)] = quarters.get(quarter_serial(day), 0) + number
    return ContractEntries(
        rates,
        _by_outcome(others),
        dated_by([one for one in standing_ones if one.outcome in rates]),
        quarters,
        [(one.id, one.outcome) for one in heapq.nsmallest(A_PAGE, theirs)],
        max(days, default=date.min),
    )


# By themselves: asked of their classes fifty thousand times, they take longer than what they are held against.
_MONEY, _ANNUAL, _TOTAL = Measure.MONEY.value, Basis.ANNUAL.value, Basis.TOTAL.value


def _read(found: QuerySet[LedgerEntry]) -> list[YearlyEntry]:
    """As texts and whole numbers: what the framework makes of dates and decimals takes longer than to read them."""
    texts = Cast("value_date", TextField()), Cast("recorded_at", TextField()), Hex("id"), Hex("outcome_id")
    said = ("measure", "basis", "kind", "standing", "stage", "date_basis", "series", "currency", "for_year")
    amounts = Cast("value", BigIntegerField()), Cast("krw_value", BigIntegerField())
    rows = found.order_by().values_list(*texts, *said, *amounts, "as_reported", Hex("reverses_id"))
    day = functools.cache(date.fromisoformat)
    return [YearlyEntry(day(told), *rest) for told, *rest in rows]


def _by_outcome(entries: Iterable[YearlyEntry]) -> dict[str, list[YearlyEntry]]:
    found: dict[str, list[YearlyEntry]] = {}
    for one in entries:
        found.setdefault(one.outcome, []).append(one)
    return found


def exact(steps: int) -> Decimal:
    """The amount that is so many of the smallest step in which the ledger keeps it."""
    amount: Decimal = _VALUE.from_db_value(steps, None, None)
    return amount


_VALUE: Final[Any] = LedgerEntry._meta.get_field("value")


def _added(said: Iterable[tuple[Any, ...]]) -> dict[Any, Decimal]:
    """The sums of the last column, by what stands before it."""
    sums: dict[Any, int] = {}
    for *key, steps in said:
        sums[tuple(key)] = sums.get(tuple(key), 0) + steps
    return {key: exact(steps) for key, steps in sums.items()}


def _agreed(year_end: date, as_of: datetime) -> QuerySet[LedgerEntry]:
    return classed(None, year_end, as_of).filter(measure=Measure.MONEY, basis=Basis.ANNUAL, outcome__isnull=False)


def first_days(year: int, as_of: datetime) -> dict[str, date]:
    """The first value date of the yearly rates that stand and were agreed by the end of the year, by the digits of the
    outcome's id."""
    live_rates = standing(_agreed(date(year, 12, 31), as_of), as_of).order_by()
    return dict(live_rates.values_list(Hex("outcome_id")).annotate(Min("value_date")))
