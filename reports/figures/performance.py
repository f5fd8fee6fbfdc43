"""The performance of one event: what was set out, reached and left open, as a pure function of ledger and time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Q

from crm.values.measures import Measure, OutcomeKind
from crm.values.money import format_rate
from reports.figures.entries import EntryFigures, RatesSaid, listed, rates_among
from reports.figures.event_chain import Followed, Pitch, chain_from, pitches_among, what_followed
from reports.figures.event_plans import OpenConcurrence, Task, open_concurrences, open_tasks
from reports.figures.event_record import EventRecord, event_record, event_year_before
from reports.figures.event_rows import EventRows, OutcomeRows, event_rows, held_there, only, outcome_rows, talks_of
from reports.figures.event_shares import EventShares, entries_of, event_shares, held_by
from reports.figures.listing import Listing
from reports.figures.order import by_kind, by_measure, by_series
from reports.figures.outcomes import VALUED, OutcomeFigures, OutcomeListing, figures_of, head_said, heads_of, talk_name
from reports.figures.read_once import Said, added_up, dated_by, live, read_once
from reports.figures.targets import Cost, Part, achievement, costs_of, event_shares_in, event_shares_wanted

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
    """Everything that the report of the event tells, in three statements: the event and what may fall to it; those
    outcomes, and what falls to its edition of the year before; the entries about both. Reads only."""
    rows, shared = event_rows(event, as_of, *event_shares_wanted(event, as_of))
    shares, edition = event_shares_in(shared, event), event_year_before(rows)
    chain = chain_from([*(row.id for row in rows.pitches), *shares], as_of)
    wanted = () if edition is None else (*event_shares_wanted(edition[0], as_of), talks_of(edition[0]))
    may_be_theirs, others = outcome_rows(shares, rows, as_of, *chain, *wanted)
    then = _Falling.of_edition(edition[0], others[len(chain) :]) if edition else None
    entries = _read(now := _Falling(event, shares, rows.talks), then, as_of)
    own = [one for one in entries if now.has(one)]
    found, parts = event_shares(shares, own, as_of)
    about = [one for one in own if one.outcome_id is not None]
    before, earlier = None, None
    if edition and then:
        shares_before, earlier = event_shares(then.shares, [one for one in entries if then.has(one)], as_of)
        before = YearBefore(*edition, shares_before)
    outcomes = _outcomes(about, may_be_theirs)
    ids = [head.id for head in outcomes.heads]
    theirs = only(may_be_theirs, ids, rows)
    return Performance(
        as_of=as_of,
        record=event_record(rows, theirs, as_of),
        shares=found,
        before=before,
        results=_results(rows.targets, parts, earlier),
        costs=costs_of(rows.costs),
        outcomes=outcomes,
        details=_details(about, shares, ids, theirs),
        pitches=pitches_among(rows),
        followed=what_followed([row.id for row in rows.pitches], ids, others[: len(chain)]),
        concurrences=open_concurrences(rows, theirs),
        tasks=open_tasks(rows, theirs),
        entries=listed([UUID(one.id) for one in own], as_of, _names(rows, theirs)),
        rates=rates_among(
            (one.outcome, one.currency, one.fx_date, one.fx_rate, one.fx_per, one.fx_source)
            for one in own
            if one.fx_rate is not None
        ),
    )


@dataclass(frozen=True, slots=True)
class _Falling:
    """An event, the shares of the outcomes that fall to it, and the consultations held there."""

    event: UUID
    shares: Mapping[UUID, Decimal]
    talks: Sequence[Any]

    @classmethod
    def of_edition(cls, event: UUID, found: Sequence[Any]) -> "_Falling":
        *shares, talks = found
        return cls(event, event_shares_in(shares, event), held_there(event, talks))

    def has(self, one: Said) -> bool:
        """Whether the entry is among `entries_of` the event."""
        if one.outcome_id is not None:
            return one.outcome_id in self.shares
        return one.subject == self.event.hex or one.subject in {row.id.hex for row in self.talks}


def _read(now: _Falling, then: _Falling | None, as_of: datetime) -> list[Said]:
    """The entries behind the numbers of either."""
    both = (now,) if then is None else (now, then)
    held = Q()
    for one in both:
        held |= held_by(one.event, one.talks)
    return read_once(entries_of({pk: share for one in both for pk, share in one.shares.items()}, held, as_of))


def _outcomes(about: Sequence[Said], rows: OutcomeRows) -> OutcomeListing:
    """Those of which something stands, all at hand."""
    written: Mapping[UUID, Any] = rows.on_record[0]
    known = {pk.hex: head_said(row) for pk, row in written.items()}
    heads = heads_of(known, dated_by(about))
    told = figures_of(heads, rows.on_record, sorted(added_up(about, *VALUED), key=itemgetter(*VALUED)))
    by_id = {one.id: one for one in told}
    return OutcomeListing(heads, lambda some: [by_id[head.id] for head in some])


def _names(rows: EventRows, theirs: OutcomeRows) -> dict[UUID, str]:
    """What the entries are about, as far as it is at hand: all that is on record."""
    written: Mapping[UUID, Any] = theirs.on_record[0]
    names = {pk: row.title for pk, row in written.items()} | {rows.event.id: rows.event.name}
    return names | {talk.id: talk_name(talk, rows.organisations) for talk in rows.talks}


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
    about: Sequence[Said], shares: Mapping[UUID, Decimal], ids: list[UUID], theirs: OutcomeRows
) -> dict[UUID, Detail]:
    said: dict[UUID | None, list[str]] = {}
    told = [one for one in live(about) if one.as_reported and one.derived_from is None]
    for one in sorted(told, key=lambda one: (one.value_date, one.id)):
        if one.as_reported not in said.setdefault(one.outcome_id, []):
            said[one.outcome_id].append(one.as_reported)
    written = theirs.on_record[0]
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
