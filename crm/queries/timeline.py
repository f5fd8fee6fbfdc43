"""What changed on a record and its parts: field by field, who, when, from what to what, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from django.db import models
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from crm.models import (
    Account,
    Demonstration,
    Document,
    Event,
    FollowUp,
    Judge,
    Organisation,
    OrgUnit,
    Outcome,
    PitchCriterion,
    PitchEntry,
    Programme,
    Record,
)

_OWN = {"id", "version", "created_at", "updated_at", "key", "initials", "phone_as_typed", "sha256", "media_type"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """`field` is the column that changed; values are stored values, of foreign keys the text of the record."""

    field: Any
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One writing of a record or of one of its parts. `is_first`: it was recorded then."""

    at: datetime
    entered_at: datetime
    actor: str
    reason: str
    model: type[Record]
    part: str
    is_first: bool
    fields: tuple[FieldChange, ...]


def changes_of(record: Record, parts: Sequence[tuple[type[Record], str]] = ()) -> list[Change]:
    """All changes, the latest first. `parts` are models with the name of their foreign key to the record."""
    histories = [(type(record), "", _rows(type(record), id=record.pk))]
    histories += [(model, key, _rows(model, **{f"{key}_id": record.pk})) for model, key in parts]
    names = _Names([(key, row) for _m, key, rows in histories for row in rows])
    found = [change for model, key, rows in histories for change in _changes(model, key, rows, names)]
    return sorted(found, key=attrgetter("at", "entered_at"), reverse=True)


def _rows(model: type[Record], **which: Any) -> list[Any]:
    return list(model.history.filter(**which).order_by("history_date", "history_id"))


def as_it_was(record: Record, version: int) -> Any:
    """The row of the history that made this version of the record; None where there is none."""
    rows = type(record).history.filter(id=record.pk, version=version)
    return rows.order_by("history_date", "history_id").last()


def parts_as_of(model: type[Record], record: Record, at: datetime) -> list[Any]:
    """The rows of the history that tell which parts of this kind the record had then, in the order they were made."""
    rows = model.history.filter(**{model.part_of: record.pk}, history_date__lte=at)
    last = {row.id: row for row in rows.order_by("history_date", "history_id")}
    return [row for row in last.values() if row.archived_at is None]


# What str() makes of the record.
_CALLED: Final[dict[type[models.Model], Any]] = {
    Account: Coalesce(NullIf("name", Value("")), "username"),
    **dict.fromkeys((Event, Judge, Organisation, OrgUnit, PitchCriterion, Programme), F("name")),
    **dict.fromkeys((Demonstration, Document, FollowUp, Outcome, PitchEntry), F("title")),
}


def _called(wanted: Mapping[type[models.Model], Iterable[Any]]) -> QuerySet[Any]:
    """(model's name, id, text) of the records: one query for all the models."""
    first, *others = (
        model._base_manager.filter(pk__in=ids)
        .order_by()
        .values_list(Value(model.__name__, output_field=CharField()), "pk", _CALLED[model])
        for model, ids in wanted.items()
    )
    return first.union(*others, all=True)


class _Names:
    """The texts of the records that history rows point to, read together where a column of theirs is the text."""

    def __init__(self, rows: Iterable[tuple[str, Any]]) -> None:
        wanted: dict[type[models.Model], set[Any]] = {Account: set()}
        for key, row in rows:
            wanted[Account].add(row.history_user_id)
            for field in row._meta.concrete_fields:
                # Of a part, the record itself is not named.
                if (
                    field.is_relation
                    and field.name != key
                    and field.related_model is not None
                    and getattr(row, field.attname)
                ):
                    wanted.setdefault(field.related_model, set()).add(getattr(row, field.attname))
        called = {model: ids for model, ids in wanted.items() if model in _CALLED}
        self.texts: dict[Any, dict[Any, str]] = {model: {} for model in called}
        for model in wanted.keys() - called.keys():
            self.texts[model] = {r.pk: str(r) for r in model._base_manager.filter(pk__in=wanted[model])}
        by_name = {model.__name__: model for model in called}
        for name, pk, text in _called(called):
            self.texts[by_name[name]][pk] = text

    def of(self, field: Any, value: Any) -> Any:
        return self.texts[field.related_model].get(value, value) if field.is_relation and value else value

    def account(self, pk: Any) -> str:
        return self.texts[Account].get(pk, "")


def _changes(model: type[Record], key: str, rows: list[Any], names: _Names) -> Iterable[Change]:
    columns = [f for f in model._meta.concrete_fields if f.name not in _OWN | {key, *model.kept_out_of_history}]
    before: dict[Any, Any] = {}
    for row in rows:
        old = before.get(row.id)
        changed = tuple(
            FieldChange(f, names.of(f, getattr(old, f.attname) if old else None), names.of(f, getattr(row, f.attname)))
            for f in columns
            if old is None or getattr(old, f.attname) != getattr(row, f.attname)
        )
        before[row.id] = row
        if changed:
            yield Change(
                at=row.history_date,
                entered_at=row.entered_at,
                actor=names.account(row.history_user_id),
                reason=row.history_change_reason or "",
                model=model,
                part=key and _part_text(model, key, row, names),
                is_first=old is None,
                fields=changed,
            )


def _part_text(model: type[Record], key: str, row: Any, names: _Names) -> str:
    """What a part is called: the record it ties to, with its role."""
    ties = [f for f in model._meta.concrete_fields if f.is_relation and f.name != key]
    texts = [str(names.of(f, getattr(row, f.attname))) for f in ties if getattr(row, f.attname)]
    role = next((f for f in model._meta.concrete_fields if f.name == "role"), None)
    if role is not None:
        texts.append(f"({dict(role.flatchoices).get(row.role, row.role)})")
    name = next((f.name for f in model._meta.concrete_fields if f.name in ("name", "value", "status")), None)
    return " ".join(texts) or (str(getattr(row, name)) if name else "")
