"""Bureaus, divisions and teams."""

from api.org_units.filters import OrgUnitFilters
from api.org_units.serializers import OrgUnitSerializer
from api.resources import Creates, ResourceViewSet, Updates
from crm.actions import org_units
from crm.models import OrgUnit


class OrgUnitViewSet(Creates, Updates, ResourceViewSet):
    queryset = OrgUnit.objects.all()
    serializer_class = OrgUnitSerializer
    filterset_class = OrgUnitFilters
    ordering_fields = ("id", "created_at", "updated_at", "name")
    create_action = org_units.record_org_unit
    update_action = org_units.update_org_unit
