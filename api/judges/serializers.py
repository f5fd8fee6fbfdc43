"""Judges of pitch competitions."""

from api.fields import RecordSerializer
from crm.models import Judge


class JudgeSerializer(RecordSerializer):
    create_only = ("id", "event")

    class Meta:
        model = Judge
        fields = [
            "id", "version", "event", "name", "affiliation", "organisation", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = ["version", "created_at", "updated_at", "archived_at"]
