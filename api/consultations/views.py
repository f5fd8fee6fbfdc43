"""Consultations."""

from typing import Any

from api.consultations.filters import ConsultationFilters
from api.consultations.serializers import ConsultationSerializer
from api.resources import Creates, Deletes, ResourceViewSet, Updates
from crm.actions import consultations, outcomes
from crm.actions.base import Caller
from crm.models import Consultation
from crm.values.evidence import Grade


class ConsultationViewSet(Deletes, Creates, Updates, ResourceViewSet):
    queryset = Consultation.objects.all()
    serializer_class = ConsultationSerializer
    filterset_class = ConsultationFilters
    ordering_fields = ("id", "created_at", "updated_at", "met_on")
    update_action = outcomes.update_consultation
    delete_action = consultations.archive_consultation

    def create_record(self, who: Caller, fields: dict[str, Any]) -> Consultation:
        talk = outcomes.Talk(
            fields.pop("source"),
            fields.pop("currency", ""),
            fields.pop("consulted", None),
            fields.pop("expected", None),
            Grade(fields.pop("evidence_grade")),
        )
        return outcomes.record_consultation(who, talk, **fields)
