"""What came of what."""

from api.chain_links.filters import ChainLinkFilters
from api.chain_links.serializers import ChainLinkSerializer
from api.resources import Creates, ResourceViewSet, Updates
from crm.actions import chains
from crm.models import ChainLink


class ChainLinkViewSet(Creates, Updates, ResourceViewSet):
    queryset = ChainLink.objects.all()
    serializer_class = ChainLinkSerializer
    filterset_class = ChainLinkFilters
    create_action = chains.link_chain
    update_action = chains.update_link
