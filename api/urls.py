"""Addresses of the API."""

from typing import Any

from django.urls import path, re_path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from api.approvals.views import ApprovalViewSet
from api.chain_links.views import ChainLinkViewSet
from api.concurrences.views import ConcurrenceViewSet
from api.confirmations.views import ConfirmationViewSet
from api.consultations.views import ConsultationViewSet
from api.contacts.views import ContactViewSet
from api.criteria.views import CriterionViewSet
from api.delegations.views import DelegationViewSet
from api.demonstrations.views import DemonstrationViewSet
from api.directives.views import DirectiveViewSet
from api.documents.views import DocumentViewSet
from api.events.views import EventViewSet
from api.figures.views import QuarterlyFigures, RestatementFigures
from api.follow_ups.views import FollowUpViewSet
from api.fx_rates.views import FxRateViewSet
from api.judges.views import JudgeViewSet
from api.ledger_entries.views import LedgerEntryViewSet
from api.org_units.views import OrgUnitViewSet
from api.organisations.views import OrganisationViewSet
from api.outcomes.views import OutcomeViewSet
from api.participations.views import ParticipationViewSet
from api.pitches.views import PitchViewSet
from api.programmes.views import ProgrammeViewSet
from api.protocol import Protocol
from api.resources import ResourceViewSet
from api.schema import Docs, Schema

RESOURCES: dict[str, type[ResourceViewSet]] = {
    "approvals": ApprovalViewSet,
    "concurrences": ConcurrenceViewSet,
    "confirmations": ConfirmationViewSet,
    "chain-links": ChainLinkViewSet,
    "consultations": ConsultationViewSet,
    "contacts": ContactViewSet,
    "delegations": DelegationViewSet,
    "criteria": CriterionViewSet,
    "demonstrations": DemonstrationViewSet,
    "directives": DirectiveViewSet,
    "documents": DocumentViewSet,
    "events": EventViewSet,
    "follow-ups": FollowUpViewSet,
    "fx-rates": FxRateViewSet,
    "judges": JudgeViewSet,
    "ledger-entries": LedgerEntryViewSet,
    "org-units": OrgUnitViewSet,
    "organisations": OrganisationViewSet,
    "outcomes": OutcomeViewSet,
    "participations": ParticipationViewSet,
    "pitches": PitchViewSet,
    "programmes": ProgrammeViewSet,
}
router = SimpleRouter(trailing_slash=False)
for name, view in RESOURCES.items():
    view.lookup_value_converter = "uuid"  # type: ignore[attr-defined]
    router.register(f"v1/{name}", view, basename=name)


class Index(Protocol, APIView):
    """What there is: the address of every resource."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        base = request.build_absolute_uri("/api/v1/")
        return Response({name: f"{base}{name}" for name in (*RESOURCES, "figures/quarterly", "figures/restatement")})


class Nothing(APIView):
    """An address below /api/ at which there is nothing: a problem, not a page."""

    authentication_classes: tuple[Any, ...] = ()
    permission_classes: tuple[Any, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise exceptions.NotFound


urlpatterns = [
    path("v1/", Index.as_view(), name="api-index"),
    path("v1/schema/", Schema.as_view(), name="api-schema"),
    path("docs/", Docs.as_view(url_name="api-schema"), name="api-docs"),
    path("v1/figures/quarterly", QuarterlyFigures.as_view(), name="api-figures-quarterly"),
    path("v1/figures/restatement", RestatementFigures.as_view(), name="api-figures-restatement"),
    *router.urls,
    re_path(r"^.*$", extend_schema(exclude=True)(Nothing).as_view()),
]
