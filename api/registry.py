"""Every resource by its name in addresses, and by the name of its records in the feed."""

from typing import Any, Final

from rest_framework.request import Request

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
from api.resources import ResourceViewSet

RESOURCES: Final[dict[str, type[ResourceViewSet]]] = {
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


def view_of(name: str, request: Request, action: str = "list") -> Any:
    """The resource, set up to do that for this client outside of its own addresses."""
    view = RESOURCES[name]()
    view.basename, view.action = name, action
    view.request, view.args, view.kwargs, view.format_kwarg = request, (), {}, None
    return view


def model_of(name: str) -> Any:
    """The records that a resource shows."""
    queryset: Any = RESOURCES[name].queryset
    return queryset.model


BY_TYPE: Final[dict[str, str]] = {model_of(name).feed_type: name for name in RESOURCES}
