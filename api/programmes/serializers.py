"""Programmes and pledges."""

from api.fields import RecordSerializer
from crm.models import Programme


class ProgrammeSerializer(RecordSerializer):
    class Meta:
        model = Programme
        fields = [
            "id",
            "version",
            "name",
            "name_en",
            "lead_unit",
            "size_amount",
            "size_currency",
            "created_at",
            "updated_at",
            "archived_at",
        ]
        read_only_fields = ["version", "created_at", "updated_at", "archived_at"]
