"""Criteria of pitch competitions. They are laid down together, at the event: their weights add to a hundred."""

from api.criteria.filters import CriterionFilters
from api.criteria.serializers import CriterionSerializer
from api.resources import ResourceViewSet
from crm.models import PitchCriterion


class CriterionViewSet(ResourceViewSet):
    queryset = PitchCriterion.objects.all()
    serializer_class = CriterionSerializer
    filterset_class = CriterionFilters
