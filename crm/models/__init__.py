"""All domain tables. A file a noun."""

from crm.models.accounts import Account, ApiToken
from crm.models.answers import KeptAnswer, TokenUse
from crm.models.base import Record, StaleRecord, record_types
from crm.models.bulk_changes import BulkChange
from crm.models.concurrence import Approval, Concurrence, Delegation
from crm.models.confirmations import PartnerConfirmation
from crm.models.contacts import AccessLog, Contact
from crm.models.demonstrations import ChainLink, Demonstration, DemonstrationKpi, DemonstrationStep
from crm.models.documents import Document
from crm.models.events import Event, EventClaim, Participation
from crm.models.feed import ExternalId, FeedEntry, FeedReader, FeedState
from crm.models.follow_ups import CalendarFeed, DigestMail, Directive, FollowUp, FollowUpRule
from crm.models.imports import ImportBatch
from crm.models.ledger import LedgerEntry
from crm.models.listings import ListedOutcome
from crm.models.merges import Merge, SimilarOutcomes, SimilarPair
from crm.models.notifications import Notification
from crm.models.org_units import OrgUnit, UnitSuccession
from crm.models.organisations import Organisation, OrganisationAlias
from crm.models.outcomes import Attribution, Consultation, CooperatingUnit, FxRate, Outcome, OutcomeProgramme, Party
from crm.models.pitches import Judge, JudgeConflict, PitchCriterion, PitchEntry, PitchScore
from crm.models.programmes import Programme, ProgrammeStatus
from crm.models.publications import Publication, PublicationFile
from crm.models.saved_filters import SavedFilter
from crm.models.schedules import ReportRun, ReportSchedule, RunFile, RunMail
from crm.models.stages import StageStep
from crm.models.targets import EventCost, Target
from crm.models.webhooks import WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookPlace
from crm.models.wordings import Wording

__all__ = [
    "AccessLog",
    "Account",
    "ApiToken",
    "Approval",
    "Attribution",
    "BulkChange",
    "CalendarFeed",
    "ChainLink",
    "Concurrence",
    "Consultation",
    "Contact",
    "CooperatingUnit",
    "Delegation",
    "Demonstration",
    "DemonstrationKpi",
    "DemonstrationStep",
    "DigestMail",
    "Directive",
    "Document",
    "Event",
    "EventClaim",
    "EventCost",
    "ExternalId",
    "FeedEntry",
    "FeedReader",
    "FeedState",
    "FollowUp",
    "FollowUpRule",
    "FxRate",
    "ImportBatch",
    "Judge",
    "JudgeConflict",
    "KeptAnswer",
    "LedgerEntry",
    "ListedOutcome",
    "Merge",
    "Notification",
    "OrgUnit",
    "Organisation",
    "OrganisationAlias",
    "Outcome",
    "OutcomeProgramme",
    "Participation",
    "PartnerConfirmation",
    "Party",
    "PitchCriterion",
    "PitchEntry",
    "PitchScore",
    "Programme",
    "ProgrammeStatus",
    "Publication",
    "PublicationFile",
    "Record",
    "ReportRun",
    "ReportSchedule",
    "RunFile",
    "RunMail",
    "SavedFilter",
    "SimilarOutcomes",
    "SimilarPair",
    "StageStep",
    "StaleRecord",
    "Target",
    "TokenUse",
    "UnitSuccession",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookPlace",
    "Wording",
    "record_types",
]
