"""Organisations and their aliases."""

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.organisations.filters import OrganisationFilters
from api.organisations.serializers import AliasSerializer, OrganisationSerializer
from api.protocol import caller
from api.resources import Creates, ResourceViewSet, Updates, part_id, without_part
from crm.actions import organisations
from crm.models import Organisation, OrganisationAlias


class OrganisationViewSet(Creates, Updates, ResourceViewSet):
    queryset = Organisation.objects.prefetch_related(
        Prefetch("aliases", OrganisationAlias.objects.filter(archived_at=None).order_by("name", "id"))
    )
    serializer_class = OrganisationSerializer
    filterset_class = OrganisationFilters
    ordering_fields = ("id", "created_at", "updated_at", "key")
    create_action = organisations.record_organisation
    update_action = organisations.update_organisation

    @extend_schema(request=AliasSerializer, responses={201: OrganisationSerializer})
    @action(detail=True, methods=["post"], url_path="aliases")
    def aliases(self, request: Request, pk: str) -> Response:
        """Adds another name of the organisation. Answers with the organisation."""
        organisation = self.get_object()
        organisations.add_alias(caller(request), organisation, **self.read(AliasSerializer))
        return self.answer(organisation.pk, 201)

    @extend_schema(request=None, responses={200: OrganisationSerializer}, parameters=[part_id("alias")])
    @action(detail=True, methods=["delete"], url_path="aliases/(?P<alias>[^/.]+)")
    def remove_alias(self, request: Request, pk: str, alias: str) -> Response:
        """Takes away a name that is not the organisation's. Answers with the organisation."""
        return without_part(self, request, "aliases", alias, organisations.archive_alias)
