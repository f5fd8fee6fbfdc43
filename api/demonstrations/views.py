"""Demonstrations: list, detail, create, update, and steps through their gates."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.demonstrations.filters import DemonstrationFilters
from api.demonstrations.serializers import DemonstrationSerializer, TakeStepSerializer
from api.protocol import caller
from api.resources import Creates, Deletes, ResourceViewSet, Updates
from crm.actions import demonstrations
from crm.actions.base import Caller
from crm.models import Demonstration, DemonstrationKpi, DemonstrationStep
from crm.values.demonstrations import DemonstrationStage


class DemonstrationViewSet(Deletes, Creates, Updates, ResourceViewSet):
    queryset = Demonstration.objects.prefetch_related(
        Prefetch("kpis", DemonstrationKpi.objects.filter(archived_at=None).order_by("created_at", "id")),
        Prefetch("steps", DemonstrationStep.objects.order_by("created_at", "id")),
    )
    serializer_class = DemonstrationSerializer
    filterset_class = DemonstrationFilters
    ordering_fields = ("id", "created_at", "updated_at", "starts_on", "permit_expires_on", "title")
    delete_action = demonstrations.archive_demonstration

    def create_record(self, who: Caller, fields: dict[str, Any]) -> Demonstration:
        return demonstrations.record_demonstration(who, _kpis(fields), **fields)

    def update_record(self, who: Caller, record: Demonstration, version: int, changes: dict[str, Any]) -> Demonstration:
        return demonstrations.update_demonstration(who, record, _kpis(changes), version=version, **changes)

    @extend_schema(request=TakeStepSerializer, responses={201: DemonstrationSerializer})
    @action(detail=True, methods=["post"], url_path="steps")
    def take(self, request: Request, pk: str) -> Response:
        """Brings it to a stage; a refusal names everything that the gates lack. Answers with the demonstration."""
        found, told = self.get_object(), self.read(TakeStepSerializer)
        stage = DemonstrationStage(told.pop("stage"))
        demonstrations.take_demonstration_step(caller(request), found, stage, **told)
        return self.answer(found.pk, 201)


def _kpis(fields: dict[str, Any]) -> list[demonstrations.Kpi] | None:
    """Takes the KPIs out of the fields: absent, they stay as they are."""
    kpis = fields.pop("kpis", None)
    return None if kpis is None else [demonstrations.Kpi(**kpi) for kpi in kpis]
