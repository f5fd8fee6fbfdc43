"""What falls to each event and each unit: every outcome divided by its shares, so that nothing is counted twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from crm.models import Attribution, Event, LedgerEntry, OrgUnit, Outcome
from crm.models.base import Record
from crm.values.measures import AttributionRole, Measure, OutcomeKind, Series, Standing
from reports.figures.standing import entries, parts_as_of, record_as_of, sums

WHOLE = Decimal(100)
_KINDS = [kind.value for kind in OutcomeKind]
_SERIES = [series.value for series in Series]
_MEASURES = [measure.value for measure in (Measure.COUNT, Measure.JOBS, Measure.MONEY)]
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
    events: tuple[AttributedFigure, ...]
    units: tuple[AttributedFigure, ...]


def attributed(first: date, last: date, as_of: datetime) -> Attributed:
    """The outcomes with a value date from `first` to `last`, both included, and their shares, as known at `as_of`."""
    found = entries(first, last, as_of).filter(standing=Standing.CONFIRMED, outcome__isnull=False)
    ids = set(found.values_list("outcome_id", flat=True))
    return Attributed(
        first,
        last,
        _divided(found, shares_as_of(Holder.EVENT, ids, as_of), Event, as_of),
        _divided(found, shares_as_of(Holder.UNIT, ids, as_of), OrgUnit, as_of),
    )


def shares_as_of(holder: Holder, ids: Iterable[UUID], as_of: datetime) -> dict[UUID, tuple[ShareOf, ...]]:
    """The shares of the outcomes with these ids, by outcome; each outcome's add to 100."""
    wanted = list(ids)
    stated = parts_as_of(Attribution, "outcome", wanted, as_of)
    known = record_as_of(Outcome, wanted, as_of)
    return {pk: _shares(holder, known.get(pk), stated.get(pk, [])) for pk in wanted}


def _shares(holder: Holder, outcome: Any, rows: Iterable[Any]) -> tuple[ShareOf, ...]:
    name = "event_id" if holder == Holder.EVENT else "org_unit_id"
    stated = tuple(ShareOf(getattr(row, name), row.role, row.share) for row in rows if getattr(row, name))
    if stated:
        return stated
    usual = outcome and (outcome.event_id if holder == Holder.EVENT else outcome.lead_unit_id)
    return (ShareOf(usual, "", WHOLE),)


def _divided(
    found: QuerySet[LedgerEntry], shares: Mapping[UUID, tuple[ShareOf, ...]], model: type[Record], as_of: datetime
) -> tuple[AttributedFigure, ...]:
    totals: dict[tuple[UUID | None, str, str, str, str, str, str], Decimal] = {}
    for measure in _MEASURES:
        for row in sums(found, Measure(measure), "outcome_id", "kind", "series", "currency", "basis"):
            for part in shares[row["outcome_id"]]:
                key = (part.holder, part.role, row["kind"], row["series"], measure, row["currency"], row["basis"])
                totals[key] = totals.get(key, Decimal(0)) + row["total"] * part.share / WHOLE
    names = {pk: str(row.name) for pk, row in record_as_of(model, (key[0] for key in totals), as_of).items()}
    figures = [
        AttributedFigure(key[0], names.get(key[0], "") if key[0] else "", *key[1:], value)
        for key, value in totals.items()
    ]
    return tuple(sorted(figures, key=_order))


def _order(figure: AttributedFigure) -> tuple[Any, ...]:
    return (
        figure.holder is None,
        figure.name,
        str(figure.holder),
        _ROLES.index(figure.role),
        _KINDS.index(figure.kind),
        _MEASURES.index(figure.measure),
        _SERIES.index(figure.series),
        figure.currency,
        figure.basis,
    )


def together(figures: Iterable[AttributedFigure]) -> tuple[AttributedFigure, ...]:
    """The parts put together again, over all holders: what the figure was before it was divided."""
    totals: dict[tuple[str, str, str, str, str], Decimal] = {}
    for figure in figures:
        key = (figure.kind, figure.series, figure.measure, figure.currency, figure.basis)
        totals[key] = totals.get(key, Decimal(0)) + figure.value
    return tuple(sorted((AttributedFigure(None, "", "", *key, value) for key, value in totals.items()), key=_order))
