"""What has to be done next."""

from typing import Any, ClassVar

from rest_framework import serializers

from api.fields import RecordSerializer
from crm.models import FollowUp


class FollowUpSerializer(RecordSerializer):
    """Putting it off is a change of its own: `snoozed_until` with its `snooze_reason`."""

    change_only: ClassVar[tuple[str, ...]] = ("snoozed_until", "snooze_reason")
    # Empty where no rule planned it.
    trigger = serializers.CharField(read_only=True)

    class Meta:
        model = FollowUp
        fields = [
            "id", "version", "title", "outcome", "event", "directive", "demonstration", "assignee", "org_unit",
            "due_on", "status", "done_on", "result", "trigger", "snoozed_until", "snooze_reason", "escalated_on",
            "escalated_to", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = ["version", "escalated_on", "escalated_to", "created_at", "updated_at", "archived_at"]

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for name in self.change_only:
            fields[name].read_only = not self.partial
        return fields
