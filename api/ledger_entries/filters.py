"""Filters of ledger entries."""

from typing import Any

from django_filters import rest_framework as filters

from crm.models import LedgerEntry


class LedgerEntryFilters(filters.FilterSet):
    value_from = filters.DateFilter("value_date", "gte")
    value_to = filters.DateFilter("value_date", "lte")
    recorded_from = filters.IsoDateTimeFilter("recorded_at", "gte")
    recorded_to = filters.IsoDateTimeFilter("recorded_at", "lte")

    class Meta:
        model = LedgerEntry
        fields = ["outcome", "consultation", "event", "measure", "series", "currency", "cause", "kind", "standing"]
        filter_overrides: dict[Any, Any] = {}
