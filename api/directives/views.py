"""Instructions from leadership."""

from api.directives.filters import DirectiveFilters
from api.directives.serializers import DirectiveSerializer
from api.resources import Creates, ResourceViewSet, Updates
from crm.actions import follow_ups
from crm.models import Directive


class DirectiveViewSet(Creates, Updates, ResourceViewSet):
    queryset = Directive.objects.all()
    serializer_class = DirectiveSerializer
    filterset_class = DirectiveFilters
    ordering_fields = ("id", "created_at", "updated_at", "given_on")
    create_action = follow_ups.record_directive
    update_action = follow_ups.update_directive
