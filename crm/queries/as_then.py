"""Whether outcomes say again what they said at a time, whatever was said in between."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.apps import apps

from crm.models import LedgerEntry, Outcome, Record

# Told by the writing of a record, not by who reads it.
_OWN: Final = frozenset({"version", "created_at", "updated_at"})
_FIGURE: Final = (
    *("measure", "series", "value", "currency", "basis", "approximate", "as_reported", "for_year"),
    *("value_date", "date_basis", "source", "evidence_id", "evidence_grade", "kind", "standing", "stage"),
)


def as_they_were(ids: Collection[UUID], then: datetime) -> set[UUID]:
    """Those of the outcomes whose fields, parts and standing figures are now what they were then, be it by other
    entries. One query for each kind of part, however many they are."""
    was, now = {pk: Counter[Any]() for pk in ids}, {pk: Counter[Any]() for pk in ids}
    kinds: tuple[type[Record], ...] = (Outcome, *_parts())
    for kind in kinds:
        for outcome, values_then, values_now in _versions(kind, ids, then):
            was[outcome].update([] if values_then is None else [(kind, values_then)])
            now[outcome].update([] if values_now is None else [(kind, values_now)])
    entries = LedgerEntry.objects.filter(outcome__in=ids, reverses=None)
    for outcome, is_derived, posted, reversed_at, *figure in entries.values_list(
        "outcome_id", "derived_from", "recorded_at", "reversed_by__recorded_at", *_FIGURE
    ):
        told = (is_derived is not None, *figure)
        if posted <= then and (reversed_at is None or reversed_at > then):
            was[outcome].update([told])
        if reversed_at is None:
            now[outcome].update([told])
    return {pk for pk in ids if was[pk] == now[pk]}


def _parts() -> Iterator[type[Record]]:
    for model in apps.get_app_config("crm").get_models():
        if issubclass(model, Record) and model.part_of == "outcome":
            yield model


def _versions(
    kind: type[Record], ids: Collection[UUID], then: datetime
) -> Iterator[tuple[UUID, tuple[Any, ...] | None, tuple[Any, ...] | None]]:
    """Of each record: the outcome, what it said then and what it says now; None where it was not there or put away. An
    outcome that is put away says something: that it is."""
    is_part = kind is not Outcome
    key = "outcome_id" if is_part else "id"
    names = [f.attname for f in kind._meta.concrete_fields if f.name not in {*_OWN, *kind.kept_out_of_history}]
    columns = [name for name in names if not (is_part and name in ("id", "outcome_id", "archived_at"))]
    rows = kind.history.filter(**{f"{key}__in": list(ids)}).order_by("history_date", "history_id")
    was: dict[UUID, tuple[Any, ...] | None] = {}
    now: dict[UUID, tuple[Any, ...] | None] = {}
    of: dict[UUID, UUID] = {}
    for pk, outcome, at, archived_at, *values in rows.values_list("id", key, "history_date", "archived_at", *columns):
        said = None if is_part and archived_at is not None else tuple(map(_countable, values))
        of[pk], now[pk] = outcome, said
        if at <= then:
            was[pk] = said
    for pk, outcome in of.items():
        yield outcome, was.get(pk), now[pk]


def _countable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
