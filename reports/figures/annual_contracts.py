"""Contracts with a yearly amount: the rate, its term, what was reported for each year, and what is due. A rate is a
figure by the year: it is in no total, and without a term its total is unknown."""

import functools
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from crm.models import FollowUpRule, LedgerEntry, Outcome
from crm.queries.yearly import years_agreed
from crm.values.follow_up_rules import DAYS, Trigger
from crm.values.measures import OutcomeKind, Series, Standing
from crm.values.periods import SEOUL
from crm.values.stages import STAGES, WITHDRAWALS
from reports.figures.classes import by_class
from reports.figures.contract_lines import (
    ContractLine,
    ContractListing,
    LineYear,
    YearFigure,
    YearListing,
    YearlyContract,
    YearState,
)
from reports.figures.entries import EntryFigures, counted_entries
from reports.figures.listing import A_PAGE, Listing
from reports.figures.outcomes import HEAD, OutcomeHead, OutcomeListing, heads_of, listing_of, outcomes_at_hand
from reports.figures.standing import Among, latest, many_as_of
from reports.figures.yearly_rates import ContractEntries, YearlyEntry, contract_entries, exact, first_days

# The most binding series of a rate leads.
_SERIES = (Series.COMMITTED, Series.REALISED, Series.ANNOUNCED, Series.EXPECTED, Series.CONSULTED)


_MISSING: Final = frozenset({YearState.DUE, YearState.OVERDUE})


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
    contracts: ContractListing
    years: YearListing
    due: YearListing
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
    began = read.began()
    known = many_as_of(Outcome, began, as_of, *HEAD, *_Terms._fields)
    terms = {pk: _Terms(*said[len(HEAD) :]) for pk, said in known.items()}
    heads, asked = heads_of(known, read.dated), _Asked(year, as_of, _due_days(as_of))
    lines = _lines(read, heads, began, terms, asked)
    due = _due(lines)
    shown = {line.outcome.id for line in lines[:A_PAGE]} | {line.outcome.id for line, _year in due[:A_PAGE]}
    # Where some of them are read, theirs are found among all entries, and sooner.
    recorded = LedgerEntry.objects.filter(recorded_at__lte=as_of)
    at_hand = outcomes_at_hand(shown | {head.id for head in heads[:A_PAGE]}, recorded, as_of)
    first = [(UUID(pk), outcome) for pk, outcome in read.first]
    contracts = ContractListing(lines, lambda some: [_contract(line, read) for line in some])
    return AnnualContracts(
        year,
        as_of,
        asked.due_days,
        max(read.last_day, date(year, 12, 31)),
        contracts,
        YearListing([(line, one) for line in lines for one in line.years], contracts),
        YearListing(due, contracts),
        _rate_sums(read.rates, _in_force(year, as_of, began, terms)),
        listing_of(heads, recorded, as_of, at_hand),
        counted_entries(
            recorded.filter(Among("outcome_id", began)).filter(by_class(None, date.max)),
            read.quarters,
            as_of,
            [pk for pk, _outcome in first],
            {UUID(outcome): known[outcome][0] for _pk, outcome in first},
        ),
    )


def _due(lines: Sequence[ContractLine]) -> list[LineYear]:
    """By the day on which they are due, and by title. Put in order are the contracts, which are fewer."""
    by_day: dict[date, list[LineYear]] = {}
    for line in sorted(lines, key=lambda line: line.outcome.title):
        for one in line.years:
            if one.state in _MISSING:
                by_day.setdefault(one.due_on, []).append((line, one))
    return [one for day in sorted(by_day) for one in by_day[day]]


def contracts_in_force(year: int, as_of: datetime) -> set[UUID]:
    """The outcomes with a yearly rate that runs in that year, but for those that were withdrawn or ended early."""
    began = first_days(year, as_of)
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


def _lines(
    read: ContractEntries,
    heads: Sequence[OutcomeHead],
    began: Mapping[str, date],
    known: Mapping[str, _Terms],
    asked: _Asked,
) -> list[ContractLine]:
    """One for each series and currency of each outcome, by the outcomes."""
    today, found = asked.today, list[ContractLine]()
    limit = max(today, date(asked.year, 1, 1))
    # Of many contracts the years say the same: those are told by the same figures.
    alike: dict[_Years, tuple[YearFigure, ...]] = {}
    for outcome in heads:
        pk = outcome.id.hex
        terms, rates = known[pk], read.rates[pk]
        agreed = years_agreed(terms, began[pk], limit)
        last_year = None if not terms.period_to and not terms.term_years else agreed.stop - 1
        pairs = _pairs(rates)
        of = _Years(*pairs[0], agreed, has_ended(outcome), asked.year, today, asked.due_days)
        if pk in read.stated or any(one.for_year is not None for one in rates):
            years = tuple(_years(of, read.for_years(pk)))
        elif (years := alike.get(of, ())) == ():
            years = alike[of] = tuple(_years(of, {}))
        totals = read.totals(pk) if terms.term_years else ()
        for series, currency in pairs:
            runs = terms.term_years, agreed.start, last_year, terms.term_years is None
            found.append(ContractLine(outcome, series, currency, *runs, (series, currency) in totals, years))
            years = ()  # they stand with the leading one only
    return sorted(found, key=_listed)


def _pairs(rates: Sequence[YearlyEntry]) -> list[tuple[str, str]]:
    """The series and the currencies of these rates, the leading one first."""
    if len(rates) == 1:
        return [(rates[0].series, rates[0].currency)]
    return sorted({(one.series, one.currency) for one in rates}, key=_leading)


def _contract(line: ContractLine, read: ContractEntries) -> YearlyContract:
    pk, of = line.outcome.id.hex, (line.series, line.currency)
    rates = [one for one in read.rates[pk] if (one.series, one.currency) == of]
    return YearlyContract(
        line.outcome,
        *of,
        exact(sum([one.value for one in rates])),
        tuple(dict.fromkeys([one.as_reported for one in rates if one.as_reported])),
        line.term_years,
        line.first_year,
        line.last_year,
        read.totals(pk)[of] if line.has_total else None,
        line.years,
    )


def _leading(of: tuple[Any, ...]) -> tuple[int, str]:
    return _SERIES.index(of[0]), of[1]


def _listed(one: ContractLine) -> tuple[date, str, UUID]:
    return one.outcome.value_date, one.outcome.title, one.outcome.id


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


def _rate_sums(rates: Mapping[str, Iterable[YearlyEntry]], in_force: Set[str]) -> tuple[RateSum, ...]:
    confirmed: dict[tuple[str, str, str], list[YearlyEntry]] = {}
    for outcome in in_force:
        for one in rates[outcome]:
            if one.standing == Standing.CONFIRMED:
                confirmed.setdefault((one.kind, one.series, one.currency), []).append(one)
    return tuple(_rate_sum(key, confirmed[key]) for key in sorted(confirmed))


def _rate_sum(key: tuple[str, str, str], rates: Sequence[YearlyEntry]) -> RateSum:
    krw = [one.krw for one in rates if one.krw is not None]
    known = exact(sum(krw)) if len(krw) == len(rates) else None
    return RateSum(*key, len({one.outcome for one in rates}), exact(sum([one.value for one in rates])), known)
