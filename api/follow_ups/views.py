"""What has to be done next."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from api.follow_ups.filters import FollowUpFilters
from api.follow_ups.serializers import FollowUpSerializer
from api.resources import Creates, ResourceViewSet, Updates, says_nothing_new
from crm.actions import follow_ups
from crm.actions.base import Caller
from crm.models import FollowUp


class FollowUpViewSet(Creates, Updates, ResourceViewSet):
    queryset = FollowUp.objects.all()
    serializer_class = FollowUpSerializer
    filterset_class = FollowUpFilters
    ordering_fields = ("id", "created_at", "updated_at", "due_on")
    create_action = follow_ups.plan_follow_up

    def update_record(self, who: Caller, record: FollowUp, version: int, changes: dict[str, Any]) -> FollowUp:
        put_off = {name: changes.pop(name) for name in FollowUpSerializer.change_only if name in changes}
        if says_nothing_new(record, put_off):
            return follow_ups.update_follow_up(who, record, version=version, **changes)
        if changes or put_off.get("snoozed_until") is None:
            message = _("Putting off is a change of its own: a day and its reason, and nothing else.")
            raise ValidationError({"snoozed_until": message})
        reason = put_off.get("snooze_reason", "")
        return follow_ups.snooze_follow_up(who, record, put_off["snoozed_until"], reason, version=version)
