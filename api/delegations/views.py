"""Who answers and decides in whose place."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from api.delegations.filters import DelegationFilters
from api.delegations.serializers import DelegationSerializer
from api.resources import Creates, ResourceViewSet, Updates
from crm.actions import delegations
from crm.actions.base import Caller
from crm.models import Delegation


class DelegationViewSet(Creates, Updates, ResourceViewSet):
    queryset = Delegation.objects.all()
    serializer_class = DelegationSerializer
    filterset_class = DelegationFilters
    ordering_fields = ("id", "created_at", "updated_at", "from_on")

    def create_record(self, who: Caller, fields: dict[str, Any]) -> Delegation:
        return delegations.give_delegation(who, fields.pop("giver"), fields.pop("deputy"), **fields)

    def update_record(self, who: Caller, record: Delegation, version: int, changes: dict[str, Any]) -> Delegation:
        if changes.get("is_ended", record.is_ended) == record.is_ended:
            return record
        if record.is_ended:
            raise ValidationError({"is_ended": _("An ended delegation is given anew, not taken up again.")})
        return delegations.end_delegation(who, record, version=version)
