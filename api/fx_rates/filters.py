"""Filters of exchange rates."""

from api.filters import Day, RecordFilters
from crm.models import FxRate


class FxRateFilters(RecordFilters):
    on_from = Day("on", "gte")
    on_to = Day("on", "lte")

    class Meta(RecordFilters.Meta):
        model = FxRate
        fields = ["currency"]
