"""What has to be done next."""

from api.fields import RecordSerializer
from crm.models import FollowUp


class FollowUpSerializer(RecordSerializer):
    class Meta:
        model = FollowUp
        fields = [
            "id",
            "version",
            "title",
            "outcome",
            "event",
            "directive",
            "assignee",
            "org_unit",
            "due_on",
            "status",
            "done_on",
            "result",
            "created_at",
            "updated_at",
            "archived_at",
        ]
        read_only_fields = ["version", "created_at", "updated_at", "archived_at"]
