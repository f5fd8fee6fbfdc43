"""Contracts with a yearly amount: the rate, its term, what was reported for each year, and what is due. A rate is a
figure by the year: it is in no total, and without a term its total is unknown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from crm.models import FollowUpRule, LedgerEntry, Outcome
from crm.queries.yearly import years_agreed
from crm.values.follow_up_rules import DAYS, Trigger
from crm.values.measures import Basis, Measure, OutcomeKind, Series, Standing
from crm.values.periods import SEOUL
from crm.values.stages import STAGES, WITHDRAWALS
from reports.figures.classes import by_class
from reports.figures.entries import EntryFigures, entry_figures
from reports.figures.listing import Listing
from reports.figures.outcomes import OutcomeFigures, OutcomeListing, outcomes_about
from reports.figures.standing import grouped, latest, record_as_of, standing

_TERMS = ("term_years", "period_from", "period_to")
# The most binding series of a rate leads.
_SERIES = (Series.COMMITTED, Series.REALISED, Series.ANNOUNCED, Series.EXPECTED, Series.CONSULTED)
_Sums = dict[UUID, dict[tuple[Any, ...], Decimal]]
"""By outcome, and by what else they were grouped by."""


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

    outcome: OutcomeFigures
    series: str
    currency: str
    rate: Decimal | None
    as_reported: tuple[str, ...]
    term_years: int | None
    first_year: int
    last_year: int | None
    total: Decimal | None
    years: tuple[YearFigure, ...]


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
    `last_day`: no entry behind these numbers has a later value date."""

    year: int
    as_of: datetime
    due_days: int
    last_day: date
    contracts: tuple[YearlyContract, ...]
    rates: tuple[RateSum, ...]
    outcomes: OutcomeListing
    entries: Listing[EntryFigures]

    @property
    def year_end(self) -> date:
        return date(self.year, 12, 31)


def annual_contracts(year: int, as_of: datetime) -> AnnualContracts:
    """Every outcome of which a yearly rate stands that was agreed by the end of the year. Reads only."""
    began = _rates_from(year, as_of)
    about = _about(list(began), as_of)
    listing = outcomes_about(about, as_of)
    last: date | None = about.order_by().aggregate(last=Max("value_date"))["last"]
    last_day = max(last or date.min, date(year, 12, 31))
    due_days = _due_days(as_of)
    known = record_as_of(Outcome, began, as_of, *_TERMS, "stage")
    contracts = _contracts(year, as_of, about, listing, began, known, due_days)
    return AnnualContracts(
        year,
        as_of,
        due_days,
        last_day,
        contracts,
        _rate_sums(year, about, _in_force(year, as_of, began, known)),
        listing,
        entry_figures(about, as_of, by_class(None, last_day)),
    )


def contracts_in_force(year: int, as_of: datetime) -> set[UUID]:
    """The outcomes with a yearly rate that runs in that year, but for those that were withdrawn or ended early."""
    began = _rates_from(year, as_of)
    return _in_force(year, as_of, began, record_as_of(Outcome, began, as_of, *_TERMS, "stage"))


def _in_force(year: int, as_of: datetime, began: Mapping[UUID, date], known: Mapping[UUID, Any]) -> set[UUID]:
    limit = date(max(year, as_of.astimezone(SEOUL).year), 12, 31)
    return {
        pk
        for pk, first in began.items()
        if known[pk].stage not in WITHDRAWALS and year in years_agreed(known[pk], first, limit)
    }


def _rates_from(year: int, as_of: datetime) -> dict[UUID, date]:
    """The first value date of the standing yearly rates, by outcome."""
    rates = LedgerEntry.objects.filter(
        measure=Measure.MONEY, basis=Basis.ANNUAL, recorded_at__lte=as_of, value_date__lte=date(year, 12, 31)
    )
    live = standing(rates.filter(outcome__isnull=False), as_of).order_by("-value_date")
    return {pk: day for pk, day in live.values_list("outcome_id", "value_date") if pk is not None}


def _about(ids: Sequence[UUID], as_of: datetime) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(outcome__in=ids, recorded_at__lte=as_of)


def _due_days(as_of: datetime) -> int:
    """The days of the follow-up rule that was in force: an administrator's own, else the usual ones."""
    own = latest(FollowUpRule, as_of).filter(trigger=Trigger.YEARLY_FIGURE_DUE, kind="")
    offsets = [days for (found,) in own.values_list("offsets") for days in found]
    return min(offsets or DAYS[Trigger.YEARLY_FIGURE_DUE])


def _contracts(
    year: int,
    as_of: datetime,
    about: QuerySet[LedgerEntry],
    listing: OutcomeListing,
    began: Mapping[UUID, date],
    known: Mapping[UUID, Any],
    due_days: int,
) -> tuple[YearlyContract, ...]:
    money = about.filter(measure=Measure.MONEY)
    upto = money.filter(basis=Basis.ANNUAL, value_date__lte=date(year, 12, 31))
    rates = _summed(upto, "series", "currency")
    totals = _summed(money.filter(basis=Basis.TOTAL), "series", "currency")
    stated = _summed(money.filter(for_year__isnull=False), "series", "currency", "for_year")
    said = _as_reported(upto, as_of)
    today = as_of.astimezone(SEOUL).date()
    found = []
    for outcome in listing:
        terms = known[outcome.id]
        agreed = years_agreed(terms, began[outcome.id], max(today, date(year, 1, 1)))
        theirs = sorted(rates.get(outcome.id, {}), key=lambda key: (_SERIES.index(key[0]), key[1]))
        for series, currency in theirs:
            leads = (series, currency) == theirs[0]
            wanted = _Years(outcome, series, currency, agreed, year, today, due_days)
            is_open = not terms.period_to and not terms.term_years
            found.append(
                YearlyContract(
                    outcome,
                    series,
                    currency,
                    rates[outcome.id][series, currency],
                    said.get((outcome.id, series, currency), ()),
                    terms.term_years,
                    agreed.start,
                    None if is_open else agreed.stop - 1,
                    totals.get(outcome.id, {}).get((series, currency)) if terms.term_years else None,
                    tuple(_years(wanted, stated.get(outcome.id, {}))) if leads else (),
                )
            )
    return tuple(sorted(found, key=lambda one: (one.outcome.value_date, one.outcome.title, str(one.outcome.id))))


@dataclass(frozen=True, slots=True)
class _Years:
    outcome: OutcomeFigures
    series: str
    currency: str
    agreed: range
    upto: int
    today: date
    due_days: int

    def state(self, year: int, is_told: bool) -> YearState:
        if is_told:
            return YearState.REPORTED
        if has_ended(self.outcome) or year not in self.agreed:
            return YearState.ENDED
        if year >= self.today.year:
            return YearState.TO_COME
        return YearState.OVERDUE if self.today > self.due_on(year) else YearState.DUE

    def due_on(self, year: int) -> date:
        return date(year, 12, 31) + timedelta(days=self.due_days)


def has_ended(outcome: OutcomeFigures) -> bool:
    """At the last stage of its road, or off it: nothing more is expected of it."""
    road = [rule.stage for rule in STAGES[OutcomeKind(outcome.kind)] if not rule.off_road]
    return outcome.stage not in road[:-1]


def _years(of: _Years, told: Mapping[tuple[Any, ...], Decimal]) -> Iterable[YearFigure]:
    """Each year of the term, and whatever other year something is stated for, up to the asked one."""
    years = {*of.agreed, *(key[2] for key in told)}
    for year in sorted(one for one in years if one <= of.upto):
        realised = {key[1]: v for key, v in told.items() if key[0] == Series.REALISED and key[2] == year}
        state = of.state(year, bool(realised))
        for currency in dict.fromkeys((of.currency, *sorted(realised))):
            agreed = told.get((of.series, currency, year)) if of.series != Series.REALISED else None
            yield YearFigure(year, currency, agreed, realised.get(currency), state, of.due_on(year))


def _summed(found: QuerySet[LedgerEntry], *by: str) -> _Sums:
    sums: _Sums = {}
    for row in grouped(found, "outcome_id", *by):
        if row["standing_entries"]:
            sums.setdefault(row["outcome_id"], {})[tuple(row[name] for name in by)] = row["total"]
    return sums


def _as_reported(rates: QuerySet[LedgerEntry], as_of: datetime) -> dict[tuple[Any, ...], tuple[str, ...]]:
    live = standing(rates.exclude(as_reported=""), as_of).order_by("value_date", "id")
    said: dict[tuple[Any, ...], tuple[str, ...]] = {}
    for outcome, series, currency, text in live.values_list("outcome_id", "series", "currency", "as_reported"):
        known = said.get((outcome, series, currency), ())
        said[outcome, series, currency] = known if text in known else (*known, text)
    return said


def _rate_sums(year: int, about: QuerySet[LedgerEntry], in_force: set[UUID]) -> tuple[RateSum, ...]:
    rates = about.filter(
        measure=Measure.MONEY,
        basis=Basis.ANNUAL,
        standing=Standing.CONFIRMED,
        value_date__lte=date(year, 12, 31),
        outcome__in=in_force,
    )
    held: dict[tuple[str, str, str], set[UUID]] = {}
    for row in grouped(rates, "outcome_id", "kind", "series", "currency"):
        if row["standing_entries"]:
            held.setdefault((row["kind"], row["series"], row["currency"]), set()).add(row["outcome_id"])
    return tuple(
        RateSum(
            *(row["kind"], row["series"], row["currency"]),
            len(held[row["kind"], row["series"], row["currency"]]),
            row["total"],
            None if row["without_rate"] else row["krw"],
        )
        for row in grouped(rates, "kind", "series", "currency")
        if row["standing_entries"]
    )
