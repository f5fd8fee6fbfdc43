"""What the ledger says of contracts with a yearly amount: the rates that stand, and what else is stated of them."""

import functools
import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from crm.models import LedgerEntry
from crm.values.measures import Basis, Measure, Standing
from crm.values.periods import quarter_serial
from reports.figures.classes import classed
from reports.figures.listing import A_PAGE
from reports.figures.outcomes import Dated
from reports.figures.standing import Hex, standing

NOTHING: Final = Decimal(0)
_Sums = dict[str, dict[tuple[Any, ...], Decimal]]
"""By the digits of the outcome's id, and by what else they were grouped by."""


class Rate(NamedTuple):
    """A yearly rate that stands, as one entry says it; ids by their digits. In the order of the ledger."""

    value_date: date
    id: str
    outcome: str
    series: str
    currency: str
    kind: str
    standing: str
    for_year: int | None
    value: Decimal
    krw: Decimal | None
    as_reported: str


@dataclass(frozen=True, slots=True)
class YearlyMoney:
    """What stands of the outcomes, by the digits of their ids: the `rates` up to the end of the year and the `totals`
    by series and currency, what is `stated` for a year by that too, how the rates were `said`, and the rate of what is
    `confirmed`, with its KRW value, by kind, series and currency."""

    rates: _Sums = field(default_factory=dict)
    totals: _Sums = field(default_factory=dict)
    stated: _Sums = field(default_factory=dict)
    said: dict[tuple[Any, ...], tuple[str, ...]] = field(default_factory=dict)
    confirmed: dict[tuple[str, str, str, str], tuple[Decimal, Decimal | None]] = field(default_factory=dict)


class _Entry(NamedTuple):
    """What one entry about an outcome with a yearly rate says; ids by their digits, days and times as texts, which
    stand in the same order."""

    value_date: str
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
    value: Decimal
    krw: Decimal | None
    as_reported: str
    reverses: str | None


@dataclass(frozen=True, slots=True)
class ContractEntries:
    """What the entries about the contracts say, by the digits of the outcomes' ids: when each `began`, their `money`,
    what dates them; how many there are in each quarter (a serial), the ids of the `first` of them with those of their
    outcomes, in the order of the ledger, and the last value date."""

    began: dict[str, date]
    money: YearlyMoney
    dated: dict[str, Dated]
    quarters: dict[int, int]
    first: list[tuple[str, str]]
    last_day: date


def contract_entries(year: int, as_of: datetime) -> ContractEntries:
    """All that is recorded about the outcomes of which a yearly rate stands that was agreed by the end of the year: it
    may be tens of thousands of entries, which are read once."""
    year_end = date(year, 12, 31)
    agreed = classed(None, year_end, as_of).filter(measure=Measure.MONEY, basis=Basis.ANNUAL, outcome__isnull=False)
    about = LedgerEntry.objects.filter(outcome__in=agreed.order_by().values("outcome_id"), recorded_at__lte=as_of)
    texts = Cast("value_date", TextField()), Cast("recorded_at", TextField()), Hex("id"), Hex("outcome_id")
    columns = ("measure", "basis", "kind", "standing", "stage", "date_basis", "series", "currency", "for_year", "value")
    read = about.order_by().values_list(*texts, *columns, "krw_value", "as_reported", Hex("reverses_id"))
    entries, day = list(map(_Entry._make, read)), functools.cache(date.fromisoformat)
    rates = _rates_among(entries, year_end, day)
    began = first_days(rates)
    theirs = [one for one in entries if one.outcome in began]
    days: dict[str, int] = {}
    for one in theirs:
        days[one.value_date] = days.get(one.value_date, 0) + 1
    quarters: dict[int, int] = {}
    for told, number in days.items():
        serial = quarter_serial(day(told))
        quarters[serial] = quarters.get(serial, 0) + number
    first = heapq.nsmallest(A_PAGE, theirs)
    return ContractEntries(
        began,
        _money(rates, theirs, year_end.isoformat()),
        _dated(theirs, day),
        quarters,
        [(one.id, one.outcome) for one in first],
        max(map(day, days), default=date.min),
    )


def _rates_among(entries: Iterable[_Entry], year_end: date, day: Callable[[str], date]) -> list[Rate]:
    """As `yearly_rates`."""
    last = year_end.isoformat()
    yearly = [one for one in entries if one.basis == Basis.ANNUAL and one.measure == Measure.MONEY]
    undone = {one.reverses for one in yearly}
    found = [
        Rate(
            *(day(one.value_date), one.id, one.outcome, one.series, one.currency, one.kind, one.standing),
            *(one.for_year, one.value, one.krw, one.as_reported),
        )
        for one in yearly
        if one.value_date <= last and one.reverses is None and one.id not in undone
    ]
    return sorted(found)


def _dated(entries: Iterable[_Entry], day: Callable[[str], date]) -> dict[str, Dated]:
    """What is said of each outcome by the entry that counts it; of one that none counts, by the earliest."""
    counting: dict[tuple[str, ...], int] = {}
    others: dict[str, list[_Entry]] = {}
    for one in entries:
        if one.measure == Measure.COUNT:
            key = (one.outcome, one.value_date, one.kind, one.standing, one.stage, one.date_basis)
            counting[key] = counting.get(key, 0) + (1 if one.reverses is None else -1)
        others.setdefault(one.outcome, []).append(one)
    found = _earliest(counting, day)
    said: dict[tuple[str, ...], int] = {}
    for outcome in others.keys() - found.keys():
        for one in others[outcome]:
            key = (one.outcome, one.value_date, one.kind, one.standing, one.stage, one.date_basis)
            said[key] = said.get(key, 0) + (1 if one.reverses is None else -1)
    return found | _earliest(said, day)


def _earliest(said: Mapping[tuple[str, ...], int], day: Callable[[str], date]) -> dict[str, Dated]:
    found: dict[str, Dated] = {}
    for (outcome, told, kind, known_as, stage, date_basis), stands in said.items():
        if stands:
            one = (day(told), kind, known_as, stage, date_basis)
            found[outcome] = min(found[outcome], one) if outcome in found else one
    return found


def _money(rates: Iterable[Rate], entries: Iterable[_Entry], year_end: str) -> YearlyMoney:
    """What the rates say by themselves, and what else is stated of their outcomes."""
    found = YearlyMoney()
    for rate in rates:
        of = rate.series, rate.currency
        _add(found.rates, rate.outcome, of, rate.value)
        if rate.for_year is not None:
            _add(found.stated, rate.outcome, (*of, rate.for_year), rate.value)
        if rate.standing == Standing.CONFIRMED:
            key = (rate.outcome, rate.kind, *of)
            total, before = found.confirmed.get(key, (NOTHING, NOTHING))
            known = None if before is None or rate.krw is None else before + rate.krw
            found.confirmed[key] = total + rate.value, known
        told = found.said.get((rate.outcome, *of), ())
        if rate.as_reported and rate.as_reported not in told:
            found.said[rate.outcome, *of] = (*told, rate.as_reported)
    for (pk, basis, for_year, series, currency), total in _stated(entries, year_end).items():
        if basis == Basis.TOTAL:
            _add(found.totals, pk, (series, currency), total)
        if for_year is not None:
            _add(found.stated, pk, (series, currency, for_year), total)
    return found


def _stated(entries: Iterable[_Entry], year_end: str) -> dict[tuple[Any, ...], Decimal]:
    """What stands of totals and of amounts for a year, but for the rates themselves: by outcome, basis, year, series
    and currency."""
    sums: dict[tuple[Any, ...], Decimal] = {}
    stands: dict[tuple[Any, ...], int] = {}
    for one in entries:
        if one.measure != Measure.MONEY or (one.basis != Basis.TOTAL and one.for_year is None):
            continue
        if one.basis == Basis.ANNUAL and one.value_date <= year_end:
            continue
        key = (one.outcome, one.basis, one.for_year, one.series, one.currency)
        sums[key] = sums[key] + one.value if key in sums else one.value
        stands[key] = stands.get(key, 0) + (1 if one.reverses is None else -1)
    return {key: total for key, total in sums.items() if stands[key]}


def _add(sums: _Sums, outcome: str, key: tuple[Any, ...], total: Decimal) -> None:
    theirs = sums.setdefault(outcome, {})
    theirs[key] = theirs[key] + total if key in theirs else total


def yearly_rates(year: int, as_of: datetime) -> list[Rate]:
    """The yearly rates that stand and were agreed by the end of the year."""
    rates = classed(None, date(year, 12, 31), as_of).filter(measure=Measure.MONEY, basis=Basis.ANNUAL)
    columns = ("series", "currency", "kind", "standing", "for_year", "value", "krw_value", "as_reported")
    live = standing(rates.filter(outcome__isnull=False), as_of).order_by()
    # Put in order here: the database would rather read the whole ledger in that order.
    return sorted(map(Rate._make, live.values_list("value_date", Hex("id"), Hex("outcome_id"), *columns)))


def first_days(rates: Iterable[Rate]) -> dict[str, date]:
    """The first value date of the rates, by outcome."""
    began: dict[str, date] = {}
    for rate in rates:
        began.setdefault(rate.outcome, rate.value_date)
    return began
