"""Exchange rates."""

from api.fx_rates.filters import FxRateFilters
from api.fx_rates.serializers import FxRateSerializer
from api.resources import ResourceViewSet
from crm.models import FxRate


class FxRateViewSet(ResourceViewSet):
    queryset = FxRate.objects.all()
    serializer_class = FxRateSerializer
    filterset_class = FxRateFilters
    ordering_fields = ("id", "on")
