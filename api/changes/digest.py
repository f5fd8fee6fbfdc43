"""The proof that a mirror is whole: of each type how many records there are, and a hash of their ids and versions.

Both sides take the same steps: a record's bucket is the last byte of its id (as hexadecimal digits), a bucket's hash is
SHA-256 over the lines `id:version` of its records, each ended by a line feed, in the order of the ids; a bucket without
records has the hash of nothing. `hash` is SHA-256 over the 256 hashes one after the other, as hexadecimal text."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection, transaction
from rest_framework.request import Request

from api.registry import BY_TYPE, view_of
from crm.models.feed import FeedEntry, FeedState
from crm.sequencer import state

BUCKETS: Final = 256


def digest_of(request: Request, types: Sequence[str]) -> tuple[FeedState, dict[str, Any]]:
    """As of the head that is named: what the feed told up to it, in one look at the database."""
    with _one_look():
        at = state()
        return at, {kind: _told(_versions(request, kind, at.head)) for kind in types}


def _versions(request: Request, kind: str, head: int) -> Iterable[tuple[str, int]]:
    view = view_of(BY_TYPE[kind], request)
    seen = set(view.get_queryset().order_by().prefetch_related(None).values_list("pk", flat=True))
    told = FeedEntry.objects.filter(record_type=kind, seq__lte=head, deleted=False).order_by("record_id")
    rows = told.values_list("record_id", "version").iterator(chunk_size=10_000)
    return ((str(pk), version) for pk, version in rows if pk in seen)


def _told(versions: Iterable[tuple[str, int]]) -> dict[str, Any]:
    buckets = [hashlib.sha256() for _bucket in range(BUCKETS)]
    count = 0
    for pk, version in versions:
        buckets[int(pk[-2:], 16)].update(f"{pk}:{version}\n".encode())
        count += 1
    hashes = [bucket.hexdigest() for bucket in buckets]
    return {"count": count, "hash": hashlib.sha256("".join(hashes).encode()).hexdigest(), "buckets": hashes}


@contextmanager
def _one_look() -> Iterator[None]:
    """Everything that is read within stands as of one moment, and nobody who writes waits for it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # A transaction of Django's would take SQLite's one place for writers.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
