"""A quarter and its year to date beside the same days a year before, both as known at one time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from crm.values.measures import Basis, Measure, Standing
from crm.values.money import difference
from crm.values.periods import Quarter
from reports.figures import definitions
from reports.figures.classes import ClassRow, classes_of, regrouped
from reports.figures.fulfilment import Rate, rates_of
from reports.figures.order import by_kind, by_measure, by_series


@dataclass(frozen=True, slots=True)
class Beside:
    """One confirmed figure of these days (records, heads or units of `currency`, totals only) and of the same days a
    year before. None: nothing stands there, which is not zero. `change` is now less before."""

    measure: str
    kind: str
    series: str
    currency: str
    first_day: date
    last_day: date
    first_day_before: date
    last_day_before: date
    now: Decimal | None
    before: Decimal | None
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class RateBeside:
    """The fulfilment rate by one basis (count, money in KRW, jobs), in per cent and unrounded, with the cut-off at the
    end of the quarter and a year before it; `change` in percentage points."""

    basis: str
    cut_off: date
    cut_off_before: date
    now: Decimal | None
    before: Decimal | None
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class YearOnYear:
    """`quarter` and `year_to_date` hold what stands in one of the two years or in both."""

    quarter: tuple[Beside, ...]
    year_to_date: tuple[Beside, ...]
    rates: tuple[RateBeside, ...]


def year_on_year(
    period: Quarter, as_of: datetime, mous: list[ClassRow], definition: str = definitions.VERSION
) -> YearOnYear:
    """By a set of definitions; `mous` are the `confirmed_mous` up to the end of the quarter, as of the same time.
    Raises UnknownDefinitions."""
    quarters = [period.serial - back for back in range(period.number)]
    # Of both years the quarters up to this one: what lies between the two is not asked for.
    both = _confirmed([*quarters, *(quarter - 4 for quarter in quarters)], as_of, definition)
    this, last = ([row for row in both if (row["value_quarter"] in quarters) == is_this] for is_this in (True, False))
    mous_before = [row for row in mous if row["value_quarter"] <= period.serial - 4]
    return YearOnYear(
        _beside(
            (period.first_day, period.last_day),
            [row for row in this if row["value_quarter"] == period.serial],
            [row for row in last if row["value_quarter"] == period.serial - 4],
        ),
        _beside((period.year_first_day, period.last_day), this, last),
        _rates(period.last_day, rates_of(mous), rates_of(mous_before)),
    )


def _year_before(day: date) -> date:
    # No quarter begins or ends on a leap day.
    return day.replace(year=day.year - 1)


def _confirmed(quarters: list[int], as_of: datetime, definition: str) -> list[ClassRow]:
    found = [row for row in classes_of(quarters, as_of) if row["standing"] == Standing.CONFIRMED]
    return [
        row
        for measure, figure in definitions.DEFINED_AS.items()
        for row in definitions.taken(found, figure, definition)
        if row["measure"] == measure and (measure != Measure.MONEY or row["basis"] == Basis.TOTAL)
    ]


def _beside(days: tuple[date, date], this: list[ClassRow], last: list[ClassRow]) -> tuple[Beside, ...]:
    now, before = _totals(this), _totals(last)
    first, end = days
    both = (first, end, _year_before(first), _year_before(end))
    return tuple(
        Beside(*key, *both, now.get(key), before.get(key), difference(now.get(key), before.get(key)))
        for key in sorted({*now, *before}, key=_place)
    )


def _totals(rows: Iterable[ClassRow]) -> dict[tuple[str, str, str, str], Decimal]:
    rows = list(rows)
    return {
        (measure, row["kind"], row["series"], row["currency"]): row["total"]
        for measure in Measure
        for row in regrouped(rows, measure, "kind", "series", "currency")
    }


def _place(key: tuple[str, str, str, str]) -> tuple[int, int, int, str]:
    measure, kind, series, currency = key
    return by_measure(measure), by_kind(kind), by_series(series), currency


def _rates(cut_off: date, now: tuple[Rate, ...], before: tuple[Rate, ...]) -> tuple[RateBeside, ...]:
    return tuple(
        RateBeside(
            one.basis,
            cut_off,
            _year_before(cut_off),
            one.percent,
            other.percent,
            difference(one.percent, other.percent),
        )
        for one, other in zip(now, before, strict=True)
    )
