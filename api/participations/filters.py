"""Filters of participations."""

from api.filters import RecordFilters
from crm.models import Participation


class ParticipationFilters(RecordFilters):
    class Meta(RecordFilters.Meta):
        model = Participation
        fields = ["event", "organisation", "pavilion"]
