"""Filters of partners' confirmations."""

from api.filters import RecordFilters
from crm.models import PartnerConfirmation


class ConfirmationFilters(RecordFilters):
    class Meta(RecordFilters.Meta):
        model = PartnerConfirmation
        fields = ["outcome", "organisation", "answer"]
