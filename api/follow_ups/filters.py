"""Filters of follow ups."""

from api.filters import Day, RecordFilters
from crm.models import FollowUp


class FollowUpFilters(RecordFilters):
    due_from = Day("due_on", "gte")
    due_to = Day("due_on", "lte")

    class Meta(RecordFilters.Meta):
        model = FollowUp
        fields = ["outcome", "event", "directive", "demonstration", "assignee", "org_unit", "status", "trigger"]
