"""The change feed, for the gate: one entry a record and action, left unnumbered in the transaction of the change."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from crm.models import (
    Approval,
    ChainLink,
    Concurrence,
    CooperatingUnit,
    Demonstration,
    Document,
    FollowUp,
    LedgerEntry,
    Outcome,
    PartnerConfirmation,
    guard,
    writing,
)
from crm.models.base import Entry, Record, Work
from crm.models.feed import FeedEntry
from crm.values.measures import Disclosure

_OF_THE_RECORD: Final = ("record_type", "record_id", "version", "deleted", "reason", "merged_into")
_AUDIENCE: Final = frozenset({"disclosure_level", "lead_unit_id", "site_unit_id"})
# Who sees these is decided by the outcome or the demonstration that they are about.
_ABOUT: Final[dict[type[Record], tuple[tuple[Any, str], ...]]] = {
    Outcome: (
        *(
            (model, "outcome")
            for model in (FollowUp, Document, LedgerEntry, Concurrence, Approval, PartnerConfirmation)
        ),
        (ChainLink, "from_outcome"),
        (ChainLink, "to_outcome"),
    ),
    Demonstration: (
        (FollowUp, "demonstration"),
        (ChainLink, "from_demonstration"),
        (ChainLink, "to_demonstration"),
    ),
}


def append(work: Work) -> None:
    """Leaves one entry for each record that the work wrote. Parts are seen through the record they belong to; what is
    about a record whose audience changed comes into somebody's sight or leaves it, and is told anew."""
    actor = None if work.actor._state.adding else work.actor
    found = {key: record for key, record in work.written.items() if not record.part_of}
    for subject in _with_another_audience(work):
        for record in (subject, *_about(subject)):
            found.setdefault((record.feed_type, record.pk), record)
    if not found:
        return
    like = FeedEntry(actor=actor, changed_at=work.entered_at, action=work.action)
    rows = [(record.feed_type, record.pk, record.version, *_gone(record)) for record in found.values()]
    with guard.declared(FeedEntry._meta.db_table):
        writing.insert_alike(like, _OF_THE_RECORD, rows)


def _gone(record: Any) -> tuple[bool, str, UUID | None]:
    """Whoever mirrors a record that was merged away is led to the one that it is part of now; what was put away or
    purged is no longer there for a mirror."""
    if getattr(record, "merged_into_id", None) is not None:
        return True, "merged", record.merged_into_id
    if getattr(record, "purged_at", None) is not None:
        return True, "purged", None
    return (True, "deleted", None) if getattr(record, "archived_at", None) is not None else (False, "", None)


def _with_another_audience(work: Work) -> Iterator[Record]:
    """The outcomes and demonstrations that others may see by now than before."""
    met: set[UUID] = set()
    for key, record in work.written.items():
        subject: Any = None
        if isinstance(record, Outcome | Demonstration) and work.changed.get(key, set()) & _AUDIENCE:
            is_narrow = "disclosure_level" in work.changed[key] or record.disclosure_level != Disclosure.OPEN
            subject = record if is_narrow else None
        elif isinstance(record, CooperatingUnit | Concurrence):
            subject = record.outcome if record.outcome.disclosure_level != Disclosure.OPEN else None
        if subject is not None and subject.pk not in met:
            met.add(subject.pk)
            yield subject


def _about(subject: Record) -> Iterator[Record | Entry]:
    for model, field in _ABOUT[type(subject)]:
        yield from model._base_manager.filter(**{field: subject.pk})
