"""The performance of one event: what was set out, reached and left open, as a pure function of ledger and time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import LedgerEntry
from crm.values.measures import Measure, OutcomeKind
from crm.values.money import format_rate
from reports.figures.at_once import is_among
from reports.figures.entries import EntryFigures, RatesSaid, entry_figures, rates_said
from reports.figures.event_chain import Followed, Pitch, pitches_among, what_followed
from reports.figures.event_plans import OpenConcurrence, Task, open_concurrences, open_tasks
from reports.figures.event_record import EventRecord, event_record, event_year_before
from reports.figures.event_rows import OutcomeRows, event_rows, outcome_rows
from reports.figures.event_shares import EventShares, entries_of, event_shares, held_at
from reports.figures.listing import Listing
from reports.figures.order import by_kind, by_measure, by_series
from reports.figures.outcomes import OutcomeFigures, OutcomeListing, outcomes_about
from reports.figures.standing import Hex, standing
from reports.figures.targets import Cost, Part, achievement, costs_of

_Line = tuple[str, str, str, str]
"""Measure, series, kind and currency: what one line of results is of."""


@dataclass(frozen=True, slots=True)
class Result:
    """One target, or one confirmed figure for which none was set, in records, heads or units of `currency`. `target`
    None: none was set; `actual`, `before` None: not known. `percent` and `change` are unrounded per cent; None where
    there is nothing to divide by."""

    measure: str
    series: str
    kind: str
    currency: str
    target: Decimal | None
    actual: Decimal | None
    percent: Decimal | None
    before: Decimal | None
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class Detail:
    """What is written of one outcome beside its figures. `share`: the per cent of it that falls to the event."""

    share: Decimal
    as_reported: tuple[str, ...]
    content: str
    place: str
    cooperating: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearBefore:
    """The edition of the year before, and what falls to it."""

    id: UUID
    name: str
    shares: EventShares


@dataclass(frozen=True, slots=True)
class Performance:
    """One event as known at `as_of`. `outcomes` are all that fall to it, of which `details` tells more by id."""

    as_of: datetime
    record: EventRecord
    shares: EventShares
    before: YearBefore | None
    results: tuple[Result, ...]
    costs: tuple[Cost, ...]
    outcomes: OutcomeListing
    details: Mapping[UUID, Detail]
    pitches: tuple[Pitch, ...]
    followed: tuple[Followed, ...]
    concurrences: tuple[OpenConcurrence, ...]
    tasks: tuple[Task, ...]
    entries: Listing[EntryFigures]
    rates: RatesSaid

    def of_kinds(self) -> tuple[OutcomeFigures, ...]:
        """The outcomes in the order of their kinds."""
        return tuple(sorted(self.outcomes, key=lambda one: by_kind(one.kind)))


def performance(event: UUID, as_of: datetime) -> Performance:
    """Everything that the report of the event tells. Reads only."""
    held, rows = held_at(event, as_of), event_rows(event, as_of)
    shares, parts = event_shares(event, as_of, held)
    about = _about(shares.shares, as_of)
    outcomes = outcomes_about(about, as_of, [pk.hex for pk in shares.shares]).at_hand()
    ids = [head.id for head in outcomes.heads]
    theirs = outcome_rows(ids, rows, as_of)
    record = event_record(rows, theirs, as_of)
    edition = event_year_before(record, as_of)
    before, earlier = None, None
    if edition:
        shares_before, earlier = event_shares(edition[0], as_of, held_at(edition[0], as_of))
        before = YearBefore(*edition, shares_before)
    found = entries_of(shares.shares, held, as_of)
    return Performance(
        as_of=as_of,
        record=record,
        shares=shares,
        before=before,
        results=_results(rows.targets, parts, earlier),
        costs=costs_of(rows.costs),
        outcomes=outcomes,
        details=_details(about, shares.shares, ids, theirs, as_of),
        pitches=pitches_among(rows),
        followed=what_followed([row.id for row in rows.pitches], ids, as_of),
        concurrences=open_concurrences(rows, theirs),
        tasks=open_tasks(rows, theirs),
        entries=entry_figures(found, as_of, Q()),
        rates=rates_said(found),
    )


def _about(shares: Mapping[UUID, Decimal], as_of: datetime) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(is_among("outcome_id", shares), recorded_at__lte=as_of)


def _results(targets: list[Any], parts: list[Part], earlier: list[Part] | None) -> tuple[Result, ...]:
    """The targets of the event, then what was reached without one: each beside the edition of the year before."""
    set_out = {(row.measure, row.series, row.kind, row.currency) for row in targets}
    reached = {_line(part) for part in (*parts, *(earlier or ()))} - set_out
    free = sorted((line for line in reached if line[2] != OutcomeKind.PROMISE), key=_place)
    found = [_against(row, parts, earlier) for row in sorted(targets, key=lambda row: _place(_line(row)))]
    return (*found, *(_reached(line, parts, earlier) for line in free))


def _against(target: Any, parts: list[Part], earlier: list[Part] | None) -> Result:
    reached = achievement(target, parts)
    before = None if earlier is None else achievement(target, earlier).actual
    change = _change(reached.actual, before)
    return Result(*_line(target), reached.target, reached.actual, reached.percent, before, change)


def _reached(line: _Line, parts: list[Part], earlier: list[Part] | None) -> Result:
    actual = _sum_of(line, parts)
    before = None if earlier is None else _sum_of(line, earlier)
    return Result(*line, None, actual, None, before, _change(actual, before))


def _sum_of(line: _Line, parts: Iterable[Part]) -> Decimal | None:
    values = [part.value for part in parts if _line(part) == line]
    if values:
        return sum(values, Decimal(0))
    return Decimal(0) if line[0] == Measure.COUNT else None


def _change(actual: Decimal | None, before: Decimal | None) -> Decimal | None:
    return format_rate(actual - before, before) if actual is not None and before else None


def _line(of: Any) -> _Line:
    return of.measure, of.series, of.kind, of.currency


def _place(line: _Line) -> tuple[Any, ...]:
    measure, series, kind, currency = line
    return by_kind(kind), by_measure(measure), by_series(series), currency


def _details(
    about: QuerySet[LedgerEntry],
    shares: Mapping[UUID, Decimal],
    ids: list[UUID],
    theirs: OutcomeRows,
    as_of: datetime,
) -> dict[UUID, Detail]:
    said: dict[UUID, list[str]] = {}
    told = standing(about.exclude(as_reported=""), as_of).exclude(derived_from__isnull=False).order_by()
    # Put in order here: the database would rather read the whole ledger in that order.
    for _day, _id, outcome, text in sorted(told.values_list("value_date", Hex("id"), "outcome_id", "as_reported")):
        if outcome is not None and text not in said.setdefault(outcome, []):
            said[outcome].append(text)
    written = theirs.written
    return {
        pk: Detail(
            shares[pk],
            tuple(said.get(pk, ())),
            written[pk].content,
            written[pk].signed_at_place,
            theirs.cooperating.get(pk, ()),
        )
        for pk in ids
    }
