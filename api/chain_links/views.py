"""What came of what."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.chain_links.filters import ChainLinkFilters
from api.chain_links.serializers import ChainLinkSerializer, RemovalSerializer
from api.protocol import caller
from api.resources import Creates, Deletes, ResourceViewSet, Updates
from crm.actions import chains
from crm.models import ChainLink


class ChainLinkViewSet(Deletes, Creates, Updates, ResourceViewSet):
    queryset = ChainLink.objects.all()
    serializer_class = ChainLinkSerializer
    filterset_class = ChainLinkFilters
    create_action = chains.link_chain
    update_action = chains.update_link
    delete_action = chains.unlink_chain

    @extend_schema(request=RemovalSerializer, responses={201: ChainLinkSerializer})
    @action(detail=True, methods=["post"], url_path="remove")
    def remove(self, request: Request, pk: str) -> Response:
        """Takes the link away, with the reason. It stays as an archived one."""
        link, told = self.get_object(), self.read(RemovalSerializer)
        chains.unlink_chain(caller(request), link, told["reason"])
        return self.answer(link.pk, 201)
