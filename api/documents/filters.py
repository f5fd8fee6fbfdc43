"""Filters of documents."""

from api.filters import RecordFilters
from crm.models import Document


class DocumentFilters(RecordFilters):
    class Meta(RecordFilters.Meta):
        model = Document
        fields = ["outcome", "event", "organisation", "grade"]
