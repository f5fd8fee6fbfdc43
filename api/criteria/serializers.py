"""Criteria of pitch competitions, with their weights in per cent."""

from rest_framework import serializers

from api.fields import ExactDecimal, RecordSerializer, StrictSerializer
from crm.models import PitchCriterion


class CriterionSerializer(RecordSerializer):
    class Meta:
        model = PitchCriterion
        fields = ["id", "version", "event", "name", "weight", "created_at", "updated_at", "archived_at"]
        read_only_fields = fields


class WeightSerializer(StrictSerializer):
    name = serializers.CharField(max_length=120)
    weight = ExactDecimal(decimal_places=2, help_text="In per cent.")


class CriteriaSerializer(StrictSerializer):
    """All the criteria of a competition: their weights add to exactly 100."""

    criteria = WeightSerializer(many=True, allow_empty=False, max_length=50)  # type: ignore[call-arg]
