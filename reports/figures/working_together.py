"""A quarter's collaboration between units, whole: who works with whom, what is waited for, and the year before."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from crm.values.money import difference
from crm.values.periods import SEOUL, Quarter
from reports.figures.at_once import Wanted
from reports.figures.collaboration import (
    Collaboration,
    Span,
    asked_about,
    collaboration_in,
    days_between,
    spans_known,
)
from reports.figures.falling import every_unit

SLOWEST: Final = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """How many confirmed and provisional outcomes of the quarter `lead` leads (None: nobody) and `cooperating` works
    on. An outcome with two cooperating units is in two pairs."""

    lead: UUID | None
    lead_name: str
    cooperating: UUID
    cooperating_name: str
    outcomes: int


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request for concurrence. `days`, with their fractions, from asking to the answer, or to the override, or to
    the as-of time; `days_overdue` of one that waits past its day."""

    id: UUID
    outcome: UUID
    title: str
    lead: str
    unit: str
    asked_at: datetime
    due_on: date | None
    answer: str
    days: Decimal
    days_overdue: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure of collaboration in the quarter and a year before, unrounded, each with what it is of; per cent or
    days. `change` is now less before: percentage points, or days. None: nothing to divide."""

    measure: str
    now: Decimal | None
    of_now: int
    before: Decimal | None
    of_before: int
    change: Decimal | None


@dataclass(frozen=True, slots=True)
class WorkingTogether:
    """`compared` are the response rate, the mean days and the share across. `slowest` took longest to answer; `open`
    wait, the longest first; `overridden` were decided without an answer."""

    period: Quarter
    as_of: datetime
    found: Collaboration
    compared: tuple[Compared, ...]
    pairs: tuple[Pair, ...]
    slowest: tuple[RequestLine, ...]
    open: tuple[RequestLine, ...]
    overridden: tuple[RequestLine, ...]


def together_in(period: Quarter, as_of: datetime) -> WorkingTogether:
    """The requests asked and the outcomes dated in the quarter, as known at `as_of`."""
    days = period.first_day, period.last_day
    # No quarter begins or ends on a leap day.
    before_that = days[0].replace(year=days[0].year - 1), days[1].replace(year=days[1].year - 1)
    (span, earlier), (units, about) = spans_known([days, before_that], as_of, every_unit(), titles_of(*days))
    names = units.names
    found, before = collaboration_in(span, names, as_of), collaboration_in(earlier, names, as_of)
    lines = request_lines(span.requests, about, names, as_of)
    answered = [line for line in lines if line.answer]
    waiting = [line for line in lines if not line.answer and not line.reason]
    return WorkingTogether(
        period,
        as_of,
        found,
        _compared(found, before),
        _pairs(span, names),
        tuple(sorted(answered, key=lambda line: (-line.days, str(line.id)))[:SLOWEST]),
        tuple(sorted(waiting, key=lambda line: (line.asked_at, str(line.id)))),
        tuple(sorted((line for line in lines if line.reason), key=lambda line: (line.asked_at, str(line.id)))),
    )


def titles_of(first: date, last: date) -> Wanted:
    """The outcomes that were asked about on these days, for `request_lines`."""
    return asked_about(first, last, "title", "lead_unit_id")


def request_lines(
    rows: list[Any], outcomes: Mapping[UUID, Any], names: Mapping[UUID, str], as_of: datetime
) -> list[RequestLine]:
    """Of history rows of requests."""
    today = as_of.astimezone(SEOUL).date()
    lines = []
    for row in rows:
        about = outcomes[row.outcome_id]
        is_open = not row.answer and row.overridden_at is None
        is_late = is_open and row.due_on is not None and row.due_on < today
        lines.append(
            RequestLine(
                row.id,
                row.outcome_id,
                about.title,
                names.get(about.lead_unit_id, "") if about.lead_unit_id else "",
                names.get(row.org_unit_id, ""),
                row.created_at,
                row.due_on,
                row.answer,
                days_between(row.created_at, row.answered_at or row.overridden_at or as_of),
                (today - row.due_on).days if is_late else None,
                row.override_reason if row.overridden_at is not None else "",
            )
        )
    return lines


def _compared(found: Collaboration, before: Collaboration) -> tuple[Compared, ...]:
    def beside(measure: str, now: Decimal | None, of_now: int, then: Decimal | None, of_then: int) -> Compared:
        return Compared(measure, now, of_now, then, of_then, difference(now, then))

    one, other, here, there = found.answering, before.answering, found.crossing, before.crossing
    return (
        beside("response", one.response_percent, one.asked, other.response_percent, other.asked),
        beside("days", one.mean_days, one.answered, other.mean_days, other.answered),
        beside("across", here.percent, here.outcomes, there.percent, there.outcomes),
    )


def _pairs(span: Span, names: Mapping[UUID, str]) -> tuple[Pair, ...]:
    found = Counter(
        (lead, other) for outcome, lead in span.leads.items() for other in span.cooperating.get(outcome, set()) - {lead}
    )
    pairs = []
    for (led_by, other), number in found.items():
        lead, cooperating = UUID(led_by) if led_by else None, UUID(other)
        pairs.append(Pair(lead, names.get(lead, "") if lead else "", cooperating, names.get(cooperating, ""), number))
    return tuple(sorted(pairs, key=lambda p: (p.lead is None, p.lead_name, p.cooperating_name, str(p.cooperating))))
