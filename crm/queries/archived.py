"""What was put away, ended or stopped, kind by kind, the latest first: with the text in what it is called, or in what
it belongs to."""

from typing import TypeVar

from django.db.models import Q, QuerySet

from crm.models import (
    CalendarFeed,
    ChainLink,
    Consultation,
    Delegation,
    Demonstration,
    Document,
    Event,
    EventClaim,
    EventCost,
    FollowUp,
    Organisation,
    OrganisationAlias,
    Outcome,
    Participation,
    PitchEntry,
    Record,
    ReportSchedule,
    SavedFilter,
    Target,
    WebhookEndpoint,
)
from crm.values.measures import FollowUpStatus
from crm.values.names import clean
from crm.values.numbers import number_in

R = TypeVar("R", bound=Record)
_ENDS = ("from_pitch", "from_demonstration", "from_outcome", "to_demonstration", "to_outcome")


def archived_outcomes(text: str) -> QuerySet[Outcome]:
    found = Outcome.objects.filter(archived_at__isnull=False).order_by("-archived_at", "-id")
    typed = clean(text)
    return found.filter(Q(title__icontains=typed) | Q(code__iexact=typed)) if typed else found


def archived_demonstrations(text: str) -> QuerySet[Demonstration]:
    return _with(text, Demonstration.objects.all(), "title")


def archived_pitches(text: str) -> QuerySet[PitchEntry]:
    return _with(text, PitchEntry.objects.select_related("event", "organisation"), "title")


def archived_events(text: str) -> QuerySet[Event]:
    return _with(text, Event.objects.all(), "name", "name_en")


def archived_claims(text: str) -> QuerySet[EventClaim]:
    return _with(text, EventClaim.objects.select_related("event"), "value", "source", "event__name")


def archived_participations(text: str) -> QuerySet[Participation]:
    found = Participation.objects.select_related("event", "organisation")
    return _with(text, found, "organisation__name", "event__name")


def archived_consultations(text: str) -> QuerySet[Consultation]:
    found = Consultation.objects.select_related("event", "exhibitor", "buyer")
    return _with(text, found, "exhibitor__name", "buyer__name", "event__name")


def archived_documents(text: str) -> QuerySet[Document]:
    """With what each is evidence for."""
    found = Document.objects.select_related("outcome__lead_unit", "event", "organisation")
    return _with(text, found, "title", "document_number", "file_name")


def archived_organisations(text: str) -> QuerySet[Organisation]:
    """Without those that were merged away: they come back when the merge is undone."""
    return _with(text, Organisation.objects.filter(merged_into=None), "name", "name_en")


def archived_parties(outcome: Outcome) -> QuerySet[Organisation]:
    """The parties of the outcome that were put away themselves, as when all of a sheet was taken back."""
    parties = outcome.parties.filter(archived_at=None).values("organisation")
    return archived_organisations("").filter(pk__in=parties).order_by("key", "id")


def archived_aliases(text: str) -> QuerySet[OrganisationAlias]:
    return _with(text, OrganisationAlias.objects.select_related("organisation"), "name", "organisation__name")


def archived_targets(text: str) -> QuerySet[Target]:
    found = Target.objects.select_related("org_unit", "event", "programme")
    names = ("source", "org_unit__name", "event__name", "programme__name")
    return _with(text, found, *names, exactly={"year": number_in(text.strip(), 0)})


def archived_costs(text: str) -> QuerySet[EventCost]:
    return _with(text, EventCost.objects.select_related("event"), "item", "event__name")


def archived_links(text: str) -> QuerySet[ChainLink]:
    found = ChainLink.objects.select_related(*_ENDS, "from_pitch__event", "from_pitch__organisation")
    return _with(text, found, "note", *(f"{end}__title" for end in _ENDS))


def archived_filters(text: str) -> QuerySet[SavedFilter]:
    """Everybody's: what one keeps for oneself nobody else brings back."""
    return _with(text, SavedFilter.objects.all(), "name")


def ended_delegations(text: str) -> QuerySet[Delegation]:
    """Everybody's, those that were ended before their last day."""
    found = Delegation.objects.select_related("giver", "deputy")
    return _with(text, found, "giver__name", "deputy__name", "reason")


def dropped_follow_ups(text: str) -> QuerySet[FollowUp]:
    found = FollowUp.objects.select_related("outcome__lead_unit", "demonstration")
    found = found.filter(status=FollowUpStatus.DROPPED, archived_at=None)
    return _naming(text, found.order_by("-updated_at", "id"), "title", "result")


def closed_calendars(text: str) -> QuerySet[CalendarFeed]:
    """Everybody's. The addresses have no name to be found by: only their hashes are kept."""
    return CalendarFeed.objects.exclude(revoked_at=None).order_by("-revoked_at", "id")


def stopped_schedules(text: str) -> QuerySet[ReportSchedule]:
    found = ReportSchedule.objects.filter(is_active=False, archived_at=None)
    return _naming(text, found.order_by("-updated_at", "id"), "name")


def webhooks_off(text: str) -> QuerySet[WebhookEndpoint]:
    found = WebhookEndpoint.objects.filter(is_active=False, archived_at=None)
    return _naming(text, found.order_by("-switched_off_at", "id"), "label", "address")


def _with(text: str, found: QuerySet[R], *names: str, exactly: dict[str, int] | None = None) -> QuerySet[R]:
    gone = found.exclude(archived_at=None).order_by("-archived_at", "id")
    return _naming(text, gone, *names, exactly=exactly)


def _naming(text: str, found: QuerySet[R], *names: str, exactly: dict[str, int] | None = None) -> QuerySet[R]:
    typed = clean(text)
    if not typed:
        return found
    asked = Q(**exactly) if exactly else Q()
    for name in names:
        asked |= Q(**{f"{name}__icontains": typed})
    return found.filter(asked)
