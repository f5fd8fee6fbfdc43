"""Asking departments to concur, for the actions that name them: nothing here is an action."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from crm.actions import notifying
from crm.actions.base import store
from crm.actions.settling import ANSWER_WITHIN
from crm.models import Concurrence, OrgUnit, Outcome
from crm.models.base import current_work
from crm.queries.concurrence import concurrences_of
from crm.queries.content import content_of, contents_of, hash_of


def is_asked(outcome: Outcome, units: Iterable[OrgUnit]) -> bool:
    """Whether naming these cooperating units asks any of them: not for history that is being loaded, and not for
    invented records."""
    work = current_work()
    if work.is_backfill or outcome.is_synthetic:
        return False
    today = timezone.localdate(work.recorded_at)
    return any(_heir(unit, today).pk != lead_of(outcome, today) for unit in units)


def ask_units(outcome: Outcome, units: Iterable[OrgUnit]) -> None:
    """Asks the cooperating units that are newly named, but for the lead unit. Whoever calls it settles the outcome
    after."""
    units = list(units)
    if is_asked(outcome, units):
        asked = {c.org_unit_id for c in concurrences_of(outcome)}
        for heir in _to_be_asked(outcome, units, asked):
            notifying.asked(ask(outcome, heir, content_of(outcome)))


def ask_about_new(outcome: Outcome, units: Iterable[OrgUnit]) -> None:
    """Asks the cooperating units of an outcome that is only just being recorded: nobody was asked about it yet, and
    nothing was approved, so that it stands as it should."""
    units = list(units)
    if not is_asked(outcome, units):
        return
    together: _Together | None = current_work().asked_later
    heirs = _to_be_asked(outcome, units, set())
    if together is None:
        content = content_of(outcome)
        for heir in heirs:
            notifying.asked(ask(outcome, heir, content))
    else:
        together.waiting += [(outcome, heir) for heir in heirs]


@dataclass(slots=True)
class _Together:
    """`waiting` are the departments that are to be asked, `heirs` the units that carry others' work, by those."""

    waiting: list[tuple[Outcome, OrgUnit]] = field(default_factory=list)
    heirs: dict[UUID, OrgUnit] = field(default_factory=dict)


@contextmanager
def asked_together() -> Iterator[None]:
    """What is recorded within the block is put before the departments at its end: what all of it says is read at once,
    and who works in a department once for all that it is asked."""
    work, together = current_work(), _Together()
    work.asked_later = together
    try:
        yield
    finally:
        work.asked_later = None
    if together.waiting:
        contents = contents_of([outcome for outcome, _unit in together.waiting])
        notifying.all_asked([ask(outcome, unit, contents[outcome.pk]) for outcome, unit in together.waiting])


def _to_be_asked(outcome: Outcome, units: Iterable[OrgUnit], asked: set[UUID]) -> list[OrgUnit]:
    """Who carries the units' work, each once, but for who was asked before and for the lead unit."""
    today = timezone.localdate(current_work().recorded_at)
    heirs = {heir.pk: heir for heir in (_heir(unit, today) for unit in units)}
    return [heir for pk, heir in heirs.items() if pk not in asked | {lead_of(outcome, today)}]


def _heir(unit: OrgUnit, today: date) -> OrgUnit:
    """Who carries the unit's work. A block that asks together records outcomes, and leaves units as they are."""
    together: _Together | None = current_work().asked_later
    if together is None:
        return unit.current(today)
    if unit.pk not in together.heirs:
        together.heirs[unit.pk] = unit.current(today)
    return together.heirs[unit.pk]


def ask(
    outcome: Outcome, unit: OrgUnit, content: dict[str, Any], *, due_on: date | None = None, **more: Any
) -> Concurrence:
    work = current_work()
    asked = {
        "outcome": outcome,
        "org_unit": unit,
        "due_on": due_on or timezone.localdate(work.recorded_at) + ANSWER_WITHIN,
        "content": content,
        "content_hash": hash_of(content),
        "asked_by": work.actor,
        **more,
    }
    return store(Concurrence(), asked)


def lead_of(outcome: Outcome, today: date) -> UUID | None:
    return _heir(outcome.lead_unit, today).pk if outcome.lead_unit else None
