"""Filters of judges."""

from api.filters import RecordFilters
from crm.models import Judge


class JudgeFilters(RecordFilters):
    class Meta(RecordFilters.Meta):
        model = Judge
        fields = ["event", "organisation"]
