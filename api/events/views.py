"""Events and their claims."""

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.criteria.serializers import CriteriaSerializer
from api.events.filters import EventFilters
from api.events.serializers import ClaimSerializer, EventSerializer
from api.protocol import caller
from api.resources import Creates, Deletes, ResourceViewSet, Updates, part_id, without_part
from crm.actions import events, pitches
from crm.models import Event, EventClaim


class EventViewSet(Deletes, Creates, Updates, ResourceViewSet):
    queryset = Event.objects.prefetch_related(
        Prefetch("claims", EventClaim.objects.filter(archived_at=None).order_by("measure", "as_of", "id"))
    )
    serializer_class = EventSerializer
    filterset_class = EventFilters
    ordering_fields = ("id", "created_at", "updated_at", "starts_on", "name")
    create_action = events.record_event
    update_action = events.update_event
    delete_action = events.archive_event

    @extend_schema(request=ClaimSerializer, responses={201: EventSerializer})
    @action(detail=True, methods=["post"], url_path="claims")
    def claims(self, request: Request, pk: str) -> Response:
        """Keeps what a source says about the event, beside what others say. Answers with the event."""
        event = self.get_object()
        events.state_claim(caller(request), event, **self.read(ClaimSerializer))
        return self.answer(event.pk, 201)

    @extend_schema(request=None, responses={200: EventSerializer}, parameters=[part_id("claim")])
    @action(detail=True, methods=["delete"], url_path="claims/(?P<claim>[^/.]+)")
    def remove_claim(self, request: Request, pk: str, claim: str) -> Response:
        """Takes a claim away that its source did not make, or not of this event. Answers with the event."""
        return without_part(self, request, "claims", claim, lambda who, one: events.archive_claim(who, one, who.reason))

    @extend_schema(request=CriteriaSerializer, responses={201: EventSerializer})
    @action(detail=True, methods=["post"], url_path="criteria")
    def criteria(self, request: Request, pk: str) -> Response:
        """Lays down the criteria of a pitch competition in place of those before, until somebody has scored. Answers
        with the event; the criteria have an address of their own."""
        event, told = self.get_object(), self.read(CriteriaSerializer)
        pitches.set_criteria(caller(request), event, [(row["name"], row["weight"]) for row in told["criteria"]])
        return self.answer(event.pk, 201)
