"""Exhibitors at events."""

from api.fields import RecordSerializer
from crm.models import Participation


class ParticipationSerializer(RecordSerializer):
    class Meta:
        model = Participation
        fields = [
            "id",
            "version",
            "event",
            "organisation",
            "pavilion",
            "from_region",
            "supported_by_city",
            "support_source",
            "support_amount",
            "support_currency",
            "products",
            "created_at",
            "updated_at",
            "archived_at",
        ]
        read_only_fields = ["version", "created_at", "updated_at", "archived_at"]
