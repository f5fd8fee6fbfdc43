"""What was agreed beside what was realised so far, of one outcome: by currency, and by year of its contract."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from crm.models import LedgerEntry
from crm.values.measures import Basis, Measure, Series
from reports.figures.order import by_series


@dataclass(frozen=True, slots=True)
class Progress:
    """Totals of one measure and currency ("" for jobs). `agreed` is committed, else announced: never their sum. None
    is unknown; `remaining` is known where both are, and below zero where more was realised than agreed."""

    measure: str
    currency: str
    agreed: Decimal | None
    realised: Decimal | None
    remaining: Decimal | None


@dataclass(frozen=True, slots=True)
class YearFigures:
    """One year of a contract in one currency. `agreed` is what is stated for the year, else the yearly rate. `entries`
    are those that the realised value rests on."""

    year: int
    currency: str
    agreed: Decimal | None
    realised: Decimal | None
    entries: tuple[UUID, ...]


def progress(live: list[LedgerEntry]) -> tuple[Progress, ...]:
    """From an outcome's standing entries; only where something was realised."""
    totals: dict[tuple[str, str, str], Decimal] = {}
    for entry in live:
        if entry.basis == Basis.TOTAL and entry.measure != Measure.COUNT:
            key = (entry.measure, entry.currency, entry.series)
            totals[key] = totals.get(key, Decimal(0)) + entry.value
    return tuple(
        _progress(totals, measure, currency)
        for measure, currency, series in sorted(totals)
        if series == Series.REALISED
    )


def _progress(totals: dict[tuple[str, str, str], Decimal], measure: str, currency: str) -> Progress:
    found = [totals.get((measure, currency, series)) for series in (Series.COMMITTED, Series.ANNOUNCED)]
    agreed = next((value for value in found if value is not None), None)
    realised = totals[measure, currency, Series.REALISED]
    return Progress(measure, currency, agreed, realised, None if agreed is None else agreed - realised)


@dataclass(frozen=True, slots=True)
class Ladder:
    """The totals of one measure and currency by series, in the order of the ladder; only series that say something.
    Each is a fact of its own: they are never added."""

    measure: str
    currency: str
    steps: tuple[tuple[str, Decimal], ...]


def ladders(live: list[LedgerEntry]) -> tuple[Ladder, ...]:
    """From an outcome's standing entries: where two series or more say something, what there is to compare."""
    totals: dict[tuple[str, str], dict[str, Decimal]] = {}
    for entry in live:
        if entry.basis == Basis.TOTAL and entry.measure != Measure.COUNT:
            steps = totals.setdefault((entry.measure, entry.currency), {})
            steps[entry.series] = steps.get(entry.series, Decimal(0)) + entry.value
    return tuple(
        Ladder(measure, currency, tuple(sorted(steps.items(), key=lambda step: by_series(step[0]))))
        for (measure, currency), steps in sorted(totals.items())
        if len(steps) > 1
    )


def by_year(live: list[LedgerEntry], years: range) -> tuple[YearFigures, ...]:
    """The contract's years, and those that something is stated for, by currency."""
    money = [entry for entry in live if entry.measure == Measure.MONEY]
    rates: dict[str, Decimal] = {}
    for series in (Series.ANNOUNCED, Series.COMMITTED):  # the later rung takes the place of the earlier
        rates |= {e.currency: e.value for e in money if e.basis == Basis.ANNUAL and e.series == series}
    stated = [entry for entry in money if entry.for_year is not None]
    currencies = sorted({*rates, *(entry.currency for entry in stated)})
    shown = sorted({*years, *(entry.for_year for entry in stated if entry.for_year)})
    return tuple(_year(year, currency, rates.get(currency), stated) for year in shown for currency in currencies)


def _year(year: int, currency: str, rate: Decimal | None, stated: list[LedgerEntry]) -> YearFigures:
    mine = [entry for entry in stated if entry.for_year == year and entry.currency == currency]
    found = [_sum([e for e in mine if e.series == series]) for series in (Series.COMMITTED, Series.ANNOUNCED)]
    agreed = next((value for value in found if value is not None), rate)
    realised = [entry for entry in mine if entry.series == Series.REALISED]
    return YearFigures(year, currency, agreed, _sum(realised), tuple(entry.pk for entry in realised))


def _sum(entries: list[LedgerEntry]) -> Decimal | None:
    return sum((entry.value for entry in entries), Decimal(0)) if entries else None
