"""Pitches with their scores and the conflicts of interest of their judges."""

from rest_framework import serializers

from api.fields import ExactDecimal, RecordSerializer, Reference, StrictSerializer
from crm.models import Judge, JudgeConflict, PitchCriterion, PitchEntry, PitchScore
from crm.models.labels import choices
from crm.values.demonstrations import PitchRound, PitchStatus

MOST_POINTS = 50


class ScoreSerializer(RecordSerializer):
    class Meta:
        model = PitchScore
        fields = ["id", "judge", "criterion", "round", "points"]


class ConflictSerializer(RecordSerializer):
    class Meta:
        model = JudgeConflict
        fields = ["id", "judge", "reason"]


class PitchSerializer(RecordSerializer):
    create_only = ("id", "event")
    scores = ScoreSerializer(many=True, read_only=True)
    conflicts = ConflictSerializer(many=True, read_only=True, help_text="Those declared.")

    class Meta:
        model = PitchEntry
        fields = [
            "id", "version", "event", "organisation", "title", "technology", "round", "status", "place", "award",
            "note", "scores", "conflicts", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = [
            "version", "round", "status", "place", "award", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip


class PointsSerializer(StrictSerializer):
    criterion = Reference(queryset=PitchCriterion.objects.filter(archived_at=None))
    points = ExactDecimal(decimal_places=2, help_text="From 0 to 100.")


class ScoringSerializer(StrictSerializer):
    judge = Reference(queryset=Judge.objects.all())
    round = serializers.ChoiceField(choices(PitchRound))
    points = PointsSerializer(many=True, max_length=MOST_POINTS, allow_empty=False)  # type: ignore[call-arg]


class DeclarationSerializer(StrictSerializer):
    judge = Reference(queryset=Judge.objects.all())
    reason = serializers.CharField(max_length=300)


class AdvanceSerializer(StrictSerializer):
    round = serializers.ChoiceField(choices(PitchRound), required=False)
    status = serializers.ChoiceField(choices(PitchStatus), required=False)
    place = serializers.IntegerField(required=False, min_value=1, max_value=1000)
    award = serializers.CharField(required=False, allow_blank=True, max_length=200)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=5000)
