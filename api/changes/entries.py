"""The feed's entries as a client reads them: where each record stands and what it is now, or that it is gone."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from rest_framework.request import Request

from api.fields import UtcDateTime
from api.registry import BY_TYPE, model_of, view_of
from crm.models import ExternalId
from crm.models.feed import FeedEntry
from crm.permissions import once_readable

Key = tuple[str, UUID]
# What an entry and its record both say, and mean the same by.
_SAME: Final = frozenset({"id", "version", "merged_into"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: of these types, behind `after` and up to `head`; not those that `without_actor` left last, where
    what others did before was known at `after`. `is_behind`: more waits to be numbered behind the head."""

    types: Sequence[str]
    after: int
    head: int
    limit: int
    without_actor: Any = None
    is_behind: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """`last`: the client has everything up to this number, once it has applied the page."""

    results: list[dict[str, Any]]
    last: int
    has_more: bool


def page_of(request: Request, wanted: Wanted) -> Page:
    """A page that is full, or the last. What the client never could see is in none."""
    results: list[dict[str, Any]] = []
    last = wanted.after
    while True:
        room = wanted.limit - len(results)
        found = list(_numbered(wanted, last)[: room + 1])
        results += _told(request, found[:room])
        if len(found) <= room:
            return Page(results, wanted.head, has_more=wanted.is_behind)
        last = found[room - 1].seq or last
        if len(results) == wanted.limit:
            return Page(results, last, has_more=True)


def is_anything_new(wanted: Wanted) -> bool:
    return _numbered(wanted, wanted.after).exists()


def _numbered(wanted: Wanted, after: int) -> QuerySet[FeedEntry]:
    found = FeedEntry.objects.filter(seq__gt=after, seq__lte=wanted.head, record_type__in=wanted.types)
    if wanted.without_actor is not None:
        found = found.exclude(Q(others_seq=None) | Q(others_seq__lte=wanted.after), actor=wanted.without_actor)
    return found.order_by("seq")


def _told(request: Request, entries: Sequence[FeedEntry]) -> Iterator[dict[str, Any]]:
    shown, gone = _read(request, entries)
    names = _external_ids(entry for entry in entries if _key(entry) in shown or _key(entry) in gone)
    for entry in entries:
        key = _key(entry)
        if key in shown:
            yield _entry(entry, names.get(key, []), shown[key])
        elif key in gone:
            kept = names.get(key, []) if gone[key] in ("deleted", "merged") else []
            yield _entry(entry, kept, None, gone[key])


def _read(request: Request, entries: Sequence[FeedEntry]) -> tuple[dict[Key, Any], dict[Key, str]]:
    """The records that the client sees, as it sees them; and of those that it sees no longer, why."""
    shown: dict[Key, Any] = {}
    gone: dict[Key, str] = {}
    for kind in {entry.record_type for entry in entries}:
        of_kind = [entry for entry in entries if entry.record_type == kind]
        there = _records(request, kind, [entry.record_id for entry in of_kind if not entry.deleted])
        shown |= {(kind, pk): record for pk, record in there.items()}
        missing = [entry for entry in of_kind if entry.record_id not in there]
        known = _known(request, kind, [entry.record_id for entry in missing])
        gone |= {_key(entry): entry.reason or "access_lost" for entry in missing if entry.record_id in known}
    return shown, gone


def _records(request: Request, kind: str, ids: Sequence[UUID]) -> dict[UUID, Any]:
    if not ids:
        return {}
    view = view_of(BY_TYPE[kind], request)
    found = view.get_queryset().filter(pk__in=ids)
    texts = view.texts(found, "id")
    if texts is not None:
        return {pk: json.loads(text) for _id, pk, text in texts}
    records = list(found)
    return {record.pk: body for record, body in zip(records, view.represent(records), strict=True)}


def _known(request: Request, kind: str, ids: Sequence[UUID]) -> set[UUID]:
    return once_readable(request.user, model_of(BY_TYPE[kind]), ids) if ids else set()  # type: ignore[arg-type]


def _external_ids(entries: Iterable[FeedEntry]) -> dict[Key, list[dict[str, str]]]:
    wanted = {_key(entry) for entry in entries}
    rows = ExternalId.objects.filter(record_id__in=[pk for _kind, pk in wanted], archived_at=None)
    found: dict[Key, list[dict[str, str]]] = {}
    for row in rows.order_by("source", "value"):
        found.setdefault((row.record_type, row.record_id), []).append({"source": row.source, "value": row.value})
    return found


def _entry(entry: FeedEntry, names: list[dict[str, str]], data: Any, reason: str = "") -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "type": entry.record_type,
        "id": str(entry.record_id),
        "external_ids": names,
        # What is told is the record as it is now, which may be newer than what was numbered; it then comes again.
        "version": entry.version if data is None else data["version"],
        "deleted": data is None,
        "reason": reason or None,
        "merged_into": None if entry.merged_into is None else str(entry.merged_into),
        "changed_at": UtcDateTime().to_representation(entry.changed_at),
        "actor": None if entry.actor_id is None else str(entry.actor_id),
        "data": data,
    }


def flat(entry: dict[str, Any]) -> dict[str, Any]:
    """For tools that want tables: what is one value stands beside the entry's own, what has parts is left out. A field
    of the record that is called like something else of the entry is told as `record_…`."""
    own = {name: value for name, value in entry.items() if name not in ("data", "external_ids")}
    taken = own.keys() - _SAME
    data = entry["data"] or {}
    scalars = {name: value for name, value in data.items() if not isinstance(value, list | dict)}
    return {f"record_{name}" if name in taken else name: value for name, value in scalars.items()} | own


def _key(entry: FeedEntry) -> Key:
    return entry.record_type, entry.record_id
