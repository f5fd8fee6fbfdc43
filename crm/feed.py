"""The change feed: one entry a record and action, left unnumbered in the transaction of the change itself."""

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
        )
        for record in work.written.values()
        if not record.part_of
    ]
    with guard.declared(FeedEntry._meta.db_table):
        FeedEntry.objects.bulk_create(entries)
