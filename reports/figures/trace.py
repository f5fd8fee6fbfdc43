"""From a number back to its entries: the same reading of the ledger, listed instead of added up."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import LedgerEntry
from crm.values.measures import Cause, Measure, OutcomeKind
from crm.values.periods import Quarter, parse_as_of
from reports.figures.attribution import WHOLE, Holder
from reports.figures.classes import EVERY_KIND, by_class, classed
from reports.figures.contracts_found import contracts_in_force
from reports.figures.entries import EntryFigures, entry_figures
from reports.figures.event_shares import held_at
from reports.figures.falling import serving_as_of, shares_of, units_as_of, working_together
from reports.figures.ladder import InclusiveRule, counted_by
from reports.figures.listing import Listing
from reports.figures.standing import Among, entries, grouped, said_by

_OF_RECORDS: tuple[str, ...] = ("cohort", "programme", "lead", "cooperating")


@dataclass(frozen=True, slots=True)
class Trace:
    """Which entries: value dates from `first` (None: any) to `last`, as of a time, of these classes. `event` or `unit`
    (an id, or `none`) with `role`, or without one in whatever role: of the outcomes that fall to it; `bureau`: to a
    unit of it. `programme` (an id): of the outcomes that serve it. `cohort` (a year or a quarter): of those signed in
    it. `lead` (an id, or `none`) and `cooperating` (an id): of those that the one leads and the other works on.
    `outcome` (an id): of that one; `for_year`: for that year of a contract; `in_force` (a year): of contracts with a
    yearly rate that run in it. `held_at` (the id of an event): about the event itself or a consultation held there.
    `without` (a kind): of every other kind. `standing` may be several, with commas between. `after` (a time) and
    `cause`: of those recorded after it, and for this cause, where `late_entry` is whatever came first."""

    FILTERS: ClassVar[tuple[str, ...]] = (
        *("measure", "series", "kind", "currency", "standing", "basis", "stage", "rule", "outcome", "for_year"),
        *("event", "unit", "role", "bureau", "programme", "cohort", "after", "cause", "lead", "cooperating"),
        *("in_force", "held_at", "without"),
    )

    first: date | None
    last: date
    as_of: datetime
    filters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Traced:
    """`listed` are the entries, read as far as they are asked for. `shares`: the per cent of an outcome's entries that
    count, by outcome, where a share was asked for. `found` are the same entries, to be added up."""

    listed: Listing[EntryFigures]
    shares: Mapping[UUID, Decimal]
    found: QuerySet[LedgerEntry]

    @property
    def entries(self) -> Listing[LedgerEntry]:
        return self.listed.each(lambda one: one.entry)


@dataclass(frozen=True, slots=True)
class Added:
    """A sum of entries, by currency ("" for what is no money) and in its units; `krw` is the KRW value of all of them,
    None while a part has no rate. Of records there is neither series nor basis."""

    measure: str
    series: str
    basis: str
    totals: tuple[tuple[str, Decimal], ...]
    krw: Decimal | None


def trace(asked: Trace) -> Traced:
    """The entries behind a number, reversals included: their signed values, times their shares, add up to it. Raises
    ValueError, ValidationError: filters that mean nothing."""
    filters = dict(asked.filters)
    found = entries(asked.first, asked.last, asked.as_of)
    if rule := filters.pop("rule", ""):
        found = found.filter(counted_by(InclusiveRule(rule)))
    holders = [(holder, filters.pop(holder)) for holder in Holder if holder in filters]
    role = filters.pop("role", None)
    bureau = filters.pop("bureau", "")
    records = {name: filters.pop(name) for name in _OF_RECORDS if name in filters}
    found = _about_subject(_recorded(found, filters), filters, asked.as_of)
    if kind := filters.pop("without", ""):
        found = found.exclude(kind=OutcomeKind(kind))
    if "," in filters.get("standing", ""):
        found = found.filter(standing__in=filters.pop("standing").split(","))
    found = found.filter(**filters)
    kinds = [filters["kind"]] if "kind" in filters else EVERY_KIND
    index = by_class(asked.first, asked.last, kinds)
    found = _of_records(found, index, records, asked.as_of, kinds)
    shares: dict[UUID, Decimal] = {}
    for holder, holder_id in holders:
        wanted = {None if holder_id == "none" else UUID(holder_id)}
        shares = shares_of(found.filter(index), holder, wanted, asked.as_of, role)
        found = found.filter(outcome__in=shares)
    if bureau:
        below: set[UUID | None] = set(units_as_of(asked.as_of).below(UUID(bureau)))
        shares = shares_of(found.filter(index), Holder.UNIT, below, asked.as_of, role)
        found = found.filter(outcome__in=shares)
    return Traced(entry_figures(found, asked.as_of, index), shares, found)


def sums_behind(traced: Traced) -> tuple[Added, ...]:
    """What the entries add up to, each by its share: the number that they are behind. What cancelled itself is left
    out; of one number one is left."""
    by = ("measure", "series", "basis", "currency", *(("outcome_id",) if traced.shares else ()))
    totals: dict[tuple[str, str, str], dict[str, Decimal]] = {}
    krw: dict[tuple[str, str, str], Decimal | None] = {}
    for row in grouped(traced.found, *by):
        # However the records are told apart besides, each is one.
        is_count = row["measure"] == Measure.COUNT
        key = (row["measure"], "", "") if is_count else (row["measure"], row["series"], row["basis"])
        share = traced.shares[row["outcome_id"]] if traced.shares else WHOLE
        amounts, before = totals.setdefault(key, {}), krw.get(key, Decimal(0))
        amounts[row["currency"]] = amounts.get(row["currency"], Decimal(0)) + row["total"] * share / WHOLE
        known = None if row["without_rate"] or before is None else before + (row["krw"] or 0) * share / WHOLE
        krw[key] = known
    found = (Added(*key, tuple((c, n) for c, n in totals[key].items() if n), krw[key]) for key in totals)
    return tuple(one for one in found if one.totals)


def outcomes_behind(traced: Traced) -> int:
    """How many outcomes the entries that stand are about."""
    about = said_by(traced.found.filter(outcome__isnull=False), "outcome_id")
    return about.filter(standing_entries__gt=0).count()


def tells_of(traced: Traced, kept: Collection[UUID]) -> bool:
    """Whether amounts or jobs of one of these outcomes are among what the entries add up to."""
    among = Among("outcome_id", (pk.hex for pk in kept))
    return bool(kept) and traced.found.exclude(measure=Measure.COUNT).filter(among).exists()


def _of_records(
    found: QuerySet[LedgerEntry], index: Q, asked: Mapping[str, str], as_of: datetime, kinds: Iterable[str]
) -> QuerySet[LedgerEntry]:
    if asked.get("cohort"):
        found = found.filter(outcome__in=signed_in(asked["cohort"], as_of, kinds))
    if asked.get("programme"):
        found = found.filter(outcome__in=serving_as_of(found.filter(index), {UUID(asked["programme"])}, as_of))
    if "lead" in asked or "cooperating" in asked:
        among = working_together(found.filter(index), as_of)
        if "lead" in asked:
            lead = None if asked["lead"] == "none" else UUID(asked["lead"])
            among = {outcome: units for outcome, units in among.items() if units[0] == lead}
        if "cooperating" in asked:
            other = UUID(asked["cooperating"])
            among = {outcome: units for outcome, units in among.items() if other in units[1]}
        found = found.filter(outcome__in=among)
    return found


def _recorded(found: QuerySet[LedgerEntry], filters: dict[str, str]) -> QuerySet[LedgerEntry]:
    """Narrowed by when and why they were recorded; takes from `filters` what it narrows by."""
    if after := filters.pop("after", ""):
        found = found.filter(recorded_at__gt=parse_as_of(after))
    if (cause := filters.pop("cause", "")) == Cause.LATE_ENTRY:
        return found.filter(cause__in=(Cause.FIRST, Cause.LATE_ENTRY))
    return found.filter(cause=Cause(cause)) if cause else found


def _about_subject(found: QuerySet[LedgerEntry], filters: dict[str, str], as_of: datetime) -> QuerySet[LedgerEntry]:
    """Narrowed to contracts in force in a year, or to what was talked about at an event; takes that from `filters`."""
    if in_force := filters.pop("in_force", ""):
        found = found.filter(outcome__in=contracts_in_force(int(in_force), as_of))
    if talks := filters.pop("held_at", ""):
        found = found.filter(held_at(UUID(talks), as_of))
    return found


def signed_in(cohort: str, as_of: datetime, kinds: Iterable[str] = EVERY_KIND) -> set[UUID]:
    """The outcomes of these kinds that the ledger counts in that year, or quarter. Raises ValueError."""
    if cohort.isdecimal():
        first, last = date(int(cohort), 1, 1), date(int(cohort), 12, 31)
    else:
        quarter = Quarter.parse(cohort)
        first, last = quarter.first_day, quarter.last_day
    counted = classed(first, last, as_of, kinds).filter(measure=Measure.COUNT, outcome__isnull=False)
    return {outcome for outcome, stands in said_by(counted, "outcome_id") if stands}
