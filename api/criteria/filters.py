"""Filters of criteria."""

from api.filters import RecordFilters
from crm.models import PitchCriterion


class CriterionFilters(RecordFilters):
    class Meta(RecordFilters.Meta):
        model = PitchCriterion
        fields = ["event"]
