"""Contracts with a yearly amount: the rate, its term, what was reported for each year, and what is due. A rate is a
figure by the year: it is in no total, and without a term its total is unknown."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate
from typing import Any, Final, NamedTuple
from uuid import UUID

from crm.models import FollowUpRule, LedgerEntry, Outcome
from crm.queries.yearly import years_agreed
from crm.values.follow_up_rules import DAYS, Trigger
from crm.values.measures import OutcomeKind, Series
from crm.values.periods import SEOUL
from crm.values.stages import STAGES, WITHDRAWALS
from reports.figures.classes import by_class
from reports.figures.entries import EntryFigures, counted_entries
from reports.figures.listing import A_PAGE, Listing
from reports.figures.outcomes import HEAD, OutcomeHead, OutcomeListing, heads_of, listing_of, outcomes_at_hand
from reports.figures.standing import Among, latest, many_as_of
from reports.figures.yearly_rates import NOTHING, YearlyMoney, contract_entries, first_days, yearly_rates

# The most binding series of a rate leads.
_SERIES = (Series.COMMITTED, Series.REALISED, Series.ANNOUNCED, Series.EXPECTED, Series.CONSULTED)


class YearState(StrEnum):
    """Of one year of a contract: its figure is there; not yet to be reported; to be reported by `due_on`; later than
    that; or no more to be reported, since the contract ended."""

    REPORTED = "reported"
    TO_COME = "to_come"
    DUE = "due"
    OVERDUE = "overdue"
    ENDED = "ended"


_MISSING: Final = frozenset({YearState.DUE, YearState.OVERDUE})


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


def annual_contracts(year: int, as_of: datetime) -> AnnualContracts:
    """Every outcome of which a yearly rate stands that was agreed by the end of the year. Reads only."""
    read = contract_entries(year, as_of)
    known = many_as_of(Outcome, read.began, as_of, *HEAD, *_Terms._fields)
    terms = {pk: _Terms(*said[len(HEAD) :]) for pk, said in known.items()}
    heads, asked = heads_of(known, read.dated), _Asked(year, as_of, _due_days(as_of))
    contracts = _contracts(read.money, heads, read.began, terms, asked)
    years = tuple([YearOf(contract, one) for contract in contracts for one in contract.years])
    due = _due(contracts, years)
    shown = {one.outcome.id for one in contracts[:A_PAGE]} | {one.contract.outcome.id for one in due[:A_PAGE]}
    # Where some of them are read, theirs are found among all entries, and sooner.
    recorded = LedgerEntry.objects.filter(recorded_at__lte=as_of)
    at_hand = outcomes_at_hand(shown | {head.id for head in heads[:A_PAGE]}, recorded, as_of)
    first = [(UUID(pk), outcome) for pk, outcome in read.first]
    return AnnualContracts(
        year,
        as_of,
        asked.due_days,
        max(read.last_day, date(year, 12, 31)),
        contracts,
        years,
        due,
        _rate_sums(read.money, _in_force(year, as_of, read.began, terms)),
        listing_of(heads, recorded, as_of, at_hand),
        counted_entries(
            recorded.filter(Among("outcome_id", read.began)).filter(by_class(None, date.max)),
            read.quarters,
            as_of,
            [pk for pk, _outcome in first],
            {UUID(outcome): known[outcome][0] for _pk, outcome in first},
        ),
    )


def _due(contracts: Sequence[YearlyContract], years: Sequence[YearOf]) -> tuple[YearOf, ...]:
    """By the day on which they are due, and by title. Put in order are the contracts, which are fewer."""
    ends = list(accumulate([len(one.years) for one in contracts]))
    titles = [one.outcome.title for one in contracts]
    by_day: dict[date, list[YearOf]] = {}
    for place in sorted(range(len(contracts)), key=titles.__getitem__):
        for one in years[ends[place] - len(contracts[place].years) : ends[place]]:
            if one.year.state in _MISSING:
                by_day.setdefault(one.year.due_on, []).append(one)
    return tuple([one for day in sorted(by_day) for one in by_day[day]])


def contracts_in_force(year: int, as_of: datetime) -> set[UUID]:
    """The outcomes with a yearly rate that runs in that year, but for those that were withdrawn or ended early."""
    began = first_days(yearly_rates(year, as_of))
    known = many_as_of(Outcome, began, as_of, *_Terms._fields)
    return {UUID(pk) for pk in _in_force(year, as_of, began, {pk: _Terms(*said) for pk, said in known.items()})}


def _in_force(year: int, as_of: datetime, began: Mapping[str, date], known: Mapping[str, _Terms]) -> set[str]:
    limit = date(max(year, as_of.astimezone(SEOUL).year), 12, 31)
    return {
        pk
        for pk, first in began.items()
        if known[pk].stage not in WITHDRAWALS and year in years_agreed(known[pk], first, limit)
    }


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
    money: YearlyMoney,
    heads: Sequence[OutcomeHead],
    began: Mapping[str, date],
    known: Mapping[str, _Terms],
    asked: _Asked,
) -> tuple[YearlyContract, ...]:
    today, rates, totals = asked.today, money.rates, money.totals
    limit, found = max(today, date(asked.year, 1, 1)), []
    # Of many contracts the years say the same: those are told by the same figures.
    alike: dict[_Years, tuple[YearFigure, ...]] = {}
    for outcome in heads:
        pk = outcome.id.hex
        terms, told, first_day = known[pk], money.stated.get(pk, {}), began[pk]
        agreed = years_agreed(terms, first_day, limit)
        is_open = not terms.period_to and not terms.term_years
        theirs = list(rates.get(pk, ()))
        if len(theirs) > 1:
            theirs.sort(key=_leading)
        for series, currency in theirs:
            years: tuple[YearFigure, ...] = ()
            if (series, currency) == theirs[0]:
                of = _Years(series, currency, agreed, has_ended(outcome), asked.year, today, asked.due_days)
                years = tuple(_years(of, told)) if told else alike.get(of, ())
                if not told and not years:
                    years = alike[of] = tuple(_years(of, told))
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
                    years,
                )
            )
    # By their outcomes, as those are listed.
    return tuple(sorted(found, key=_listed))


def _leading(of: tuple[Any, ...]) -> tuple[int, str]:
    return _SERIES.index(of[0]), of[1]


def _listed(one: YearlyContract) -> tuple[date, str, str]:
    return one.outcome.value_date, one.outcome.title, one.outcome.id.hex


class _Years(NamedTuple):
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


def _rate_sums(money: YearlyMoney, in_force: set[str]) -> tuple[RateSum, ...]:
    of_each: dict[tuple[str, str, str], list[tuple[Decimal, Decimal | None]]] = {}
    for (outcome, kind, series, currency), rate in money.confirmed.items():
        if outcome in in_force:
            of_each.setdefault((kind, series, currency), []).append(rate)
    return tuple(_rate_sum(key, of_each[key]) for key in sorted(of_each))


def _rate_sum(key: tuple[str, str, str], rates: list[tuple[Decimal, Decimal | None]]) -> RateSum:
    krw = [won for _rate, won in rates if won is not None]
    known = sum(krw, NOTHING) if len(krw) == len(rates) else None
    return RateSum(*key, len(rates), sum([rate for rate, _won in rates], NOTHING), known)
