"""The ledger of one outcome, as its page shows it."""

from django.db.models import QuerySet

from crm.models import LedgerEntry, Outcome


def entries_of(outcome: Outcome) -> QuerySet[LedgerEntry]:
    """Every entry, in the order of recording, with what a line shows."""
    linked = ("evidence", "recorded_by", "reverses", "reversed_by")
    return outcome.entries.select_related(*linked).order_by("recorded_at", "id")
