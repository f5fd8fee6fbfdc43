"""What the ledger says of contracts with a yearly amount: the rates that stand, and what else is stated of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet

from crm.models import LedgerEntry
from crm.values.measures import Basis, Measure, Standing
from reports.figures.classes import classed
from reports.figures.standing import Hex, standing, totals_by

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


def yearly_money(year: int, rates: Iterable[Rate], about: QuerySet[LedgerEntry]) -> YearlyMoney:
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
    others = about.filter(Q(basis=Basis.TOTAL) | Q(for_year__isnull=False), measure=Measure.MONEY)
    others = others.exclude(basis=Basis.ANNUAL, value_date__lte=date(year, 12, 31))
    columns = (Hex("outcome_id"), "basis", "for_year", "series", "currency")
    for pk, basis, for_year, series, currency, total, _krw, stands, _without_rate in totals_by(others, *columns):
        if stands and basis == Basis.TOTAL:
            _add(found.totals, pk, (series, currency), total)
        if stands and for_year is not None:
            _add(found.stated, pk, (series, currency, for_year), total)
    return found


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
