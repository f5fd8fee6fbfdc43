"""Criteria of pitch competitions, with their weights in per cent."""

from api.fields import RecordSerializer
from crm.models import PitchCriterion


class CriterionSerializer(RecordSerializer):
    class Meta:
        model = PitchCriterion
        fields = ["id", "version", "event", "name", "weight", "created_at", "updated_at", "archived_at"]
        read_only_fields = fields
