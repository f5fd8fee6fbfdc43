"""The ledger: list, detail, post, correct, reverse."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.ledger_entries.filters import LedgerEntryFilters
from api.ledger_entries.serializers import (
    CorrectionSerializer,
    LedgerEntrySerializer,
    PostSerializer,
    ReversalSerializer,
)
from api.protocol import caller
from api.resources import ResourceViewSet, refuse_taken_id
from crm.actions import ledger
from crm.models import LedgerEntry
from crm.values.measures import Cause


class LedgerEntryViewSet(ResourceViewSet):
    queryset = LedgerEntry.objects.select_related("outcome", "consultation", "event")
    serializer_class = LedgerEntrySerializer
    filterset_class = LedgerEntryFilters
    ordering_fields = ("id", "recorded_at", "value_date")

    @extend_schema(request=PostSerializer, responses={201: LedgerEntrySerializer})
    def create(self, request: Request) -> Response:
        """Posts a figure about one outcome, consultation or event."""
        figure = self.read(PostSerializer)
        refuse_taken_id(LedgerEntry, figure)
        subject = figure.pop("subject")
        entry = ledger.post_figure(caller(request), subject, ledger.Figure(**figure))
        return self.answer(entry.pk, 201)

    @extend_schema(request=CorrectionSerializer, responses={201: LedgerEntrySerializer})
    @action(detail=True, methods=["post"], url_path="correct")
    def correct(self, request: Request, pk: str) -> Response:
        """Reverses the entry and posts the figure in its place, with the reason. Answers with the new entry."""
        figure = self.read(CorrectionSerializer)
        reason = figure.pop("reason")
        entry = ledger.correct_figure(caller(request), self.get_object(), ledger.Figure(**figure), reason)
        return self.answer(entry.pk, 201)

    @extend_schema(request=ReversalSerializer, responses={201: LedgerEntrySerializer})
    @action(detail=True, methods=["post"], url_path="reverse")
    def reverse(self, request: Request, pk: str) -> Response:
        """Takes the figure back, with cause and reason. Answers with the reversal."""
        told = self.read(ReversalSerializer)
        entry = ledger.reverse_figure(caller(request), self.get_object(), Cause(told["cause"]), told["reason"])
        return self.answer(entry.pk, 201)
