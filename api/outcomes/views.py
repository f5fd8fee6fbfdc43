"""Outcomes."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.outcomes.filters import OutcomeFilters
from api.outcomes.serializers import OutcomeSerializer, TakeStageStepSerializer
from api.protocol import caller
from api.resources import Creates, Deletes, ResourceViewSet, Updates
from api.tags import etag
from crm.actions import outcomes
from crm.actions.attribution import Share
from crm.actions.base import Caller
from crm.actions.ledger import Figure
from crm.actions.stages import take_step
from crm.models import Attribution, CooperatingUnit, Outcome, OutcomeProgramme, Party, StageStep
from crm.permissions import masked
from crm.queries.content import contents_of, hash_of
from crm.values.evidence import Grade
from crm.values.measures import AttributionRole, PartyRole
from crm.values.stages import Stage


class OutcomeViewSet(Deletes, Creates, Updates, ResourceViewSet):
    queryset = Outcome.objects.prefetch_related(
        Prefetch("parties", Party.objects.filter(archived_at=None).order_by("created_at", "id")),
        Prefetch("cooperating_units", CooperatingUnit.objects.filter(archived_at=None).order_by("id")),
        Prefetch("programmes", OutcomeProgramme.objects.filter(archived_at=None).order_by("id")),
        Prefetch("attributions", Attribution.objects.filter(archived_at=None).order_by("created_at", "id")),
        Prefetch("steps", StageStep.objects.filter(archived_at=None).order_by("created_at", "id")),
    )
    serializer_class = OutcomeSerializer
    filterset_class = OutcomeFilters
    ordering_fields = ("id", "created_at", "updated_at", "signed_on", "title", "kind")
    delete_action = outcomes.archive_outcome

    def represent(self, records: list[Any]) -> list[Any]:
        contents = contents_of(records)
        for record in records:
            record.content_hash = hash_of(contents[record.pk])
        reads = self.reader(masked=masked(self.request.user, records))  # type: ignore[arg-type]
        return [reads.to_representation(record) for record in records]

    def tag(self, record: Outcome) -> str:
        return etag(record, "partly" if masked(self.request.user, [record]) else "")  # type: ignore[arg-type]

    def create_record(self, who: Caller, fields: dict[str, Any]) -> Outcome:
        figures = [Figure(**figure) for figure in fields.pop("figures", [])]
        testimony = outcomes.Testimony(fields.pop("source"), Grade(fields.pop("evidence_grade")), figures=figures)
        return outcomes.record_outcome(who, testimony, _circle(fields), **fields)

    def update_record(self, who: Caller, record: Outcome, version: int, changes: dict[str, Any]) -> Outcome:
        return outcomes.update_outcome(who, record, _circle(changes), version=version, **changes)

    @extend_schema(request=TakeStageStepSerializer, responses={201: OutcomeSerializer})
    @action(detail=True, methods=["post"], url_path="steps")
    def take(self, request: Request, pk: str) -> Response:
        """Brings it to a stage; a refusal names everything that the gate lacks. Answers with the outcome."""
        outcome, told = self.get_object(), self.read(TakeStageStepSerializer)
        take_step(caller(request), outcome, Stage(told.pop("stage")), **told)
        return self.answer(outcome.pk, 201)


def _circle(fields: dict[str, Any]) -> outcomes.Circle:
    """Takes the parts out of the fields: absent ones stay as they are."""
    parties, shares = fields.pop("parties", None), fields.pop("attributions", None)
    return outcomes.Circle(
        None if parties is None else [(p["organisation"], PartyRole(p["role"])) for p in parties],
        fields.pop("cooperating_units", None),
        fields.pop("programmes", None),
        None if shares is None else [_share(share) for share in shares],
    )


def _share(told: dict[str, Any]) -> Share:
    return Share(AttributionRole(told["role"]), told["share"], told.get("event"), told.get("org_unit"))
