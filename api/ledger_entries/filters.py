"""Filters of ledger entries."""

from api.filters import Day, Moment, StrictFilters
from crm.models import LedgerEntry


class LedgerEntryFilters(StrictFilters):
    value_from = Day("value_date", "gte")
    value_to = Day("value_date", "lte")
    recorded_from = Moment("recorded_at", "gte")
    recorded_to = Moment("recorded_at", "lte")

    class Meta(StrictFilters.Meta):
        model = LedgerEntry
        fields = ["outcome", "consultation", "event", "measure", "series", "currency", "cause", "kind", "standing"]
