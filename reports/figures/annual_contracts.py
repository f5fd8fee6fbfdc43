"""Contracts with a yearly amount: the rate, its term, what was reported for each year, and what is due. A rate is a
figure by the year: it is in no total, and without a term its total is unknown."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import FollowUpRule, LedgerEntry, Outcome
from crm.values.follow_up_rules import DAYS, Trigger
from reports.figures.at_once import at_once, is_among, last_of
from reports.figures.classes import by_class
from reports.figures.contract_lines import (
    ContractLine,
    ContractListing,
    DueListing,
    YearFigure,
    YearListing,
    YearlyContract,
)
from reports.figures.contract_rows import Row, Terms
from reports.figures.contracts_found import ContractsFound, RateSum
from reports.figures.entries import EntryFigures, counted_entries
from reports.figures.listing import A_PAGE, Listing, Made
from reports.figures.outcomes import HEAD, VALUED, AtHand, OutcomeListing, listing_of, on_record_of
from reports.figures.read_once import Said, added_up, read_once
from reports.figures.standing import Among, many_as_of
from reports.figures.yearly_rates import RateTold, contract_entries, rates_told


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
    due: DueListing
    rates: tuple[RateSum, ...]
    outcomes: OutcomeListing
    entries: Listing[EntryFigures]

    @property
    def year_end(self) -> date:
        return date(self.year, 12, 31)

    def but_for(self, kept: Collection[UUID]) -> "AnnualContracts":
        """The same, with nothing said of the years, the terms and the totals of these outcomes."""
        contracts, years, due = self.contracts.about.but_for({pk.hex for pk in kept})
        return replace(self, contracts=contracts, years=years, due=due)


def annual_contracts(year: int, as_of: datetime) -> AnnualContracts:
    """Every outcome of which a yearly rate stands that was agreed by the end of the year. Reads only."""
    read = contract_entries(year, as_of)
    known = many_as_of(Outcome, read.began, as_of, *HEAD, *Terms._fields)
    recorded = LedgerEntry.objects.filter(recorded_at__lte=as_of)
    found = ContractsFound(year, as_of, read, known)
    contracts, rates = found.gone_through()
    heads = sorted((said[0], said[1], known[pk][0], pk) for pk, said in read.dated.items() if pk in known)
    ids = {pk for _day, _title, pk, *_rest in (*contracts.rows[:A_PAGE], *contracts.earliest_due(A_PAGE))}
    ids |= {pk for *_said, pk in heads[:A_PAGE]} | read.first
    at_hand, said, due_days = _at_hand({UUID(pk) for pk in ids}, recorded, as_of)
    is_synthetic = any(known[pk][_IS_SYNTHETIC] for *_said, pk in heads)
    shown = _Shown(found, due_days, is_synthetic, ids, said)
    first = said[: min(A_PAGE, sum(read.quarters.values()))]
    return AnnualContracts(
        year,
        as_of,
        due_days,
        max(read.last_day, date(year, 12, 31)),
        *contracts.listed(shown),
        rates,
        listing_of(Made(heads, lambda row: found.head(row[-1])), recorded, as_of, at_hand),
        counted_entries(
            recorded.filter(Among("outcome_id", read.began)).filter(by_class(None, date.max)),
            read.quarters,
            as_of,
            [UUID(one.id) for one in first],
            {UUID(one.subject): known[one.subject][0] for one in first},
        ),
    )


_IS_SYNTHETIC: Final = len(HEAD) - 1


def _at_hand(ids: Collection[UUID], among: QuerySet[LedgerEntry], as_of: datetime) -> tuple[AtHand, list[Said], int]:
    """What is on record of these outcomes and what their entries say; and after how many days a figure is due by the
    follow-up rule that was in force: an administrator's own, else the usual ones."""
    said = read_once(among.filter(is_among("outcome_id", ids)))
    rules = last_of(FollowUpRule, Q(), as_of, "trigger", "kind", "archived_at", "offsets")
    *on_record, own = at_once(as_of, *on_record_of(ids, as_of), rules)
    offsets = [days for rule in own if _is_of_yearly_figures(rule) for days in rule.offsets]
    rows = sorted(added_up(said, *VALUED), key=lambda row: [row[name] for name in VALUED])
    return AtHand(ids, on_record, rows), said, min(offsets or DAYS[Trigger.YEARLY_FIGURE_DUE])


def _is_of_yearly_figures(rule: Any) -> bool:
    return rule.trigger == Trigger.YEARLY_FIGURE_DUE and rule.kind == "" and rule.archived_at is None


@dataclass(frozen=True, slots=True)
class _Shown:
    """How they are shown. What the entries about some of them `said` was read with what is at hand of these; about the
    others it is read when somebody looks."""

    found: ContractsFound
    due_days: int
    is_synthetic: bool
    at_hand: Set[str]
    said: Sequence[Said]

    def line(self, row: Row, is_open: bool, has_total: bool, years: tuple[YearFigure, ...]) -> ContractLine:
        _day, _title, pk, _number, series, currency, of_years = row
        terms, agreed = self.found.terms(pk), of_years.agreed
        last_year = None if not terms.period_to and not terms.term_years else agreed.stop - 1
        head, term = self.found.head(pk), terms.term_years
        return ContractLine(head, series, currency, term, agreed.start, last_year, is_open, has_total, years)

    def read(self, some: Sequence[ContractLine]) -> list[YearlyContract]:
        said: Sequence[Said] = self.said
        if any(line.outcome.id.hex not in self.at_hand for line in some):
            ids = [line.outcome.id for line in some]
            recorded = LedgerEntry.objects.filter(recorded_at__lte=self.found.as_of)
            said = read_once(recorded.filter(is_among("outcome_id", ids)))
        rates = rates_told(said, self.found.year)
        return [self._contract(line, rates) for line in some]

    def _contract(self, line: ContractLine, rates: Mapping[tuple[str, str, str], RateTold]) -> YearlyContract:
        pk, of = line.outcome.id.hex, (line.series, line.currency)
        total = self.found.stated(pk).totals[of] if line.has_total else None
        rate, as_reported = rates[pk, *of]
        term, first, last = line.term_years, line.first_year, line.last_year
        return YearlyContract(line.outcome, *of, rate, as_reported, term, first, last, total, line.years)
