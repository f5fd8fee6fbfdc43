"""Filters of contacts."""

from api.filters import Flag, RecordFilters
from crm.models import Contact


class ContactFilters(RecordFilters):
    # A person is not put away but taken out, for good.
    archived = Flag("purged_at", "isnull", exclude=True)

    class Meta(RecordFilters.Meta):
        model = Contact
        fields = ["organisation"]
