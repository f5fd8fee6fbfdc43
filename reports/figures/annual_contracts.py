"""Contracts with a yearly amount: the rate, its term, what was reported for each year, and what is due. A rate is a
figure by the year: it is in no total, and without a term its total is unknown."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, IntegerField, Max, Q, QuerySet, Value, When

from crm.models import FollowUpRule, LedgerEntry, Outcome
from crm.queries.yearly import years_agreed
from crm.values.follow_up_rules import DAYS, Trigger
from crm.values.measures import Basis, Measure, OutcomeKind, Series, Standing
from crm.values.periods import SEOUL
from crm.values.stages import STAGES, WITHDRAWALS
from reports.figures.classes import by_class, classed
from reports.figures.entries import EntryFigures, entry_figures
from reports.figures.listing import Listing
from reports.figures.outcomes import OutcomeHead, OutcomeListing, outcomes_about
from reports.figures.standing import Hex, latest, many_as_of, standing, totals_by

# The most binding series of a rate leads.
_SERIES = (Series.COMMITTED, Series.REALISED, Series.ANNOUNCED, Series.EXPECTED, Series.CONSULTED)
_Sums = dict[str, dict[tuple[Any, ...], Decimal]]
"""By the digits of the outcome's id, and by what else they were grouped by."""


class YearState(StrEnum):
    """Of one year of a contract: its figure is there; not yet to be reported; to be reported by `due_on`; later than
    that; or no more to be reported, since the contract ended."""

    REPORTED = "reported"
    TO_COME = "to_come"
    DUE = "due"
    OVERDUE = "overdue"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class YearFigure:
    """One year of one contract in one currency. `agreed`: an amount of the rate's series that is stated for this very
    year; `realised`: what was reported for it. None: not stated, not yet reported."""

    year: int
    currency: str
    agreed: Decimal | None
    realised: Decimal | None
    state: str
    due_on: date


@dataclass(frozen=True, slots=True)
class YearlyContract:
    """One yearly rate of one outcome, in one series and currency. `rate` None: kept from the reader. `first_year` to
    `last_year` (None: open) is how long it runs. `total` is known where a term is. `years` stand with the leading
    series of the outcome only."""

    outcome: OutcomeHead
    series: str
    currency: str
    rate: Decimal | None
    as_reported: tuple[str, ...]
    term_years: int | None
    first_year: int
    last_year: int | None
    total: Decimal | None
    years: tuple[YearFigure, ...]


class YearOf(NamedTuple):
    """One year, and the contract that it is of."""

    contract: YearlyContract
    year: YearFigure


@dataclass(frozen=True, slots=True)
class RateSum:
    """The yearly rates of the confirmed contracts of one kind, series and currency that are in force in the year.
    `krw` None: a part has no exchange rate."""

    kind: str
    series: str
    currency: str
    contracts: int
    rate: Decimal
    krw: Decimal | None


@dataclass(frozen=True, slots=True)
class AnnualContracts:
    """As known at `as_of`, for the years up to `year`. `due_days`: so many days after a year its figure is due.
    `last_day`: no entry behind these numbers has a later value date. `years`: those of the contracts, in their order;
    `due`: the ones whose figure is missing, by the day on which it is due, and by title."""

    year: int
    as_of: datetime
    due_days: int
    last_day: date
    contracts: tuple[YearlyContract, ...]
    years: tuple[YearOf, ...]
    due: tuple[YearOf, ...]
    rates: tuple[RateSum, ...]
    outcomes: OutcomeListing
    entries: Listing[EntryFigures]

    @property
    def year_end(self) -> date:
        return date(self.year, 12, 31)


class _Terms(NamedTuple):
    """For how long a contract runs, and at which stage it is, as known at the as-of time."""

    term_years: int | None
    period_from: int | None
    period_to: int | None
    stage: str


@dataclass(frozen=True, slots=True)
class _Money:
    """What stands of the outcomes, by the digits of their ids: the `rates` up to the end of the year and the `totals`
    by series and currency, what is `stated` for a year by that too, how the rates were `said`, and the rate of what is
    `confirmed`, with its KRW value, by kind, series and currency."""

    rates: _Sums = field(default_factory=dict)
    totals: _Sums = field(default_factory=dict)
    stated: _Sums = field(default_factory=dict)
    said: dict[tuple[Any, ...], tuple[str, ...]] = field(default_factory=dict)
    confirmed: dict[tuple[str, str, str, str], tuple[Decimal, Decimal | None]] = field(default_factory=dict)


def _money(year: int, about: QuerySet[LedgerEntry], as_of: datetime) -> _Money:
    """Read once, and told apart here."""
    entries = about.filter(measure=Measure.MONEY)
    upto = Q(value_date__lte=date(year, 12, 31))
    is_upto = Case(When(upto, then=Value(1)), default=Value(0), output_field=IntegerField())
    columns = (Hex("outcome_id"), is_upto, "basis", "for_year", "series", "currency", "kind", "standing")
    found = _Money(said=_as_reported(entries.filter(upto, basis=Basis.ANNUAL), as_of))
    for pk, is_early, basis, for_year, series, currency, kind, standing_of, *sums in totals_by(entries, *columns):
        total, krw, stands, without_rate = sums
        if basis == Basis.TOTAL:
            _add(found.totals, pk, (series, currency), total, stands)
        elif basis == Basis.ANNUAL and is_early:
            _add(found.rates, pk, (series, currency), total, stands)
            if standing_of == Standing.CONFIRMED and stands:
                key, value = (pk, kind, series, currency), None if without_rate else krw
                rate, before = found.confirmed.get(key, (Decimal(0), Decimal(0)))
                known = None if before is None or value is None else before + value
                found.confirmed[key] = rate + total, known
        if for_year is not None:
            _add(found.stated, pk, (series, currency, for_year), total, stands)
    return found


def _add(sums: _Sums, outcome: str, key: tuple[Any, ...], total: Decimal, stands: int) -> None:
    """What cancels each other is no data, not zero."""
    if stands:
        theirs = sums.setdefault(outcome, {})
        theirs[key] = theirs.get(key, Decimal(0)) + total


def annual_contracts(year: int, as_of: datetime) -> AnnualContracts:
    """Every outcome of which a yearly rate stands that was agreed by the end of the year. Reads only."""
    rates = _rates(year, as_of)
    began = _first_days(rates)
    about = _about(rates, as_of)
    listing = outcomes_about(about, as_of, LedgerEntry.objects.filter(recorded_at__lte=as_of))
    last: date | None = about.order_by().aggregate(last=Max("value_date"))["last"]
    last_day = max(last or date.min, date(year, 12, 31))
    due_days = _due_days(as_of)
    known, money = _terms(rates, as_of), _money(year, about, as_of)
    contracts = _contracts(money, listing, began, known, _Asked(year, as_of, due_days))
    years = tuple(YearOf(contract, one) for contract in contracts for one in contract.years)
    return AnnualContracts(
        year,
        as_of,
        due_days,
        last_day,
        contracts,
        years,
        tuple(sorted(filter(_is_due, years), key=lambda of: (of.year.due_on, of.contract.outcome.title))),
        _rate_sums(money, _in_force(year, as_of, began, known)),
        listing,
        entry_figures(about, as_of, by_class(None, last_day)),
    )


def _is_due(of: YearOf) -> bool:
    return of.year.state in (YearState.DUE, YearState.OVERDUE)


def contracts_in_force(year: int, as_of: datetime) -> set[UUID]:
    """The outcomes with a yearly rate that runs in that year, but for those that were withdrawn or ended early."""
    rates = _rates(year, as_of)
    return {UUID(pk) for pk in _in_force(year, as_of, _first_days(rates), _terms(rates, as_of))}


def _in_force(year: int, as_of: datetime, began: Mapping[str, date], known: Mapping[str, _Terms]) -> set[str]:
    limit = date(max(year, as_of.astimezone(SEOUL).year), 12, 31)
    return {
        pk
        for pk, first in began.items()
        if known[pk].stage not in WITHDRAWALS and year in years_agreed(known[pk], first, limit)
    }


def _rates(year: int, as_of: datetime) -> QuerySet[LedgerEntry]:
    """The yearly rates that stand and were agreed by the end of the year."""
    rates = classed(None, date(year, 12, 31), as_of).filter(measure=Measure.MONEY, basis=Basis.ANNUAL)
    return standing(rates.filter(outcome__isnull=False), as_of).order_by()


def _first_days(rates: QuerySet[LedgerEntry]) -> dict[str, date]:
    """The first value date of the rates, by outcome."""
    return dict(sorted(rates.values_list(Hex("outcome_id"), "value_date"), key=lambda row: row[1], reverse=True))


def _terms(rates: QuerySet[LedgerEntry], as_of: datetime) -> dict[str, _Terms]:
    found = many_as_of(Outcome, rates.values("outcome_id"), as_of, *_Terms._fields)
    return {pk: _Terms(*terms) for pk, terms in found.items()}


def _about(rates: QuerySet[LedgerEntry], as_of: datetime) -> QuerySet[LedgerEntry]:
    """Everything about their outcomes."""
    return LedgerEntry.objects.filter(outcome__in=rates.values("outcome_id"), recorded_at__lte=as_of)


def _due_days(as_of: datetime) -> int:
    """The days of the follow-up rule that was in force: an administrator's own, else the usual ones."""
    own = latest(FollowUpRule, as_of).filter(trigger=Trigger.YEARLY_FIGURE_DUE, kind="")
    offsets = [days for (found,) in own.values_list("offsets") for days in found]
    return min(offsets or DAYS[Trigger.YEARLY_FIGURE_DUE])


@dataclass(frozen=True, slots=True)
class _Asked:
    year: int
    as_of: datetime
    due_days: int

    @property
    def today(self) -> date:
        return self.as_of.astimezone(SEOUL).date()


def _contracts(
    money: _Money,
    listing: OutcomeListing,
    began: Mapping[str, date],
    known: Mapping[str, _Terms],
    asked: _Asked,
) -> tuple[YearlyContract, ...]:
    today, rates, totals = asked.today, money.rates, money.totals
    found = []
    for outcome in listing.heads:
        pk = outcome.id.hex
        terms, told = known[pk], money.stated.get(pk, {})
        agreed = years_agreed(terms, began[pk], max(today, date(asked.year, 1, 1)))
        is_open = not terms.period_to and not terms.term_years
        theirs = sorted(rates.get(pk, {}), key=lambda key: (_SERIES.index(key[0]), key[1]))
        for series, currency in theirs:
            leads = (series, currency) == theirs[0]
            years = _Years(series, currency, agreed, has_ended(outcome), asked.year, today, asked.due_days)
            found.append(
                YearlyContract(
                    outcome,
                    series,
                    currency,
                    rates[pk][series, currency],
                    money.said.get((pk, series, currency), ()),
                    terms.term_years,
                    agreed.start,
                    None if is_open else agreed.stop - 1,
                    totals.get(pk, {}).get((series, currency)) if terms.term_years else None,
                    tuple(_years(years, told)) if leads else (),
                )
            )
    # By their outcomes, as those are listed.
    return tuple(sorted(found, key=lambda one: (one.outcome.value_date, one.outcome.title, one.outcome.id.hex)))


@dataclass(frozen=True, slots=True)
class _Years:
    series: str
    currency: str
    agreed: range
    has_ended: bool
    upto: int
    today: date
    due_days: int

    def state(self, year: int, is_told: bool, due_on: date) -> YearState:
        if is_told:
            return YearState.REPORTED
        if self.has_ended or year not in self.agreed:
            return YearState.ENDED
        if year >= self.today.year:
            return YearState.TO_COME
        return YearState.OVERDUE if self.today > due_on else YearState.DUE


def has_ended(outcome: OutcomeHead) -> bool:
    """At the last stage of its road, or off it: nothing more is expected of it."""
    return outcome.stage not in _under_way(outcome.kind)


@functools.cache
def _under_way(kind: str) -> frozenset[str]:
    road = [rule.stage for rule in STAGES[OutcomeKind(kind)] if not rule.off_road]
    return frozenset(road[:-1])


def _years(of: _Years, told: Mapping[tuple[Any, ...], Decimal]) -> Iterable[YearFigure]:
    """Each year of the term, and whatever other year something is stated for, up to the asked one."""
    years = {*of.agreed, *(key[2] for key in told)}
    for year in sorted(one for one in years if one <= of.upto):
        realised = {key[1]: v for key, v in told.items() if key[0] == Series.REALISED and key[2] == year}
        due_on = _due_on(year, of.due_days)
        state = of.state(year, bool(realised), due_on)
        for currency in dict.fromkeys((of.currency, *sorted(realised))):
            agreed = told.get((of.series, currency, year)) if of.series != Series.REALISED else None
            yield YearFigure(year, currency, agreed, realised.get(currency), state, due_on)


@functools.cache
def _due_on(year: int, due_days: int) -> date:
    return date(year, 12, 31) + timedelta(days=due_days)


def _as_reported(rates: QuerySet[LedgerEntry], as_of: datetime) -> dict[tuple[Any, ...], tuple[str, ...]]:
    live = standing(rates.exclude(as_reported=""), as_of).order_by()
    columns = ("value_date", Hex("id"), Hex("outcome_id"), "series", "currency", "as_reported")
    said: dict[tuple[Any, ...], tuple[str, ...]] = {}
    # Put in order here: the database would rather read the whole ledger in that order.
    for _day, _id, outcome, series, currency, text in sorted(live.values_list(*columns)):
        known = said.get((outcome, series, currency), ())
        said[outcome, series, currency] = known if text in known else (*known, text)
    return said


def _rate_sums(money: _Money, in_force: set[str]) -> tuple[RateSum, ...]:
    sums: dict[tuple[str, str, str], RateSum] = {}
    for (outcome, *key), (rate, krw) in money.confirmed.items():
        if outcome in in_force:
            kind, series, currency = key
            before = sums.get((kind, series, currency), RateSum(kind, series, currency, 0, Decimal(0), Decimal(0)))
            known = None if before.krw is None or krw is None else before.krw + krw
            sums[kind, series, currency] = replace(
                before, contracts=before.contracts + 1, rate=before.rate + rate, krw=known
            )
    return tuple(sums[key] for key in sorted(sums))
