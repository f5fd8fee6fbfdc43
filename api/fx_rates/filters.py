"""Filters of exchange rates."""

from django_filters import rest_framework as filters

from api.filters import RecordFilters
from crm.models import FxRate


class FxRateFilters(RecordFilters):
    on_from = filters.DateFilter("on", "gte")
    on_to = filters.DateFilter("on", "lte")

    class Meta(RecordFilters.Meta):
        model = FxRate
        fields = ["currency"]
