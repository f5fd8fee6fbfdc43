"""Filters of events."""

import django_filters

from api.filters import Day, RecordFilters
from crm.models import Event


class EventFilters(RecordFilters):
    starts_from = Day("starts_on", "gte")
    starts_to = Day("starts_on", "lte")
    q = django_filters.CharFilter("name", "icontains")

    class Meta(RecordFilters.Meta):
        model = Event
        fields = ["kind", "country", "code", "lead_unit"]
