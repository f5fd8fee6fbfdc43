"""What is still to be done about an event and its outcomes, and whose answer is missing: as known at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from reports.figures.event_rows import EventRows, OutcomeRows


@dataclass(frozen=True, slots=True)
class Task:
    """One open follow-up. `unit` "" and not `is_taken`: nobody has it. `about` are the records that it is about, of
    which a reader may be shown less."""

    title: str
    unit: str
    is_taken: bool
    cooperating: tuple[str, ...]
    due_on: date | None
    outcome: UUID | None
    about: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class OpenConcurrence:
    """A mandatory request that nobody has answered or overridden."""

    outcome: UUID
    unit: str
    asked_on: datetime
    due_on: date | None


def open_tasks(rows: EventRows, theirs: OutcomeRows) -> tuple[Task, ...]:
    """The open follow-ups of the event, of the directives given there and of its outcomes, the next due first."""
    holders, names = theirs.holders, rows.names

    def unit_of(row: Any) -> UUID | None:
        taken = holders.get(row.assignee_id)
        own: UUID | None = row.org_unit_id
        return own or (taken.org_unit_id if taken else None)

    found = [
        Task(
            row.title,
            names.get(unit, "") if (unit := unit_of(row)) else "",
            row.assignee_id is not None or row.org_unit_id is not None,
            theirs.cooperating.get(row.outcome_id, ()),
            row.due_on,
            row.outcome_id,
            tuple(one for one in (row.outcome_id, row.demonstration_id) if one),
        )
        for row in theirs.follow_ups
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.max, one.title)))


def open_concurrences(rows: EventRows, theirs: OutcomeRows) -> tuple[OpenConcurrence, ...]:
    """The longest asked first."""
    found = [
        OpenConcurrence(outcome, rows.names[row.org_unit_id], row.created_at, row.due_on)
        for outcome, requests in theirs.requests.items()
        for row in requests
        if row.mandatory and not row.answer and row.overridden_at is None
    ]
    return tuple(sorted(found, key=lambda one: (one.asked_on, one.unit, str(one.outcome))))
