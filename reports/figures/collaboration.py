"""Collaboration between departments: how they answer, how fast, and how much is done across departments.

Read from history, so that a report of the past says what was known then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import IntegerField, Q, QuerySet, Value

from crm.models import Concurrence, CooperatingUnit, LedgerEntry, Outcome
from crm.values.measures import Measure, Standing
from crm.values.money import format_rate
from crm.values.periods import SEOUL, start_of_day
from reports.figures.at_once import Wanted, at_once, last_of, many, parts, records
from reports.figures.classes import classed
from reports.figures.falling import every_unit
from reports.figures.standing import Hex, said_by

_DAY = Decimal(86400)


@dataclass(frozen=True, slots=True)
class Answering:
    """The requests that were asked in the span, but for those taken back unanswered. `response_percent` is answered /
    asked, unrounded; `mean_days` the mean of the days, with their fractions, from asking to the answer that stands,
    unrounded. Both are None where there is nothing to divide. `overdue` are open past their day."""

    asked: int
    answered: int
    overdue: int
    overridden: int
    response_percent: Decimal | None
    mean_days: Decimal | None


@dataclass(frozen=True, slots=True)
class Crossing:
    """The outcomes of the span, confirmed and provisional; `across` have at least one cooperating unit that does not
    lead them. `percent` is across / outcomes, unrounded; None where there is none."""

    outcomes: int
    across: int
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class UnitCollaboration:
    """One unit: what it was asked and answered, and the outcomes that it leads. `unit` None: led by nobody."""

    unit: UUID | None
    name: str
    answering: Answering
    crossing: Crossing


@dataclass(frozen=True, slots=True)
class Collaboration:
    """The span's first and last day; all departments together, and each by its name as known at the as-of time."""

    first_day: date
    last_day: date
    answering: Answering
    crossing: Crossing
    units: tuple[UnitCollaboration, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """What is read of a span: the `requests` asked in it, as history rows; of each of its outcomes the unit that
    `leads` it, None for nobody, and the `cooperating` units, all by their hexadecimal ids."""

    first_day: date
    last_day: date
    requests: list[Any]
    leads: Mapping[str, str | None]
    cooperating: Mapping[str, set[str]]

    def across(self) -> set[str]:
        return {pk for pk, units in self.cooperating.items() if pk in self.leads and units - {self.leads[pk]}}


def collaboration(first: date, last: date, as_of: datetime) -> Collaboration:
    """The requests asked and the outcomes dated from `first` to `last`, both included, as known at `as_of`."""
    (span,), (units,) = spans_known([(first, last)], as_of, every_unit())
    return collaboration_in(span, units.names, as_of)


def collaboration_in(span: Span, names: Mapping[UUID, str], as_of: datetime) -> Collaboration:
    """The same of what was read."""
    requests, across = span.requests, span.across()
    led: dict[UUID | None, list[str]] = {row.org_unit_id: [] for row in requests}
    for outcome, lead in span.leads.items():
        led.setdefault(UUID(lead) if lead else None, []).append(outcome)
    found = [
        UnitCollaboration(
            unit,
            names.get(unit, "") if unit else "",
            answering([row for row in requests if row.org_unit_id == unit] if unit else [], as_of),
            _crossing(outcomes, across),
        )
        for unit, outcomes in led.items()
    ]
    ordered = tuple(sorted(found, key=lambda f: (f.unit is None, f.name, str(f.unit))))
    whole = answering(requests, as_of), _crossing(span.leads, across)
    return Collaboration(span.first_day, span.last_day, *whole, ordered)


def spans_known(days: Sequence[tuple[date, date]], as_of: datetime, *others: Wanted) -> tuple[list[Span], list[Any]]:
    """Each of the spans, from its first day to its last, as known at `as_of`; and what is read of others with them."""
    counted = [counted_outcomes(*span, as_of) for span in days]
    ids = _in_one([found.order_by().values("outcome_id") for found in counted])
    requests = [requests_asked(*span, as_of) for span in days]
    cooperating = parts(CooperatingUnit, "outcome", ids, as_of, "org_unit_id")
    led, with_units, *found = at_once(as_of, many(Outcome, ids, "lead_unit_id"), cooperating, *requests, *others)
    units = {pk.hex: {row.org_unit_id.hex for row in rows} for pk, rows in with_units.items()}
    leads: list[dict[str, str | None]] = [{} for _span in days]
    said = [said_by(of, Value(place, IntegerField()), Hex("outcome_id")) for place, of in enumerate(counted)]
    for place, pk, stands in _in_one(said):
        if stands and pk in led:
            leads[place][pk] = led[pk][0]
    spans = [Span(*span, not_taken_back(found[place]), leads[place], units) for place, span in enumerate(days)]
    return spans, found[len(days) :]


def _in_one(found: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    return found[0].union(*found[1:], all=True) if found[1:] else found[0]


def requests_asked(first: date, last: date, as_of: datetime) -> Wanted:
    """All that were asked from `first` to `last`, as they were known."""
    names = (
        *("outcome_id", "org_unit_id", "created_at", "archived_at", "due_on", "answer", "answered_at"),
        *("overridden_at", "override_reason"),
    )
    return last_of(Concurrence, Q(id__in=_requests(first, last).values("pk")), as_of, *names)


def _requests(first: date, last: date) -> QuerySet[Concurrence]:
    begins, ends = start_of_day(first), start_of_day(last + timedelta(days=1))
    return Concurrence.objects.filter(created_at__gte=begins, created_at__lt=ends).order_by()


def asked_about(first: date, last: date, *names: str) -> Wanted:
    """The outcomes that were asked about on these days."""
    return records(Outcome, _requests(first, last).values("outcome_id"), *names)


def not_taken_back(rows: list[Any]) -> list[Any]:
    """The requests but for those taken back unanswered."""
    return [row for row in rows if row.archived_at is None or row.answer or row.overridden_at]


def answering(rows: Iterable[Any], as_of: datetime) -> Answering:
    """Of history rows of requests."""
    rows, today = list(rows), as_of.astimezone(SEOUL).date()
    answered = [row for row in rows if row.answer]
    waits = [row for row in rows if not row.answer and row.overridden_at is None]
    days = [days_between(row.created_at, row.answered_at) for row in answered]
    return Answering(
        asked=len(rows),
        answered=len(answered),
        overdue=sum(row.due_on is not None and row.due_on < today for row in waits),
        overridden=sum(row.overridden_at is not None for row in rows),
        response_percent=format_rate(Decimal(len(answered)), Decimal(len(rows))) if rows else None,
        mean_days=sum(days, Decimal(0)) / len(days) if days else None,
    )


def days_between(asked: datetime, answered: datetime) -> Decimal:
    taken = answered - asked
    seconds = Decimal(taken.days * 86400 + taken.seconds) + Decimal(taken.microseconds) / 1_000_000
    return seconds / _DAY


def counted_outcomes(first: date, last: date, as_of: datetime) -> QuerySet[LedgerEntry]:
    """What counts the outcomes of the span."""
    return classed(first, last, as_of).filter(
        measure=Measure.COUNT, outcome__isnull=False, standing__in=(Standing.CONFIRMED, Standing.PROVISIONAL)
    )


def _crossing(outcomes: Iterable[str], across: set[str]) -> Crossing:
    ids = set(outcomes)
    crossed = len(ids & across)
    share = format_rate(Decimal(crossed), Decimal(len(ids))) if ids else None
    return Crossing(len(ids), crossed, share)
