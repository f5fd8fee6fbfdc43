"""Filters of events."""

from django_filters import rest_framework as filters

from api.filters import RecordFilters
from crm.models import Event


class EventFilters(RecordFilters):
    starts_from = filters.DateFilter("starts_on", "gte")
    starts_to = filters.DateFilter("starts_on", "lte")
    q = filters.CharFilter("name", "icontains")

    class Meta(RecordFilters.Meta):
        model = Event
        fields = ["kind", "country", "code", "lead_unit"]
