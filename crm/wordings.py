"""The words that a record is found by: kept up to date in the transaction of the change itself."""

from typing import Final

from crm.models import Document, FollowUp, Outcome, Wording, guard
from crm.models.base import Entry, Record, Work
from crm.values.names import folded

# What is open to whoever may read the record, and what only to those who may see its values.
WORDED: Final[dict[type[Record | Entry], tuple[tuple[str, ...], tuple[str, ...]]]] = {
    Outcome: (("title", "title_as_signed", "code"), ("content", "document_number")),
    Document: (("title", "file_name", "document_number"), ()),
    FollowUp: (("title",), ()),
}


def keep(work: Work) -> None:
    """Writes down the words of each record that the work wrote."""
    rows = [wording(record) for record in work.written.values() if type(record) in WORDED]
    if rows:
        with guard.declared(Wording._meta.db_table):
            Wording.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["record_id"], update_fields=["text", "kept"]
            )


def wording(record: Record | Entry) -> Wording:
    shown, kept = WORDED[type(record)]
    return Wording(
        record_type=record.feed_type, record_id=record.pk, text=_text(record, shown), kept=_text(record, kept)
    )


def _text(record: Record | Entry, columns: tuple[str, ...]) -> str:
    # A line for each, so that nothing is found across two of them.
    return "\n".join(text for name in columns if (text := folded(getattr(record, name))))
