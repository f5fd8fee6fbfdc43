"""The change feed: one entry a record and action, left unnumbered in the transaction of the change itself."""

from typing import Any

from crm.models import guard
from crm.models.base import Work
from crm.models.feed import FeedEntry


def append(work: Work) -> None:
    """Leaves one entry for each record that the work wrote. Parts are seen through the record they belong to."""
    actor = None if work.actor._state.adding else work.actor
    entries = [
        FeedEntry(
            record_type=record.feed_type,
            record_id=record.pk,
            version=record.version,
            changed_at=work.entered_at,
            actor=actor,
            action=work.action,
            **_merged(record),
        )
        for record in work.written.values()
        if not record.part_of
    ]
    with guard.declared(FeedEntry._meta.db_table):
        FeedEntry.objects.bulk_create(entries)


def _merged(record: object) -> dict[str, Any]:
    """Whoever mirrors a record that was merged away is led to the one that it is part of now."""
    kept = getattr(record, "merged_into_id", None)
    return {} if kept is None else {"deleted": True, "reason": "merged", "merged_into": kept}
