"""Demonstrations with their KPIs and the steps that were taken."""

from rest_framework import serializers

from api.fields import ExactDecimal, RecordSerializer, StrictSerializer
from crm.models import Demonstration, DemonstrationStep
from crm.models.labels import choices
from crm.values.demonstrations import DemonstrationStage

MOST_KPIS = 100


class KpiSerializer(StrictSerializer):
    name = serializers.CharField(max_length=200)
    unit = serializers.CharField(max_length=40, required=False, allow_blank=True)
    target = ExactDecimal()
    measured = ExactDecimal(required=False, allow_null=True)
    measured_on = serializers.DateField(required=False, allow_null=True)
    lower_is_better = serializers.BooleanField(required=False)


class StepSerializer(RecordSerializer):
    class Meta:
        model = DemonstrationStep
        fields = ["id", "from_stage", "stage", "taken_on", "reason", "taken_by", "created_at"]


class TakeStepSerializer(StrictSerializer):
    stage = serializers.ChoiceField(choices(DemonstrationStage))
    taken_on = serializers.DateField(help_text="The day of the step itself.")
    reason = serializers.CharField(
        required=False, allow_blank=True, max_length=5000, help_text="For stopping, going back and skipping a stage."
    )


class DemonstrationSerializer(RecordSerializer):
    kpis = KpiSerializer(many=True, required=False, max_length=MOST_KPIS)  # type: ignore[call-arg]
    steps = StepSerializer(many=True, read_only=True)

    class Meta:
        model = Demonstration
        fields = [
            "id", "version", "title", "applicant", "technology", "testbed_site", "site_unit", "lead_unit", "starts_on",
            "ends_on", "cost_city", "cost_own", "cost_currency", "regulatory_issue", "regulatory_path",
            "permit_number", "permit_expires_on", "stage", "verdict", "result", "certificate_number",
            "certificate_on", "kpis", "steps", "note", "disclosure_level", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = ["version", "stage", "created_at", "updated_at", "archived_at"]
