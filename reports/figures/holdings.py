"""What falls to one unit with those below it, or to one programme: the figures of a quarter and of its year, by the
shares of the outcomes, as it was known at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import LedgerEntry, Programme
from crm.values.measures import Basis, Measure, OutcomeKind, Series, Standing
from crm.values.periods import Quarter
from crm.values.stages import Stage
from reports.figures.against_targets import Aimed, against_targets
from reports.figures.at_once import at_once, is_among
from reports.figures.attribution import WHOLE, Holder
from reports.figures.classes import classed
from reports.figures.collaboration import Answering, answering, not_taken_back, requests_asked
from reports.figures.falling import every_unit, served_by, serving_as_of, shares_of, units_as_of
from reports.figures.follow_up_status import FollowUpLine, open_lines
from reports.figures.fulfilment import Rate, rate_of
from reports.figures.listing import Listing
from reports.figures.order import by_kind, by_measure, by_series
from reports.figures.outcomes import OutcomeListing, outcomes_about
from reports.figures.slices import AskedYear
from reports.figures.standing import grouped, record_as_of
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
    tree, asked, about = at_once(as_of, every_unit(), requests_asked(*days, as_of), titles_of(*days))
    units = tree.below(unit) | {unit}

    def shares(found: QuerySet[LedgerEntry]) -> Mapping[UUID, Decimal]:
        return shares_of(found, Holder.UNIT, units, as_of)

    rows = [row for row in not_taken_back(asked) if row.org_unit_id in units]
    lines = sorted(request_lines(rows, about, tree.names, as_of), key=lambda line: (line.asked_at, str(line.id)))
    return Holding(
        "bureau",
        unit,
        tree.names.get(unit, ""),
        tuple(sorted(tree.names[one] for one in units - {unit})),
        period,
        as_of,
        follow_ups=open_lines(as_of, Q(org_unit__in=units), tree.names),
        requests=HeldRequests(answering(rows, as_of), tuple(lines)),
        **_held(unit, shares, period, as_of),
    )


def programme_holding(programme: UUID, period: Quarter, as_of: datetime) -> Holding:
    def shares(found: QuerySet[LedgerEntry]) -> Mapping[UUID, Decimal]:
        return dict.fromkeys(serving_as_of(found, {programme}, as_of), WHOLE)

    names = units_as_of(as_of).names
    return Holding(
        "programme",
        programme,
        record_as_of(Programme, [programme], as_of, "name")[programme].name,
        (),
        period,
        as_of,
        follow_ups=open_lines(as_of, Q(outcome__in=served_by(programme, as_of)), names),
        requests=None,
        **_held(programme, shares, period, as_of),
    )


def _held(holder: UUID, shares: Any, period: Quarter, as_of: datetime) -> dict[str, Any]:
    """`shares` gives the share of each of the outcomes of some entries."""
    first, last = period.year_first_day, period.last_day
    found = classed(first, last, as_of).filter(outcome__isnull=False)
    theirs = shares(found)
    rows = _of_each(found, theirs, *_BY, "value_quarter")
    rates, left_out = _fulfilled(shares, last, as_of)
    return {
        "quarter": _span(period.first_day, last, [r for r in rows if r["value_quarter"] == period.serial], theirs),
        "year_to_date": _span(first, last, rows, theirs),
        "targets": against_targets(AskedYear(period.year, last, as_of), period.number, holder),
        "rates": rates,
        "left_out": left_out,
        "outcomes": outcomes_about(found.filter(is_among("outcome_id", theirs)), as_of, [pk.hex for pk in theirs]),
        "shares": theirs,
    }


def _of_each(found: QuerySet[LedgerEntry], shares: Mapping[UUID, Decimal], *by: str) -> list[dict[str, Any]]:
    """What stands of each of the outcomes, by groups."""
    if not shares:
        return []
    rows = grouped(found.filter(is_among("outcome_id", shares)), "outcome_id", *by, in_order=False)
    return [row for row in rows if row["standing_entries"]]


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


def _fulfilled(shares: Any, cut_off: date, as_of: datetime) -> tuple[tuple[Rate, ...], int]:
    """By the rules of `fulfilment`, each outcome by its share."""
    mous = classed(None, cut_off, as_of, [OutcomeKind.INVESTMENT_MOU])
    found = mous.filter(standing=Standing.CONFIRMED, outcome__isnull=False)
    theirs = shares(found)
    totals: dict[tuple[str, str], Decimal] = {}
    left_out = 0
    for row in _of_each(found, theirs, "measure", "series", "basis", "stage"):
        left_out += _left_out(row)
        for key in _counting(row):
            amount = row["krw"] if row["measure"] == Measure.MONEY else row["total"]
            totals[key] = totals.get(key, Decimal(0)) + amount * theirs[row["outcome_id"]] / WHOLE
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
