"""Links by which partners confirm what the city claims."""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.confirmations.filters import ConfirmationFilters
from api.confirmations.serializers import ConfirmationSerializer, NewConfirmationSerializer
from api.protocol import caller
from api.resources import ResourceViewSet, Updates, refuse_taken_id
from crm.actions.base import Caller
from crm.actions.confirmations import ask_partner, revoke_link
from crm.models import PartnerConfirmation
from crm.queries.confirmations import link_states


class ConfirmationViewSet(Updates, ResourceViewSet):
    queryset = PartnerConfirmation.objects.select_related("outcome")
    serializer_class = ConfirmationSerializer
    filterset_class = ConfirmationFilters

    def represent(self, records: list[Any]) -> list[Any]:
        # A version tells the same at any time: an open link's end is in `expires_at`.
        states = link_states(records, None)
        for record in records:
            record.state, record.is_revoked = states[record.pk], record.revoked_at is not None
        return super().represent(records)

    @extend_schema(responses={201: NewConfirmationSerializer})
    def create(self, request: Request) -> Response:
        """Makes a link for a party of an outcome. Its address is in this answer only: the server keeps a hash."""
        fields = self.read()
        refuse_taken_id(PartnerConfirmation, fields)
        made, token = ask_partner(caller(request), fields.pop("outcome"), fields.pop("organisation"), **fields)
        answer = self.answer(made.pk, 201)
        answer.data["link"] = request.build_absolute_uri(reverse("partner", args=[token]))
        return answer

    def update_record(
        self, who: Caller, record: PartnerConfirmation, version: int, changes: dict[str, Any]
    ) -> PartnerConfirmation:
        is_revoked = record.revoked_at is not None
        if changes.get("is_revoked", is_revoked) == is_revoked:
            return record
        if is_revoked:
            raise ValidationError({"is_revoked": _("A revoked link stays closed; make a new one.")})
        return revoke_link(who, record, version=version)
