"""Consultations. What was talked about goes to the ledger on creation."""

from rest_framework import serializers

from api.fields import ExactDecimal, RecordSerializer
from crm.models import Consultation
from crm.models.labels import choices
from crm.values.evidence import Grade


class ConsultationSerializer(RecordSerializer):
    create_only = ("id", "source", "evidence_grade", "currency", "consulted", "expected")
    source = serializers.CharField(write_only=True, max_length=300)  # type: ignore[assignment]
    evidence_grade = serializers.ChoiceField(choices(Grade), write_only=True, default=Grade.VERBAL)
    currency = serializers.CharField(write_only=True, required=False, max_length=3)
    consulted = ExactDecimal(write_only=True, required=False)
    expected = ExactDecimal(write_only=True, required=False)

    class Meta:
        model = Consultation
        fields = [
            "id", "version", "event", "exhibitor", "buyer", "met_on", "content", "note", "source", "evidence_grade",
            "currency", "consulted", "expected", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = ["version", "created_at", "updated_at", "archived_at"]
