"""Closed books, for the gate: once a report as of a time is published, nothing is recorded at or before that time.

Whoever records holds a shared lock until the end of its transaction; whoever closes waits for all of them, and keeps
the next ones waiting until the closing is committed. On SQLite one writes at a time anyway."""

from datetime import datetime
from typing import Final

from django.db import connection

from crm.models import Publication

# Any number that nothing else on the database takes.
_LOCK: Final = 5_823_440_017


def closed_until(*, alone: bool = False) -> datetime | None:
    """The latest time that a published report is as of, None where none is; stands until the transaction ends.
    `alone`: waits until nobody else records."""
    if connection.vendor == "postgresql":
        lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        with connection.cursor() as cursor:
            # A statement of its own: the next one sees what was committed while this one waited.
            cursor.execute(f"SELECT {lock}(%s)", [_LOCK])
    return Publication.objects.order_by("-as_of").values_list("as_of", flat=True).first()
