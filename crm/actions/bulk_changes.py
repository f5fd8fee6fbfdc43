"""Changing many records at once, and undoing it at once: each by the action that changes one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Final, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.actions.base import Caller, Conflict, Forbidden, action, hold, store
from crm.actions.events import update_event, update_participation
from crm.actions.follow_ups import update_follow_up
from crm.actions.organisations import update_organisation
from crm.actions.outcomes import update_outcome
from crm.models import Account, BulkChange, Event, FollowUp, Organisation, Outcome, Participation, Record
from crm.permissions import may
from crm.queries.visibility import remember_cooperation, units_of

MOST = 200
# Of those that stand in the way so many are named.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Changeable:
    """What of one kind of record can be given to many at once, and by which action. `beside` is read with each to say
    what it is called and whose it is."""

    verb: str
    update: Callable[..., Record]
    columns: tuple[str, ...]
    beside: tuple[str, ...] = ()


CHANGEABLE: Final[Mapping[type[Record], Changeable]] = {
    Outcome: Changeable(
        "outcome.update", update_outcome, ("lead_unit", "event", "disclosure_level", "delay_reason", "next_steps")
    ),
    Organisation: Changeable("organisation.update", update_organisation, ("country", "region", "sector")),
    Event: Changeable("event.update", update_event, ("kind", "country", "city", "lead_unit", "pavilion")),
    FollowUp: Changeable(
        "follow_up.update", update_follow_up, ("due_on", "assignee", "org_unit"), ("outcome", "demonstration")
    ),
    Participation: Changeable(
        "participation.update",
        update_participation,
        ("event", "pavilion", "from_region", "supported_by_city", "support_source"),
        ("organisation",),
    ),
}
_MODELS: Final = {model.feed_type: model for model in CHANGEABLE}


def model_of(change: BulkChange) -> type[Record]:
    return _MODELS[change.subject]


def column_of(model: type[Record], name: str) -> "Field[Any, Any]":
    return cast("Field[Any, Any]", model._meta.get_field(name))


@action("bulk.change")
def change_many(
    caller: Caller,
    /,
    records: Sequence[Record],
    column: str,
    value: Any,
    *,
    versions: Mapping[UUID, int],
    **kept: Any,
) -> BulkChange:
    """Gives every one of the records, all of one kind, this value, or none of them. `versions` are those that the
    caller saw; `kept` may name the change's id and reason.

    Raises Conflict naming those that were changed meanwhile, Forbidden for the first that is not the caller's to
    change, Stale for one that is changed at this very moment; ValidationError: `column`, or what the change itself is
    refused for."""
    if not 0 < len(records) <= MOST:
        raise ValidationError({"__all__": _("Choose from 1 to %(most)d records.") % {"most": MOST}})
    model = type(records[0])
    if model not in CHANGEABLE or column not in CHANGEABLE[model].columns:
        raise ValidationError({"column": _("This cannot be changed for many at once.")})
    _check_unchanged(records, versions)
    lines = []
    for record in records:
        before = _stored(record, column)
        _update(caller, record, versions.get(record.pk, 0), column, value)
        after = _stored(record, column)
        lines.append({"id": str(record.pk), "title": str(record), "before": before, "after": after})
    told = {"author": caller.account, "subject": model.feed_type, "column": column, "lines": lines}
    return store(BulkChange(), {**kept, **told})


@action("bulk.change")
def undo_change(caller: Caller, /, change: BulkChange, *, leaves_changed: bool = False) -> BulkChange:
    """Gives every record back what it had, or with `leaves_changed` those that can be given it; the others' lines say
    that they were `left`. Raises Conflict where it was undone already, or naming the records that were changed since;
    Forbidden for somebody else's change, and where what stands in the way are records that are no longer the
    caller's."""
    if change.author_id != caller.account.pk:
        raise Forbidden("bulk.change")
    hold(change)
    if change.undone_at is not None:
        raise Conflict(_("This was undone already."))
    model, changed = model_of(change), changed_lines(change)
    ids = [UUID(line["id"]) for line in change.lines]
    found: Mapping[UUID, Record] = model._base_manager.select_related(*CHANGEABLE[model].beside).in_bulk(ids)
    in_the_way = standing_in_the_way(caller.account, change, found)
    if in_the_way and not (leaves_changed and len(in_the_way) < len(changed)):
        _refuse_changed(line for line in changed if in_the_way.get(line["id"]))
        raise Forbidden(CHANGEABLE[model].verb)
    for line in changed:
        if line["id"] not in in_the_way:
            record, value = found[UUID(line["id"])], stored_value(model, change.column, line["before"])
            CHANGEABLE[model].update(caller, record, version=record.version, **{change.column: value})
    lines = [{**line, "left": True} if line["id"] in in_the_way else line for line in change.lines]
    return store(change, {"undone_at": caller.now, "lines": lines})


def standing_in_the_way(account: Account, change: BulkChange, found: Mapping[UUID, Record]) -> dict[str, bool]:
    """The ids of the records that cannot be given back what they had, with whether they were changed since: else they
    are not the account's, neither as they are nor as they were. Who gave a record away may take it back. `found` are
    the records by id, with what is `beside` them."""
    remember_whose(account, found.values())
    verb, in_the_way = CHANGEABLE[model_of(change)].verb, dict[str, bool]()
    for line in changed_lines(change):
        record = found[UUID(line["id"])]
        is_else, is_own = _stored(record, change.column) != line["after"], may(account, verb, record)
        # What has gone to others is taken back from them only as it was given: what they have made of it since is
        # theirs.
        is_worked_on = not is_own and record.updated_at > change.created_at
        was_own = is_own or may(account, verb, _as_before(record, change.column, line["before"]))
        if is_else or is_worked_on or not was_own:
            in_the_way[line["id"]] = is_else or (was_own and is_worked_on)
    return in_the_way


def may_undo(account: Account, change: BulkChange) -> bool:
    return change.undone_at is None and change.author_id == account.pk and may(account, "bulk.change")


def remember_whose(account: Account, records: Iterable[Record]) -> None:
    """Asks for all of them at once what it takes to say whether they are the account's to change."""
    about = (record.outcome if isinstance(record, FollowUp) else record for record in records)
    remember_cooperation(units_of(account), [one for one in about if isinstance(one, Outcome)])


def changed_lines(change: BulkChange) -> list[dict[str, str]]:
    """Those that say something else than before."""
    return [line for line in change.lines if line["before"] != line["after"]]


def _refuse_changed(lines: Iterable[Mapping[str, str]]) -> None:
    if titles := [line["title"] for line in lines]:
        raise Conflict(_("Changed since: %(titles)s. Nothing was undone.") % {"titles": ", ".join(titles[:NAMED])})


def _as_before(record: Record, column: str, text: str) -> Record:
    """A copy that is only asked whose it is: the record as it stands, but for what the column held."""
    field, was = column_of(type(record), column), copy(record)
    setattr(was, cast(Any, field).attname, None if text == "" and field.null else field.to_python(text))
    return was


def stored_value(model: type[Record], column: str, text: str) -> Any:
    """What a line's `before` or `after` stands for: a record, a value, or nothing."""
    field = column_of(model, column)
    if text == "":
        return None if field.null else ""
    if field.is_relation:
        return cast(Any, field.related_model)._base_manager.get(pk=text)
    return field.to_python(text)


def _update(caller: Caller, record: Record, version: int, column: str, value: Any) -> None:
    # Of many the gate cannot ask: each is the caller's to change, or none is changed.
    changeable = CHANGEABLE[type(record)]
    if not may(caller.account, changeable.verb, record):
        raise Forbidden(changeable.verb)
    changeable.update(caller, record, version=version, **{column: value})


def _check_unchanged(records: Sequence[Record], versions: Mapping[UUID, int]) -> None:
    """Raises Conflict with the first of them: a sheet may show two hundred."""
    if others := [str(record) for record in records if record.version != versions.get(record.pk, 0)]:
        told = {"titles": ", ".join(others[:NAMED]), "n": len(others)}
        said = ngettext(
            "%(n)d record was changed meanwhile: %(titles)s. Nothing of yours was saved yet.",
            "%(n)d records were changed meanwhile, such as: %(titles)s. Nothing of yours was saved yet.",
            len(others),
        )
        raise Conflict(said % told)


def _stored(record: Record, column: str) -> str:
    value = getattr(record, cast(Any, column_of(type(record), column)).attname)
    return "" if value is None else str(value)
