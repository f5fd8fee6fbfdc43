"""Filters of outcomes."""

import django_filters
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from api.filters import Day, RecordFilters
from crm.models import Outcome, Party
from crm.permissions import kept_from
from crm.queries.search import outcomes_named


class OutcomeFilters(RecordFilters):
    signed_from = Day("signed_on", "gte")
    signed_to = Day("signed_on", "lte")
    organisation = django_filters.UUIDFilter(method="by_party", label="party")
    q = django_filters.CharFilter(method="by_text", label="title, content, parties, code or document number")

    class Meta(RecordFilters.Meta):
        model = Outcome
        fields = ["kind", "standing", "stage", "event", "lead_unit", "code", "binding"]

    @extend_schema_field(OpenApiTypes.UUID)
    def by_party(self, found: QuerySet[Outcome], name: str, value: str) -> QuerySet[Outcome]:
        parties = Party.objects.filter(organisation_id=value, archived_at=None)
        return found.filter(pk__in=parties.values("outcome_id"))

    def by_text(self, found: QuerySet[Outcome], name: str, value: str) -> QuerySet[Outcome]:
        return outcomes_named(found, value, kept_from(self.request.user))
