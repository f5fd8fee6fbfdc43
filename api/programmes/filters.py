"""Filters of programmes."""

from api.filters import RecordFilters
from crm.models import Programme


class ProgrammeFilters(RecordFilters):
    class Meta(RecordFilters.Meta):
        model = Programme
        fields = ["lead_unit"]
