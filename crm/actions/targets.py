"""Targets, and what an event cost."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.actions.base import Caller, action, check, expect_version, hold, store
from crm.models import EventCost, Target
from crm.models.base import Record
from crm.values.currencies import is_currency
from crm.values.measures import KIND_RULES, Measure, OutcomeKind

R = TypeVar("R", bound=Record)
_KEY = ("org_unit_id", "event_id", "programme_id", "year", "quarter", "measure", "series", "kind", "currency")


@action("target.set")
def set_target(caller: Caller, /, **fields: Any) -> Target:
    """Sets a target with the fields of Target. Raises ValidationError: the same one is set already, a kind that never
    has a value, a year with an event's target."""
    return _store_target(Target(), fields)


@action("target.set")
def change_target(caller: Caller, /, target: Target, *, version: int | None = None, **changes: Any) -> Target:
    expect_version(target, version)
    return _store_target(target, changes)


@action("target.set")
def remove_target(caller: Caller, /, target: Target, *, version: int | None = None) -> Target:
    """Takes the target out of every reading from now on; what was known earlier stays known."""
    return _archive(caller, target, version)


@action("target.set")
def restore_target(caller: Caller, /, target: Target) -> Target:
    """Sets a target again that was removed. Raises ValidationError where the same one was set meanwhile."""
    return _bring_back(target)


def _store_target(target: Target, fields: dict[str, Any]) -> Target:
    for name, value in fields.items():
        setattr(target, name, value)
    kind = target.kind and KIND_RULES.get(OutcomeKind(target.kind))
    if kind and not kind.has_value and target.measure != Measure.COUNT:
        raise ValidationError({"kind": _("Outcomes of this kind have no value: set a number of them.")})
    _check_currency(target.currency)
    target.key = "|".join("" if value is None else str(value) for value in (getattr(target, n) for n in _KEY))
    return store(target, fields)


@action("event.update")
def record_cost(caller: Caller, /, **fields: Any) -> EventCost:
    """Keeps one item of what an event cost, with the fields of EventCost."""
    return _store_cost(EventCost(), fields)


@action("event.update")
def change_cost(caller: Caller, /, cost: EventCost, *, version: int | None = None, **changes: Any) -> EventCost:
    expect_version(cost, version)
    return _store_cost(cost, changes)


@action("event.update")
def remove_cost(caller: Caller, /, cost: EventCost, *, version: int | None = None) -> EventCost:
    return _archive(caller, cost, version)


@action("event.update")
def restore_cost(caller: Caller, /, cost: EventCost) -> EventCost:
    """Brings back a cost that was removed."""
    return _bring_back(cost)


def _store_cost(cost: EventCost, fields: dict[str, Any]) -> EventCost:
    _check_currency(fields.get("currency", cost.currency))
    return store(cost, fields)


def _check_currency(currency: str) -> None:
    if currency and not is_currency(currency):
        raise ValidationError({"currency": _("This currency is not known. Use the ISO 4217 code, such as USD.")})


def _archive(caller: Caller, record: R, version: int | None) -> R:
    expect_version(record, version)
    hold(record)
    if record.archived_at is None:
        record.archived_at = caller.now
        record.save()
    return record


def _bring_back(record: R) -> R:
    hold(record)
    if record.archived_at is not None:
        record.archived_at = None
        check(record)
        record.save()
    return record
