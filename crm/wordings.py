"""The words that a record is found by: kept up to date in the transaction of the change itself."""

from typing import Final

from crm.models import Document, FollowUp, Wording, guard
from crm.models.base import Entry, Record, Work
from crm.values.names import folded_lines, initial_lines

# Of outcomes crm.listings keeps them.
WORDED: Final[dict[type[Record | Entry], tuple[str, ...]]] = {
    Document: ("title", "file_name", "document_number"),
    FollowUp: ("title",),
}


def keep(work: Work) -> None:
    """Writes down the words of each record that the work wrote."""
    rows = [wording(record) for record in work.written.values() if type(record) in WORDED]
    if rows:
        with guard.declared(Wording._meta.db_table):
            Wording.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["record_id"], update_fields=["text", "initials"]
            )


def wording(record: Record | Entry) -> Wording:
    text = folded_lines(*(getattr(record, name) for name in WORDED[type(record)]))
    return Wording(record_type=record.feed_type, record_id=record.pk, text=text, initials=initial_lines(text))
