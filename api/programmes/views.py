"""Programmes and pledges."""

from api.programmes.filters import ProgrammeFilters
from api.programmes.serializers import ProgrammeSerializer
from api.resources import Creates, ResourceViewSet, Updates
from crm.actions import org_units
from crm.models import Programme


class ProgrammeViewSet(Creates, Updates, ResourceViewSet):
    queryset = Programme.objects.all()
    serializer_class = ProgrammeSerializer
    filterset_class = ProgrammeFilters
    ordering_fields = ("id", "created_at", "updated_at", "name")
    create_action = org_units.record_programme
    update_action = org_units.update_programme
