"""Filters of directives."""

from api.filters import RecordFilters
from crm.models import Directive


class DirectiveFilters(RecordFilters):
    class Meta(RecordFilters.Meta):
        model = Directive
        fields = ["event", "lead_unit"]
