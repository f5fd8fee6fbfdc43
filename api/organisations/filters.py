"""Filters of organisations."""

import django_filters
from django.db.models import QuerySet

from api.filters import RecordFilters
from crm.models import Organisation
from crm.queries.search import organisations_matching


class OrganisationFilters(RecordFilters):
    q = django_filters.CharFilter(method="by_name", label="name, alias, number or initial consonants")

    class Meta(RecordFilters.Meta):
        model = Organisation
        fields = ["country", "region", "business_registration_number"]

    def by_name(self, found: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        return found.filter(pk__in=organisations_matching(value).order_by().values("pk"))
