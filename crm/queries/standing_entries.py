"""The ledger's entries that stand now: neither reversed nor reversals."""

from django.db.models import QuerySet

from crm.models import LedgerEntry


def standing_entries() -> QuerySet[LedgerEntry]:
    """To be narrowed by what they are about.

    Written as an exclusion: for `reverses IS NULL` SQLite takes the unique index on that column, in which nearly
    every row is empty, and reads the whole ledger instead of the one subject's entries."""
    return LedgerEntry.objects.exclude(reverses__isnull=False).filter(reversed_by=None)
