"""Filters of outcomes."""

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters

from api.filters import RecordFilters
from crm.models import Outcome, Party


class OutcomeFilters(RecordFilters):
    signed_from = filters.DateFilter("signed_on", "gte")
    signed_to = filters.DateFilter("signed_on", "lte")
    organisation = filters.UUIDFilter(method="by_party", label="party")
    q = filters.CharFilter(method="by_text", label="title or code")

    class Meta(RecordFilters.Meta):
        model = Outcome
        fields = ["kind", "standing", "fulfilment", "event", "lead_unit", "code", "binding"]

    def by_party(self, found: QuerySet[Outcome], name: str, value: str) -> QuerySet[Outcome]:
        parties = Party.objects.filter(organisation_id=value, archived_at=None)
        return found.filter(pk__in=parties.values("outcome_id"))

    def by_text(self, found: QuerySet[Outcome], name: str, value: str) -> QuerySet[Outcome]:
        return found.filter(Q(title__icontains=value) | Q(title_as_signed__icontains=value) | Q(code=value))
