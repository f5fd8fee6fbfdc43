"""Outcomes."""

from typing import Any

from django.db.models import Prefetch

from api.outcomes.filters import OutcomeFilters
from api.outcomes.serializers import OutcomeSerializer
from api.resources import Creates, ResourceViewSet, Updates
from crm.actions import outcomes
from crm.actions.base import Caller
from crm.actions.ledger import Figure
from crm.models import CooperatingUnit, Outcome, OutcomeProgramme, Party
from crm.queries.content import contents_of, hash_of
from crm.values.evidence import Grade
from crm.values.measures import PartyRole


class OutcomeViewSet(Creates, Updates, ResourceViewSet):
    queryset = Outcome.objects.prefetch_related(
        Prefetch("parties", Party.objects.filter(archived_at=None).order_by("created_at", "id")),
        Prefetch("cooperating_units", CooperatingUnit.objects.filter(archived_at=None).order_by("id")),
        Prefetch("programmes", OutcomeProgramme.objects.filter(archived_at=None).order_by("id")),
    )
    serializer_class = OutcomeSerializer
    filterset_class = OutcomeFilters
    ordering_fields = ("id", "created_at", "updated_at", "signed_on", "title", "kind")

    def represent(self, records: list[Any]) -> list[Any]:
        contents = contents_of(records)
        for record in records:
            record.content_hash = hash_of(contents[record.pk])
        return super().represent(records)

    def create_record(self, who: Caller, fields: dict[str, Any]) -> Outcome:
        figures = [Figure(**figure) for figure in fields.pop("figures", [])]
        testimony = outcomes.Testimony(fields.pop("source"), Grade(fields.pop("evidence_grade")), figures=figures)
        return outcomes.record_outcome(who, testimony, _circle(fields), **fields)

    def update_record(self, who: Caller, record: Outcome, version: int, changes: dict[str, Any]) -> Outcome:
        return outcomes.update_outcome(who, record, _circle(changes), version=version, **changes)


def _circle(fields: dict[str, Any]) -> outcomes.Circle:
    """Takes the parts out of the fields: absent ones stay as they are."""
    parties = fields.pop("parties", None)
    return outcomes.Circle(
        None if parties is None else [(p["organisation"], PartyRole(p["role"])) for p in parties],
        fields.pop("cooperating_units", None),
        fields.pop("programmes", None),
    )
