"""Filters of requests for concurrence."""

from api.filters import Day, RecordFilters
from crm.models import Concurrence


class ConcurrenceFilters(RecordFilters):
    due_from = Day("due_on", "gte")
    due_to = Day("due_on", "lte")

    class Meta(RecordFilters.Meta):
        model = Concurrence
        fields = ["outcome", "org_unit", "answer", "mandatory"]
