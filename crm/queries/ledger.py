"""The ledger of one outcome, as its page shows it."""

from typing import Any

from django.db.models import F, Q, QuerySet

from crm.models import Document, LedgerEntry, Outcome


def entries_of(outcome: Outcome) -> QuerySet[LedgerEntry]:
    """Every entry, in the order of recording, a reversal before what stands in its place; with what a line shows."""
    linked = ("evidence", "recorded_by", "reverses", "reversed_by")
    return outcome.entries.select_related(*linked).order_by("recorded_at", F("reverses").asc(nulls_last=True), "id")


def evidence_of(outcome: Outcome) -> QuerySet[Document]:
    """The outcome's own documents, and those of others that its figures rest on."""
    found = Document.objects.filter(Q(outcome=outcome, archived_at=None) | Q(pk__in=rested_on(outcome)))
    return found.order_by("created_at", "id")


def evidence_ever_of(outcome: Outcome) -> QuerySet[Document]:
    """The same with what was archived since: for what tells how it was on a day before."""
    found = Document.objects.filter(Q(outcome=outcome) | Q(pk__in=rested_on(outcome)))
    return found.order_by("created_at", "id")


def rested_on(outcome: Outcome) -> QuerySet[LedgerEntry, Any]:
    """The ids of the documents that its figures rest on, or did."""
    return outcome.entries.filter(evidence__isnull=False).values("evidence_id")


def evidence_to_choose(outcome: Outcome) -> QuerySet[Document]:
    """What a figure about the outcome may rest on: its evidence, and that of its event."""
    shared = Q(event__isnull=False, event=outcome.event_id, outcome=None)
    own = Q(pk__in=evidence_of(outcome).order_by().values("pk"))
    return Document.objects.filter(own | shared, archived_at=None).order_by("created_at", "id")
