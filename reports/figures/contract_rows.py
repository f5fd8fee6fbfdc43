"""All contracts with a yearly amount in their order, as the rows that are counted and put in order: lines and years are
made of them where somebody looks."""

import functools
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from operator import itemgetter
from typing import NamedTuple, Protocol

from crm.values.measures import Series
from reports.figures.contract_lines import (
    About,
    ContractLine,
    ContractListing,
    DueListing,
    LineYear,
    YearFigure,
    YearListing,
    YearlyContract,
    YearState,
)
from reports.figures.listing import Joined, Made


class Terms(NamedTuple):
    """For how long a contract runs, and at which stage it is, as known at the as-of time."""

    term_years: int | None
    period_from: int | None
    period_to: int | None
    stage: str


class YearsOf:
    """The years of a contract in one series and currency, up to `upto` and as of `today`: the `agreed` ones, and
    whatever other year something is `told` for. Of many contracts they say the same: those share one of these.
    `number`: how many figures there are of them; `missing`: the years whose figure is due or overdue."""

    __slots__ = ("_has_ended", "_said", "_today", "agreed", "missing", "number")

    def __init__(
        self,
        of: tuple[str, str],
        agreed: range,
        has_ended: bool,
        upto: int,
        today: date,
        told: Mapping[tuple[str, str, int], Decimal],
    ) -> None:
        self.agreed, self._has_ended, self._today = agreed, has_ended, today
        self._said = tuple(_said(*of, {year for year in (*agreed, *(key[2] for key in told)) if year <= upto}, told))
        self.number = len(self._said)
        self.missing = tuple(year for year, *_told, is_told in self._said if self._is_missing(year, is_told))

    def figures(self, due_days: int) -> tuple[YearFigure, ...]:
        """`due_days`: so many days after a year its figure is due."""
        return tuple(
            YearFigure(year, one, agreed, realised, self._state(year, is_told, due_days), due_on(year, due_days))
            for year, one, agreed, realised, is_told in self._said
        )

    def _is_missing(self, year: int, is_told: bool) -> bool:
        return not is_told and not self._has_ended and year in self.agreed and year < self._today.year

    def _state(self, year: int, is_told: bool, due_days: int) -> YearState:
        if is_told:
            return YearState.REPORTED
        if self._is_missing(year, is_told):
            return YearState.OVERDUE if self._today > due_on(year, due_days) else YearState.DUE
        return YearState.ENDED if self._has_ended or year not in self.agreed else YearState.TO_COME


def _said(
    series: str, currency: str, years: Set[int], told: Mapping[tuple[str, str, int], Decimal]
) -> Iterable[tuple[int, str, Decimal | None, Decimal | None, bool]]:
    """Year, currency, what is agreed for that very year, what was realised in that currency, and whether anything was
    in any."""
    for year in sorted(years):
        realised = {key[1]: v for key, v in told.items() if key[0] == Series.REALISED and key[2] == year}
        for one in dict.fromkeys((currency, *sorted(realised))):
            agreed = told.get((series, one, year)) if series != Series.REALISED else None
            yield year, one, agreed, realised.get(one), bool(realised)


@functools.cache
def due_on(year: int, due_days: int) -> date:
    return date(year, 12, 31) + timedelta(days=due_days)


Row = tuple[date, str, str, int, str, str, YearsOf]
"""The value date, the title and the id (by its digits) of an outcome, and which of its lines it is; series,
currency and years, which stand with the first line of the outcome only. Rows are in the order of the first four."""


class Shown(Protocol):
    """How lines and contracts are made where somebody looks. `due_days`: so many days after a year its figure is
    due; `is_synthetic`: some are of synthetic outcomes."""

    @property
    def due_days(self) -> int: ...
    @property
    def is_synthetic(self) -> bool: ...
    def line(self, row: Row, is_open: bool, has_total: bool, years: tuple[YearFigure, ...]) -> ContractLine: ...
    def read(self, some: Sequence[ContractLine]) -> list[YearlyContract]: ...


class Listed(NamedTuple):
    contracts: ContractListing
    years: YearListing
    due: DueListing


@dataclass(frozen=True, slots=True)
class Contracts:
    """By the digits of their outcomes' ids: which of them are open, the series and currencies of the `totals` that are
    known by a term, and the years. `missing`: how many figures of each year are missing; `by_title`: the rows of
    contracts with any."""

    rows: Sequence[Row]
    open_ones: Set[str]
    totals: Mapping[str, Collection[tuple[str, str]]]
    years: Mapping[str, YearsOf]
    missing: Mapping[int, int]
    by_title: Sequence[Row]

    def earliest_due(self, number: int) -> list[Row]:
        """The contracts of which figures are due first, so many of their figures."""
        found = list[Row]()
        for year in sorted(self.missing):
            found += islice((row for row in self.by_title if year in row[6].missing), number - len(found))
        return found

    def listed(self, how: Shown, kept: Iterable[str] = ()) -> Listed:
        """The lists, with nothing said of the years, the terms and the totals of the outcomes that are kept from the
        reader."""
        hidden = self.years.keys() & kept
        less = Counter(year for pk in hidden for year in self.years[pk].missing)
        due = {year: self.missing[year] - less[year] for year in sorted(self.missing)}
        of_years = functools.cache(lambda years: years.figures(how.due_days))

        def line(row: Row) -> ContractLine:
            _day, _title, pk, number, series, currency, years = row
            has_total = (series, currency) in self.totals.get(pk, ())
            shown = how.line(row, pk in self.open_ones, has_total, () if number else of_years(years))
            return shown._replace(is_open=False, has_total=False, years=()) if pk in hidden else shown

        def years_of(place: int) -> list[LineYear]:
            made = line(self.rows[place])
            return [(made, one) for one in made.years]

        def due_in(place: int) -> Made[LineYear]:
            year = list(due)[place]
            rows = [row for row in self.by_title if year in row[6].missing and row[2] not in hidden]
            return Made(rows, lambda row: (line(row), next(one for one in of_years(row[6]) if one.year == year)))

        has_totals = any(pk not in hidden for pk in self.totals)
        about = About(
            not self.open_ones <= hidden, has_totals, how.is_synthetic, lambda others: self.listed(how, others)
        )
        contracts = ContractListing(Made(self.rows, line), how.read, about)
        counted = [0 if row[3] or row[2] in hidden else row[6].number for row in self.rows]
        by_day = [(due_on(year, how.due_days), number) for year, number in due.items()]
        return Listed(
            contracts,
            YearListing(Joined(counted, years_of), contracts),
            DueListing(Joined(due.values(), due_in), contracts, by_day),
        )


def contracts_of(rows: list[Row], open_ones: Set[str], totals: Mapping[str, Collection[tuple[str, str]]]) -> Contracts:
    rows.sort()  # no two have the first four in common: the years are not asked which of them is less
    years = {row[2]: row[6] for row in rows if not row[3]}
    missing = Counter[int]()
    for alike, number in Counter(years.values()).items():
        for year in alike.missing:
            missing[year] += number
    by_title = sorted([row for row in rows if not row[3] and row[6].missing], key=itemgetter(1))
    return Contracts(rows, open_ones, totals, years, missing, by_title)
