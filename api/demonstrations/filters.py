"""Filters of demonstrations."""

from api.filters import Day, RecordFilters
from crm.models import Demonstration


class DemonstrationFilters(RecordFilters):
    permit_expires_from = Day("permit_expires_on", "gte")
    permit_expires_to = Day("permit_expires_on", "lte")

    class Meta(RecordFilters.Meta):
        model = Demonstration
        fields = ["applicant", "stage", "verdict", "lead_unit", "site_unit"]
