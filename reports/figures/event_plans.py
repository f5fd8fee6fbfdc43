"""What is still to be done about an event and its outcomes, and whose answer is missing: as known at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from crm.models import Account, Concurrence, CooperatingUnit, Directive, FollowUp
from crm.values.measures import FollowUpStatus
from reports.figures.standing import parts_as_of, record_as_of


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


def open_tasks(event: UUID, outcomes: Sequence[UUID], names: Mapping[UUID, str], as_of: datetime) -> tuple[Task, ...]:
    """The open follow-ups of the event, of the directives given there and of its outcomes, the next due first.
    `names` of the units."""
    rows = _open_follow_ups(event, outcomes, as_of)
    holders = record_as_of(Account, [row.assignee_id for row in rows], as_of, "org_unit_id")

    def unit_of(row: Any) -> UUID | None:
        taken = holders.get(row.assignee_id)
        own: UUID | None = row.org_unit_id
        return own or (taken.org_unit_id if taken else None)

    about = {row.outcome_id for row in rows if row.outcome_id}
    cooperating = cooperating_units(about, names, as_of) if about else {}
    found = [
        Task(
            row.title,
            names.get(unit, "") if (unit := unit_of(row)) else "",
            row.assignee_id is not None or row.org_unit_id is not None,
            cooperating.get(row.outcome_id, ()),
            row.due_on,
            row.outcome_id,
            tuple(one for one in (row.outcome_id, row.demonstration_id) if one),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.max, one.title)))


def cooperating_units(
    outcomes: Iterable[UUID], names: Mapping[UUID, str], as_of: datetime
) -> dict[UUID, tuple[str, ...]]:
    """The names of the cooperating units, by outcome."""
    parts = parts_as_of(CooperatingUnit, "outcome", outcomes, as_of, "org_unit_id")
    return {outcome: tuple(names[row.org_unit_id] for row in rows) for outcome, rows in parts.items()}


def open_concurrences(
    outcomes: Sequence[UUID], names: Mapping[UUID, str], as_of: datetime
) -> tuple[OpenConcurrence, ...]:
    """The longest asked first."""
    columns = ("org_unit_id", "mandatory", "answer", "overridden_at", "due_on")
    asked = parts_as_of(Concurrence, "outcome", outcomes, as_of, *columns)
    rows = [
        (outcome, row)
        for outcome, requests in asked.items()
        for row in requests
        if row.mandatory and not row.answer and row.overridden_at is None
    ]
    found = [OpenConcurrence(outcome, names[row.org_unit_id], row.created_at, row.due_on) for outcome, row in rows]
    return tuple(sorted(found, key=lambda one: (one.asked_on, one.unit, str(one.outcome))))


def _open_follow_ups(event: UUID, outcomes: Sequence[UUID], as_of: datetime) -> list[Any]:
    columns = ("title", "status", "due_on", "assignee_id", "org_unit_id", "outcome_id", "demonstration_id")
    directives = [row.id for row in parts_as_of(Directive, "event", [event], as_of, "id").get(event, [])]
    found: dict[UUID, Any] = {}
    for parent, ids in (("event", [event]), ("directive", directives), ("outcome", list(outcomes))):
        if not ids:
            continue
        for rows in parts_as_of(FollowUp, parent, ids, as_of, *columns).values():
            found |= {row.id: row for row in rows if row.status == FollowUpStatus.OPEN}
    return list(found.values())
