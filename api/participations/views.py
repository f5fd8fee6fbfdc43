"""Exhibitors at events."""

from api.participations.filters import ParticipationFilters
from api.participations.serializers import ParticipationSerializer
from api.resources import Creates, Deletes, ResourceViewSet, Updates
from crm.actions import events
from crm.actions.base import Caller
from crm.models import Participation


class ParticipationViewSet(Deletes, Creates, Updates, ResourceViewSet):
    queryset = Participation.objects.all()
    serializer_class = ParticipationSerializer
    filterset_class = ParticipationFilters
    create_action = events.record_participation
    update_action = events.update_participation

    def delete_record(self, who: Caller, record: Participation) -> None:
        events.archive_participation(who, record)
