"""Filters of delegations."""

from api.filters import RecordFilters
from crm.models import Delegation


class DelegationFilters(RecordFilters):
    class Meta(RecordFilters.Meta):
        model = Delegation
        fields = ["giver", "deputy", "capacity"]
