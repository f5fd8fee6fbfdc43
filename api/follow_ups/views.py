"""What has to be done next."""

from api.follow_ups.filters import FollowUpFilters
from api.follow_ups.serializers import FollowUpSerializer
from api.resources import Creates, ResourceViewSet, Updates
from crm.actions import follow_ups
from crm.models import FollowUp


class FollowUpViewSet(Creates, Updates, ResourceViewSet):
    queryset = FollowUp.objects.all()
    serializer_class = FollowUpSerializer
    filterset_class = FollowUpFilters
    ordering_fields = ("id", "created_at", "updated_at", "due_on")
    create_action = follow_ups.plan_follow_up
    update_action = follow_ups.update_follow_up
