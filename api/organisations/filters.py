"""Filters of organisations."""

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters

from api.filters import RecordFilters
from crm.models import Organisation
from crm.values.names import company_key


class OrganisationFilters(RecordFilters):
    q = filters.CharFilter(method="by_name", label="name or alias")

    class Meta(RecordFilters.Meta):
        model = Organisation
        fields = ["country", "region", "business_registration_number"]

    def by_name(self, found: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        key = company_key(value)
        named = found.filter(aliases__key__contains=key, aliases__archived_at=None).values("pk")
        return found.filter(Q(key__contains=key) | Q(pk__in=named))
