"""What falls to each event and each unit: every outcome divided by its shares, so that nothing is counted twice."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import Attribution, Event, LedgerEntry, OrgUnit, Outcome
from crm.models.base import Record
from crm.values.measures import AttributionRole, Measure, Standing
from reports.figures.at_once import Wanted, at_once, many, parts
from reports.figures.classes import classed
from reports.figures.listing import Listing
from reports.figures.order import by_kind, by_series
from reports.figures.standing import Hex, history, record_as_of

WHOLE = Decimal(100)
_MEASURES = [measure.value for measure in (Measure.COUNT, Measure.JOBS, Measure.MONEY)]
_Figure = tuple[str, str, str, str, str]
"""Kind, series, measure, currency and basis."""
_Shares = dict[str, tuple[tuple[str | None, str, Decimal], ...]]
"""By the hexadecimal id of the outcome: holder, role and share in per cent."""
_NOTHING = Decimal(0)
_ROLES = ["", *(role.value for role in AttributionRole)]


class Holder(StrEnum):
    """What an outcome falls to."""

    EVENT = "event"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class ShareOf:
    """Per cent of one outcome that fall to one holder; `holder` None: to nobody. `role` "" where no share is stated:
    the whole falls to the outcome's event, or to its lead unit."""

    holder: UUID | None
    role: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class AttributedFigure:
    """One holder's part of one confirmed figure, exact and unrounded: records, heads or units of `currency`.

    Over all holders of one kind (events, or units) the parts of a figure add to the figure itself."""

    holder: UUID | None
    name: str
    role: str
    kind: str
    series: str
    measure: str
    currency: str
    basis: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Attributed:
    """The confirmed outcomes of the span, divided over events and, apart from that, over units."""

    first_day: date
    last_day: date
    events: Listing[AttributedFigure]
    units: Listing[AttributedFigure]


def attributed(first: date, last: date, as_of: datetime) -> Attributed:
    """The outcomes with a value date from `first` to `last`, both included, and their shares, as known at `as_of`."""
    found = classed(first, last, as_of).filter(standing=Standing.CONFIRMED, outcome__isnull=False)
    shares = _shared(*at_once(as_of, *shares_wanted(found.order_by().values("outcome_id"), as_of)))
    sums = _sums_of_each(found)
    return Attributed(
        first,
        last,
        _divided(sums, shares[Holder.EVENT], Event, as_of),
        _divided(sums, shares[Holder.UNIT], OrgUnit, as_of),
    )


def shares_as_of(holder: Holder, ids: QuerySet[Any], as_of: datetime) -> dict[UUID, tuple[ShareOf, ...]]:
    """The shares of the outcomes with these ids, by outcome; each outcome's add to 100."""
    return shares_in(at_once(as_of, *shares_wanted(ids, as_of)), holder)


def shares_wanted(ids: QuerySet[Any], as_of: datetime) -> tuple[Wanted, Wanted]:
    """The same, to be read with others, for `shares_in`."""
    own = many(Outcome, ids, "event_id", "lead_unit_id")
    return own, parts(Attribution, "outcome", ids, as_of, "event_id", "org_unit_id", "role", "share")


def shares_in(found: Sequence[Any], holder: Holder) -> dict[UUID, tuple[ShareOf, ...]]:
    """The shares of the outcomes of which `shares_wanted` found this."""
    return {
        UUID(outcome): tuple(ShareOf(UUID(one) if one else None, role, share) for one, role, share in theirs)
        for outcome, theirs in _shared(*found)[holder].items()
    }


def ever_fallen_to(holder: Holder, wanted: Set[UUID | None]) -> QuerySet[Any]:
    """The ids of all outcomes that ever fell to one of the holders (None: to nobody), at whatever time: at most these
    have a share to be looked for."""
    own, stated = _ever_fallen_to(holder, wanted)
    return own.union(stated, all=True)


def ever_fell_to(holder: Holder, wanted: Set[UUID | None]) -> Q:
    """The same of entries, for holders to whom most outcomes fall: the entries are read first. PostgreSQL takes a union
    of ids for few, and would look up the entries of every outcome."""
    own, stated = _ever_fallen_to(holder, wanted)
    return Q(outcome__in=own) | Q(outcome__in=stated)


def _ever_fallen_to(holder: Holder, wanted: Set[UUID | None]) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """By what they were themselves, and by what was stated of them."""
    usual, stated = ("event_id", "event_id") if holder == Holder.EVENT else ("lead_unit_id", "org_unit_id")
    some = [one for one in wanted if one is not None]
    theirs = Q(**{f"{usual}__in": some}) | (Q(**{f"{usual}__isnull": True}) if None in wanted else Q())
    own: QuerySet[Any] = history(Outcome).filter(theirs).values("id")
    return own, history(Attribution).filter(**{f"{stated}__in": some}).values("outcome_id")


def _shared(own: Mapping[str, tuple[Any, ...]], stated: Mapping[UUID, list[Any]]) -> dict[Holder, _Shares]:
    shares: dict[Holder, _Shares] = {Holder.EVENT: {}, Holder.UNIT: {}}
    for outcome, usual in own.items():
        shares[Holder.EVENT][outcome] = ((usual[0], "", WHOLE),)
        shares[Holder.UNIT][outcome] = ((usual[1], "", WHOLE),)
    for pk, divided in stated.items():
        for holder, name in ((Holder.EVENT, "event_id"), (Holder.UNIT, "org_unit_id")):
            said = [(one.hex, part.role, part.share) for part in divided if (one := getattr(part, name))]
            if said:
                shares[holder][pk.hex] = tuple(said)
    return shares


def _sums_of_each(found: QuerySet[LedgerEntry]) -> dict[tuple[str, _Figure], Decimal]:
    """What stands of each outcome, by figure. Added up here: nearly every entry is a sum of its own, and the database
    would sort them all to find out."""
    totals: dict[tuple[str, _Figure], Decimal] = {}
    standing: dict[tuple[str, _Figure], int] = {}
    columns = (Hex("outcome_id"), "kind", "series", "measure", "currency", "basis", "value", Hex("reverses_id"))
    for outcome, kind, series, measure, currency, basis, value, reverses in found.order_by().values_list(*columns):
        key = outcome, (kind, series, measure, currency, basis)
        totals[key] = totals.get(key, _NOTHING) + value
        standing[key] = standing.get(key, 0) + (1 if reverses is None else -1)
    return {key: total for key, total in totals.items() if standing[key]}


def _divided(
    sums: Mapping[tuple[str, _Figure], Decimal], shares: _Shares, model: type[Record], as_of: datetime
) -> Listing[AttributedFigure]:
    """In the order of the holders' names, what falls to nobody last."""
    totals: dict[str | None, dict[tuple[str, _Figure], Decimal]] = {}
    for (outcome, figure), total in sums.items():
        for holder, role, share in shares[outcome]:
            theirs = totals.setdefault(holder, {})
            part = total if share is WHOLE else total * share / WHOLE
            theirs[role, figure] = theirs.get((role, figure), _NOTHING) + part
    ids = {holder: UUID(holder) for holder in totals if holder}
    known = record_as_of(model, ids.values(), as_of, "name")
    names = {holder: str(known[pk].name) if pk in known else "" for holder, pk in ids.items()}
    places = {key: place for place, key in enumerate(sorted({k for t in totals.values() for k in t}, key=_place))}
    lines = [
        (ids[holder] if holder else None, names[holder] if holder else "", role, *figure, total)
        for holder in sorted(totals, key=lambda holder: (holder is None, names.get(holder or ""), holder))
        for (role, figure), total in sorted(totals[holder].items(), key=lambda item: places[item[0]])
    ]
    return Listing(lines, lambda some: [AttributedFigure(*line) for line in some])


def _place(key: tuple[str, _Figure]) -> tuple[Any, ...]:
    role, (kind, series, measure, currency, basis) = key
    return _ROLES.index(role), by_kind(kind), _MEASURES.index(measure), by_series(series), currency, basis


def together(figures: Listing[AttributedFigure]) -> tuple[AttributedFigure, ...]:
    """The parts put together again, over all holders: what the figure was before it was divided."""
    totals: dict[_Figure, Decimal] = {}
    for _holder, _name, _role, kind, series, measure, currency, basis, value in figures.keys:
        key = (kind, series, measure, currency, basis)
        totals[key] = totals.get(key, _NOTHING) + value
    ordered = sorted(totals.items(), key=lambda item: _place(("", item[0])))
    return tuple(AttributedFigure(None, "", "", *key, value) for key, value in ordered)
