"""Filters of follow ups."""

from django_filters import rest_framework as filters

from api.filters import RecordFilters
from crm.models import FollowUp


class FollowUpFilters(RecordFilters):
    due_from = filters.DateFilter("due_on", "gte")
    due_to = filters.DateFilter("due_on", "lte")

    class Meta(RecordFilters.Meta):
        model = FollowUp
        fields = ["outcome", "event", "directive", "assignee", "org_unit", "status"]
