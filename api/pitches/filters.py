"""Filters of pitches."""

from api.filters import RecordFilters
from crm.models import PitchEntry


class PitchFilters(RecordFilters):
    class Meta(RecordFilters.Meta):
        model = PitchEntry
        fields = ["event", "organisation", "round", "status"]
