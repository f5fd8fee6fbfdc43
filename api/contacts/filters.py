"""Filters of contacts."""

from api.filters import RecordFilters
from crm.models import Contact


class ContactFilters(RecordFilters):
    class Meta(RecordFilters.Meta):
        model = Contact
        fields = ["organisation"]
