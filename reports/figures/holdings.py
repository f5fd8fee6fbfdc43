"""What falls to one unit with those below it, or to one programme: the figures of a quarter and of its year, by the
shares of the outcomes, as it was known at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any, Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import FollowUp, LedgerEntry, Outcome, OutcomeProgramme, Programme
from crm.values.measures import Basis, FollowUpStatus, Measure, OutcomeKind, Series, Standing
from crm.values.periods import Quarter
from crm.values.stages import Stage
from reports.figures.against_targets import Aimed, against_those, counting, set_for, targets_of
from reports.figures.at_once import Wanted, at_once, is_among, parts, records
from reports.figures.attribution import WHOLE, Holder, ever_fallen_to, shares_in, shares_wanted
from reports.figures.collaboration import Answering, answering, not_taken_back, requests_asked
from reports.figures.falling import every_unit
from reports.figures.follow_up_status import FollowUpLine, FollowUpRow, told_of
from reports.figures.fulfilment import Rate, rate_of
from reports.figures.listing import A_PAGE, Listing
from reports.figures.open_follow_ups import first_of, follow_ups_of, open_among
from reports.figures.order import by_kind, by_measure, by_series
from reports.figures.outcomes import (
    HEAD_READ,
    VALUED,
    AtHand,
    OutcomeHead,
    OutcomeListing,
    head_said,
    heads_of,
    listing_of,
    on_record_of,
)
from reports.figures.read_once import Said, added_up, dated_by, read_once, sums_of
from reports.figures.slices import AskedYear
from reports.figures.standing import history
from reports.figures.working_together import RequestLine, request_lines, titles_of

Scope = Literal["bureau", "programme"]
"""As the filters of a trace are named: a unit with those below it, or a programme."""
_STANDINGS = [standing.value for standing in (Standing.CONFIRMED, Standing.PROVISIONAL, Standing.UNCONFIRMED)]
_BASES = [basis.value for basis in (Basis.TOTAL, Basis.ANNUAL, Basis.UNSTATED)]
_Key = tuple[str, str, str, str, str, str]
_BY = ("measure", "kind", "series", "standing", "currency", "basis")


@dataclass(frozen=True, slots=True)
class Held:
    """What falls to the holder of one figure: records, heads or units of `currency`, by its shares and unrounded."""

    measure: str
    kind: str
    series: str
    standing: str
    currency: str
    basis: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class HeldSpan:
    first_day: date
    last_day: date
    figures: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class HeldRequests:
    """The requests of the quarter to the unit and those below it."""

    answering: Answering
    lines: tuple[RequestLine, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """`below` are the names of the units below a unit. `rates` are the fulfilment of the confirmed investment MOUs
    signed up to the end of the quarter, by shares (count, money in KRW, jobs); `left_out` money entries are in no rate.
    `outcomes` are those of the year to date, each with its share in per cent in `shares`. `requests`: of a unit."""

    scope: Scope
    id: UUID
    name: str
    below: tuple[str, ...]
    period: Quarter
    as_of: datetime
    quarter: HeldSpan
    year_to_date: HeldSpan
    targets: tuple[Aimed, ...]
    rates: tuple[Rate, ...]
    left_out: int
    follow_ups: Listing[FollowUpLine]
    requests: HeldRequests | None
    outcomes: OutcomeListing
    shares: Mapping[UUID, Decimal]


def unit_holding(unit: UUID, period: Quarter, as_of: datetime) -> Holding:
    days = period.first_day, period.last_day
    tree, asked, about, targets = at_once(
        as_of, every_unit(), requests_asked(*days, as_of), titles_of(*days), targets_of(unit, as_of)
    )
    units = tree.below(unit)

    def shares(found: Sequence[Any]) -> dict[UUID, list[Decimal]]:
        fallen = shares_in(found, Holder.UNIT)
        theirs = {pk: [part.share for part in parts if part.holder in units] for pk, parts in fallen.items()}
        return {pk: those for pk, those in theirs.items() if those}

    falling = _Falling(
        unit,
        tree.names,
        ever_fallen_to(Holder.UNIT, units),
        lambda ids: shares_wanted(ids, as_of),
        shares,
        history(FollowUp).filter(org_unit__in=units),
        lambda row, _shares: row.unit is not None and UUID(row.unit) in units,
    )
    rows = [row for row in not_taken_back(asked) if row.org_unit_id in units]
    lines = sorted(request_lines(rows, about, tree.names, as_of), key=lambda line: (line.asked_at, str(line.id)))
    return Holding(
        "bureau",
        unit,
        tree.names.get(unit, ""),
        tuple(sorted(tree.names[one] for one in units - {unit})),
        period,
        as_of,
        requests=HeldRequests(answering(rows, as_of), tuple(lines)),
        **_held(falling, targets, period, as_of),
    )


def programme_holding(programme: UUID, period: Quarter, as_of: datetime) -> Holding:
    tree, own, targets = at_once(
        as_of, every_unit(), records(Programme, [programme], "name"), targets_of(programme, as_of)
    )
    name = own[programme].name
    ever = history(OutcomeProgramme).filter(programme_id=programme).values("outcome_id")

    def shares(found: Sequence[Any]) -> dict[UUID, list[Decimal]]:
        return {pk: [WHOLE] for pk, rows in found[0].items() if programme in {row.programme_id for row in rows}}

    falling = _Falling(
        programme,
        {**tree.names, programme: name},
        ever,
        lambda _ids: (parts(OutcomeProgramme, "outcome", ever, as_of, "programme_id"),),
        shares,
        history(FollowUp).filter(outcome__in=ever),
        lambda row, shares: row.outcome is not None and UUID(row.outcome) in shares,
    )
    return Holding(
        "programme", programme, name, (), period, as_of, requests=None, **_held(falling, targets, period, as_of)
    )


@dataclass(frozen=True, slots=True)
class _Falling:
    """What falls to a unit or a programme: the outcomes that `ever` fell to it; what is `wanted` of such outcomes to
    tell their `shares`, one or more of each outcome; rows of the history of the `follow_ups` that may be its own, and
    whether one of them `is_its`."""

    holder: UUID
    names: Mapping[UUID, str]
    ever: QuerySet[Any]
    wanted: Callable[[QuerySet[Any]], tuple[Wanted, ...]]
    shares: Callable[[Sequence[Any]], dict[UUID, list[Decimal]]]
    follow_ups: QuerySet[Any]
    is_its: Callable[[FollowUpRow, Mapping[UUID, Any]], bool]


def _held(falling: _Falling, ever_set: list[Any], period: Quarter, as_of: datetime) -> dict[str, Any]:
    """In three statements: what falls to it and what is written of that; the entries about it; what else is told of
    the outcomes and the follow-ups that are shown first."""
    first, last = period.year_first_day, period.last_day
    asked = AskedYear(period.year, last, as_of)
    targets = set_for(ever_set, falling.holder, period.year, period.number)
    known = LedgerEntry.objects.filter(recorded_at__lte=as_of, outcome__isnull=False)
    # Told by their days alone: they are found by their outcomes, which are few, and not among all that the ledger has.
    of_year = Q(value_date__gte=first, value_date__lte=last)
    of_mous = Q(kind=OutcomeKind.INVESTMENT_MOU, value_date__lte=last, standing=Standing.CONFIRMED)
    counting_to = counting(targets, asked) if targets else Q()
    found = known.filter(of_year | of_mous | counting_to if targets else of_year | of_mous)
    ids = found.filter(outcome__in=falling.ever).order_by().values("outcome_id")
    wanted = falling.wanted(ids)
    heads_of_year = known.filter(of_year, outcome__in=falling.ever).order_by().values("outcome_id")
    *fallen, written, planned = at_once(
        as_of, *wanted, records(Outcome, heads_of_year, *HEAD_READ), follow_ups_of(falling.follow_ups, as_of)
    )
    parts_of_each = falling.shares(fallen)
    entries = read_once(found.filter(is_among("outcome_id", parts_of_each)))
    year = [one for one in entries if first <= one.value_date]
    in_year = {one.outcome_id for one in year}
    shares = {pk: sum(those, Decimal(0)) for pk, those in parts_of_each.items()}
    theirs = {pk: share for pk, share in shares.items() if pk in in_year}
    heads = heads_of({pk.hex: head_said(row) for pk, row in written.items()}, dated_by(year))
    follow_ups = [row for row in planned if row.status == FollowUpStatus.OPEN and falling.is_its(row, parts_of_each)]
    at_hand, told = _first_of(heads, year, follow_ups, as_of)
    rows = sums_of(year, "outcome_id", *_BY, "value_quarter")
    rates, left_out = _fulfilled(_mous(entries), shares)
    return {
        "quarter": _span(period.first_day, last, [r for r in rows if r["value_quarter"] == period.serial], theirs),
        "year_to_date": _span(first, last, rows, theirs),
        "targets": against_those(targets, asked, entries, parts_of_each, falling.names.get(falling.holder, "")),
        "rates": rates,
        "left_out": left_out,
        "follow_ups": open_among(follow_ups, falling.names, as_of, told),
        "outcomes": listing_of(heads, known.filter(of_year, is_among("outcome_id", theirs)), as_of, at_hand),
        "shares": theirs,
    }


def _first_of(
    heads: Sequence[OutcomeHead], entries: Iterable[Said], follow_ups: Sequence[FollowUpRow], as_of: datetime
) -> tuple[AtHand, Sequence[Any]]:
    """What is told of the outcomes and of the follow-ups that a page shows at first."""
    ids = {head.id for head in heads[:A_PAGE]}
    about = {UUID(row.outcome) for row in first_of(follow_ups) if row.outcome}
    led, cooperating, *on_record = at_once(as_of, *told_of(about, as_of), *on_record_of(ids, as_of))
    rows = sorted(added_up((one for one in entries if one.outcome_id in ids), *VALUED), key=itemgetter(*VALUED))
    return AtHand(ids, on_record, rows), (led, cooperating)


def _mous(entries: Iterable[Said]) -> list[Said]:
    """Those about confirmed investment MOUs."""
    return [one for one in entries if (one.kind, one.standing) == (OutcomeKind.INVESTMENT_MOU, Standing.CONFIRMED)]


def _span(first: date, last: date, rows: Iterable[dict[str, Any]], shares: Mapping[UUID, Decimal]) -> HeldSpan:
    totals: dict[_Key, Decimal] = {}
    for row in rows:
        measure, kind, series, standing, currency, basis = (row[name] for name in _BY)
        key = (measure, kind, series, standing, currency, basis)
        totals[key] = totals.get(key, Decimal(0)) + row["total"] * shares[row["outcome_id"]] / WHOLE
    return HeldSpan(first, last, tuple(Held(*key, totals[key]) for key in sorted(totals, key=_place)))


def _place(key: _Key) -> tuple[Any, ...]:
    measure, kind, series, standing, currency, basis = key
    return (
        *(by_measure(measure), by_kind(kind), by_series(series), _STANDINGS.index(standing)),
        *(currency, _BASES.index(basis) if basis in _BASES else -1),
    )


def _fulfilled(mous: Iterable[Said], shares: Mapping[UUID, Decimal]) -> tuple[tuple[Rate, ...], int]:
    """By the rules of `fulfilment`, each outcome by its share."""
    totals: dict[tuple[str, str], Decimal] = {}
    left_out = 0
    for row in sums_of(mous, "outcome_id", "measure", "series", "basis", "stage"):
        left_out += _left_out(row)
        for key in _counting(row):
            amount = row["krw"] if row["measure"] == Measure.MONEY else row["total"]
            totals[key] = totals.get(key, Decimal(0)) + amount * shares[row["outcome_id"]] / WHOLE
    rates = [
        rate_of(measure, totals.get((measure, Series.REALISED)), totals.get((measure, Series.ANNOUNCED)))
        for measure in (Measure.MONEY, Measure.JOBS)
    ]
    signed = totals.get((Measure.COUNT, "all"))
    invested = totals.get((Measure.COUNT, Stage.INVESTED), Decimal(0)) if signed is not None else None
    return (rate_of(Measure.COUNT, invested, signed), *rates), left_out


def _counting(row: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """To which sums of the rates this adds."""
    if row["measure"] == Measure.COUNT:
        yield Measure.COUNT, "all"
        if row["stage"] == Stage.INVESTED:
            yield Measure.COUNT, Stage.INVESTED
    elif row["measure"] == Measure.JOBS or _has_total_in_won(row):
        yield row["measure"], row["series"]


def _has_total_in_won(row: dict[str, Any]) -> bool:
    return row["basis"] == Basis.TOTAL and row["krw"] is not None and row["standing_entries"] != row["without_rate"]


def _left_out(row: dict[str, Any]) -> int:
    if row["measure"] != Measure.MONEY:
        return 0
    unknown = row["without_rate"] if row["basis"] == Basis.TOTAL else row["standing_entries"]
    return int(unknown - row["derived_entries"])
