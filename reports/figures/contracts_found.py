"""The contracts with a yearly amount that were found: in which order they stand, for which years they run, and what
their rates add up to. Gone through is each of them once: a city may have tens of thousands."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from crm.models import Outcome
from crm.queries.yearly import years_agreed
from crm.values.measures import OutcomeKind, Series, Standing
from crm.values.periods import SEOUL
from crm.values.stages import STAGES, WITHDRAWALS
from reports.figures.contract_rows import Contracts, Row, Terms, YearsOf, contracts_of
from reports.figures.outcomes import HEAD, OutcomeHead, head_of
from reports.figures.standing import many_as_of
from reports.figures.yearly_rates import NOTHING_STATED, ContractEntries, Rate, Stated, exact, first_days, stated_of

# The most binding series of a rate leads.
_SERIES = (Series.COMMITTED, Series.REALISED, Series.ANNOUNCED, Series.EXPECTED, Series.CONSULTED)


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
class ContractsFound:
    """What was `read` of the entries about them, and what is `known` of the outcomes (HEAD, then Terms), by the digits
    of their ids."""

    year: int
    as_of: datetime
    read: ContractEntries
    known: Mapping[str, tuple[Any, ...]]
    _stated: dict[str, Stated] = field(default_factory=dict)

    def head(self, pk: str) -> OutcomeHead:
        return head_of(pk, self.read.dated[pk], self.known[pk])

    def terms(self, pk: str) -> Terms:
        return Terms(*self.known[pk][_TERMS:])

    def stated(self, pk: str) -> Stated:
        return self._stated.get(pk, NOTHING_STATED)

    def gone_through(self) -> tuple[Contracts, tuple[RateSum, ...]]:
        """All of them, and the sums of the confirmed rates that are in force."""
        self._stated.update(stated_of(self.read.for_years | self._with_totals(), self.as_of))
        alike, for_years = _Alike(self), self.read.for_years
        rows, open_ones = list[Row](), set[str]()
        totals: dict[str, list[tuple[str, str]]] = {}
        confirmed: dict[tuple[str, str, str], list[Rate]] = {}
        for pk, (day, kind, _standing, stage, _basis) in self.read.dated.items():
            if (known := self.known.get(pk)) is None:
                continue
            rates = self.read.rates[pk]
            pairs = [rates[0][4:6]] if len(rates) == 1 else _pairs(rates)
            of = (known[_TERMS:], self.read.began[pk].year, kind, stage, pairs[0])
            years, is_in_force = alike.found_out(of, self.stated(pk)) if pk in for_years else alike[of]
            for number, (series, currency) in enumerate(pairs):
                rows.append((day, known[0], pk, number, series, currency, years))
            if known[_TERMS] is None:
                open_ones.add(pk)
            elif found := [pair for pair in pairs if pair in self.stated(pk).totals]:
                totals[pk] = found
            if is_in_force:
                for rate in rates:
                    if rate[3] == _CONFIRMED:
                        confirmed.setdefault((rate[2], rate[4], rate[5]), []).append(rate)
        sums = tuple(_rate_sum(key, confirmed[key]) for key in sorted(confirmed))
        return contracts_of(rows, frozenset(open_ones), totals), sums

    def _with_totals(self) -> set[str]:
        """Those of which a total may be known by a term."""
        return {pk for pk in self.read.totals if pk in self.known and self.known[pk][_TERMS]}


class _Alike(dict[tuple[Any, ...], tuple[YearsOf, bool]]):
    """The years of a contract, and whether its rates are in force in the asked one. Of many contracts these say the
    same, and are found out once: by the columns of Terms, the year in which the rate begins, the kind and the stage of
    the outcome, and the series and the currency."""

    def __init__(self, found: ContractsFound) -> None:
        super().__init__()
        self._year, self._today = found.year, found.as_of.astimezone(SEOUL).date()
        self._last = last_day(found.year, found.as_of)

    def __missing__(self, key: tuple[Any, ...]) -> tuple[YearsOf, bool]:
        found = self[key] = self.found_out(key, NOTHING_STATED)
        return found

    def found_out(self, key: tuple[Any, ...], stated: Stated) -> tuple[YearsOf, bool]:
        """The same of one of which something is stated for single years."""
        said, began, kind, stage, of = key
        terms, first = Terms(*said), date(began, 1, 1)
        agreed = years_agreed(terms, first, self._last)
        years = YearsOf(of, agreed, _has_ended(kind, stage), self._year, self._today, stated.years)
        return years, is_in_force(self._year, terms, first, self._last)


_TERMS = len(HEAD)
_CONFIRMED = Standing.CONFIRMED.value


def contracts_in_force(year: int, as_of: datetime) -> set[UUID]:
    """The outcomes with a yearly rate that runs in that year, but for those that were withdrawn or ended early."""
    began = first_days(year, as_of)
    known = many_as_of(Outcome, began, as_of, *Terms._fields)
    last = last_day(year, as_of)
    return {UUID(pk) for pk, first in began.items() if is_in_force(year, Terms(*known[pk]), first, last)}


def is_in_force(year: int, terms: Terms, began: date, last: date) -> bool:
    return terms.stage not in WITHDRAWALS and year in years_agreed(terms, began, last)


def last_day(year: int, as_of: datetime) -> date:
    """Up to then a contract without an end is looked at: to the end of the asked year or of the present one."""
    return date(max(year, as_of.astimezone(SEOUL).year), 12, 31)


def _pairs(rates: Sequence[Rate]) -> list[tuple[str, str]]:
    """The series and the currencies of these rates, the leading one first."""
    return sorted({rate[4:6] for rate in rates}, key=lambda of: (_SERIES.index(Series(of[0])), of[1]))


def _has_ended(kind: str, stage: str) -> bool:
    """At the last stage of its road, or off it: nothing more is expected of it."""
    return stage not in _under_way(kind)


@functools.cache
def _under_way(kind: str) -> frozenset[str]:
    road = [rule.stage for rule in STAGES[OutcomeKind(kind)] if not rule.off_road]
    return frozenset(road[:-1])


def _rate_sum(key: tuple[str, str, str], rates: Sequence[Rate]) -> RateSum:
    krw = [rate[7] for rate in rates if rate[7] is not None]
    known = exact(sum(krw)) if len(krw) == len(rates) else None
    return RateSum(*key, len({rate[0] for rate in rates}), exact(sum([rate[6] for rate in rates])), known)
