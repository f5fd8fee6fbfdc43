"""Filters of chain links."""

from api.filters import RecordFilters
from crm.models import ChainLink


class ChainLinkFilters(RecordFilters):
    class Meta(RecordFilters.Meta):
        model = ChainLink
        fields = ["from_pitch", "from_demonstration", "from_outcome", "to_demonstration", "to_outcome"]
