"""Filters of approvals."""

from api.filters import RecordFilters
from crm.models import Approval


class ApprovalFilters(RecordFilters):
    class Meta(RecordFilters.Meta):
        model = Approval
        fields = ["outcome", "status", "submitted_by"]
