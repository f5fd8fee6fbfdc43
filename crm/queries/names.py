"""Which record another system means by a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from crm.models import ExternalId
from crm.models.base import record_types

Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Holder:
    """The record that bears a name. `is_gone`: it was put away, and its name is free for a new one."""

    id: UUID
    is_gone: bool


def is_put_away(record: Any) -> bool:
    """Archived, or purged. One that was merged away is part of another: that is what its name leads to."""
    is_archived = record.archived_at is not None and getattr(record, "merged_into_id", None) is None
    return is_archived or getattr(record, "purged_at", None) is not None


def holders(kind: str, names: Iterable[Name]) -> dict[Name, Holder]:
    """By source and value, the records of this type that bear one of these names."""
    asked = set(names)
    sources, values = (list({name[place] for name in asked}) for place in (0, 1))
    rows = ExternalId.objects.filter(
        record_type=kind, archived_at=None, source__any_of=sources, value__any_of=values
    ).values_list("source", "value", "record_id")
    named = {(source, value): pk for source, value, pk in rows if (source, value) in asked}
    model = record_types()[kind]
    ended = Q(archived_at__isnull=False)
    if any(f.name == "purged_at" for f in model._meta.concrete_fields):
        ended |= Q(purged_at__isnull=False)
    gone = {
        record.pk
        for record in model._base_manager.filter(ended, pk__any_of=list(named.values()))
        if is_put_away(record)
    }
    return {name: Holder(pk, pk in gone) for name, pk in named.items()}
