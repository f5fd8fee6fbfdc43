"""Changing many outcomes at once, and undoing it at once: each by the action that changes one."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.actions.base import Caller, Conflict, Forbidden, action, hold, store
from crm.actions.outcomes import update_outcome
from crm.models import BulkChange, Outcome
from crm.permissions import may

COLUMNS = ("lead_unit", "event", "disclosure_level", "delay_reason", "next_steps")
MOST = 200


@action("outcome.update")
def change_many(
    caller: Caller,
    /,
    outcomes: Sequence[Outcome],
    column: str,
    value: Any,
    *,
    versions: Mapping[UUID, int],
    **kept: Any,
) -> BulkChange:
    """Gives every one of the outcomes this value, or none of them. `versions` are those that the caller saw; `kept` may
    name the change's id and reason.

    Raises Stale and Forbidden for the first that was changed meanwhile or is not the caller's to change;
    ValidationError: `column`, or what the change itself is refused for."""
    if column not in COLUMNS:
        raise ValidationError({"column": _("This cannot be changed for many at once.")})
    if not 0 < len(outcomes) <= MOST:
        raise ValidationError({"__all__": _("Choose from 1 to %(most)d outcomes.") % {"most": MOST}})
    lines = []
    for outcome in outcomes:
        before = _stored(outcome, column)
        _update(caller, outcome, versions.get(outcome.pk, 0), column, value)
        after = _stored(outcome, column)
        lines.append({"id": str(outcome.pk), "title": outcome.title, "before": before, "after": after})
    return store(BulkChange(), {**kept, "author": caller.account, "column": column, "lines": lines})


@action("outcome.update")
def undo_change(caller: Caller, /, change: BulkChange) -> BulkChange:
    """Gives every outcome back what it had. Raises Conflict where it was undone already, or naming the outcomes that
    say something else by now; Forbidden for somebody else's change."""
    if change.author_id != caller.account.pk:
        raise Forbidden("outcome.update")
    hold(change)
    if change.undone_at is not None:
        raise Conflict(_("This was undone already."))
    found = Outcome.objects.in_bulk([UUID(line["id"]) for line in change.lines])
    now = {line["id"]: _stored(found[UUID(line["id"])], change.column) for line in change.lines}
    if others := [line["title"] for line in change.lines if now[line["id"]] != line["after"]]:
        raise Conflict(_("Changed since: %(titles)s. Nothing was undone.") % {"titles": ", ".join(others[:5])})
    column = Outcome._meta.get_field(change.column)
    for line in change.lines:
        outcome = found[UUID(line["id"])]
        before: Any = line["before"]
        if column.is_relation:
            before = column.related_model.objects.get(pk=before) if before else None  # type: ignore[union-attr]
        if line["before"] != line["after"]:
            _update(caller, outcome, outcome.version, change.column, before)
    return store(change, {"undone_at": caller.now})


def _update(caller: Caller, outcome: Outcome, version: int, column: str, value: Any) -> None:
    # Of many the gate cannot ask: each is the caller's to change, or none is changed.
    if not may(caller.account, "outcome.update", outcome):
        raise Forbidden("outcome.update")
    update_outcome(caller, outcome, version=version, **{column: value})


def _stored(outcome: Outcome, column: str) -> str:
    field = Outcome._meta.get_field(column)
    value = getattr(outcome, field.attname)  # type: ignore[union-attr]
    return "" if value is None else str(value)
