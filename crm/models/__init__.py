"""All domain tables. A file a noun."""

from crm.models.accounts import Account, ApiToken
from crm.models.base import Record, StaleRecord, record_types
from crm.models.contacts import AccessLog, Contact
from crm.models.documents import Document
from crm.models.events import Event, EventClaim, Participation
from crm.models.feed import ExternalId, FeedEntry
from crm.models.follow_ups import Directive, FollowUp
from crm.models.ledger import LedgerEntry
from crm.models.org_units import OrgUnit, UnitSuccession
from crm.models.organisations import Organisation, OrganisationAlias
from crm.models.outcomes import Consultation, CooperatingUnit, FxRate, Outcome, OutcomeProgramme, Party
from crm.models.programmes import Programme, ProgrammeStatus

__all__ = [
    "AccessLog",
    "Account",
    "ApiToken",
    "Consultation",
    "Contact",
    "CooperatingUnit",
    "Directive",
    "Document",
    "Event",
    "EventClaim",
    "ExternalId",
    "FeedEntry",
    "FollowUp",
    "FxRate",
    "LedgerEntry",
    "OrgUnit",
    "Organisation",
    "OrganisationAlias",
    "Outcome",
    "OutcomeProgramme",
    "Participation",
    "Party",
    "Programme",
    "ProgrammeStatus",
    "Record",
    "StaleRecord",
    "UnitSuccession",
    "record_types",
]
