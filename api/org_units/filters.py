"""Filters of org units."""

from api.filters import RecordFilters
from crm.models import OrgUnit


class OrgUnitFilters(RecordFilters):
    class Meta(RecordFilters.Meta):
        model = OrgUnit
        fields = ["code", "level", "parent_unit"]
