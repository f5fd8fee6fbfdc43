"""Events with what they brought."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from crm.models import (
    Attribution,
    Consultation,
    Directive,
    Document,
    Event,
    EventClaim,
    FollowUp,
    LedgerEntry,
    Participation,
)
from crm.queries.search import events_named
from crm.queries.standing_entries import standing_entries
from crm.queries.work_lists import listed_outcomes
from crm.values.measures import Measure


@dataclass(frozen=True, slots=True)
class EventsAsked:
    """What the list is narrowed by; an empty value does not narrow. `year` is that of the first day."""

    q: str = ""
    kind: str = ""
    year: int | None = None
    lead_unit: UUID | None = None
    sort: str = "latest"


ORDERS = {
    "latest": ("-starts_on", "id"),
    "earliest": ("starts_on", "-id"),
    "name": ("name", "-starts_on", "id"),
    "-name": ("-name", "starts_on", "-id"),
}


def events_asked(asked: EventsAsked) -> QuerySet[Event]:
    told = {"kind": asked.kind, "starts_on__year": asked.year, "lead_unit": asked.lead_unit}
    found = events_named(asked.q).filter(**{name: value for name, value in told.items() if value})
    return found.order_by(*ORDERS[asked.sort])


def with_counts(found: QuerySet[Event]) -> QuerySet[Event]:
    """With the lead unit, and the number of outcomes (`outcome_count`)."""
    current = listed_outcomes().filter(event_id=OuterRef("pk")).order_by().values("event_id")
    # Counted for the rows that are shown: joined and grouped, all outcomes would be read for a page of events.
    count = Coalesce(Subquery(current.annotate(count=Count("pk")).values("count")), 0)
    return found.select_related("lead_unit").annotate(outcome_count=count)


def claims_of(event: Event) -> list[EventClaim]:
    return list(event.claims.filter(archived_at=None).order_by("measure", "as_of", "id"))


def participations_of(event: Event) -> list[Participation]:
    found = event.participations.filter(archived_at=None).select_related("organisation")
    return list(found.order_by("organisation__key", "id"))


def consultations_of(event: Event) -> list[Consultation]:
    """With `value_entries`: what was talked about, and what is expected of it."""
    return list(with_values(event.consultations.all()).order_by("met_on", "id"))


def with_values(found: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Those that are not archived, with both sides and `value_entries`."""
    values = standing_entries().filter(measure=Measure.MONEY).order_by("series", "id")
    found = found.filter(archived_at=None).select_related("exhibitor", "buyer")
    return found.prefetch_related(Prefetch("entries", values, to_attr="value_entries"))


def directives_of(event: Event) -> list[Directive]:
    return list(event.directives.filter(archived_at=None).select_related("lead_unit").order_by("given_on", "id"))


def follow_ups_of(event: Event) -> QuerySet[FollowUp]:
    """Those of the event itself and of the directives given there."""
    # Not joined with the directives: each side then has its index, and no follow-up of another event is read.
    given_there = Directive.objects.filter(event=event).values("pk")
    return FollowUp.objects.filter(Q(event=event) | Q(directive__in=given_there), archived_at=None)


def documents_of(event: Event) -> QuerySet[Document]:
    return event.documents.filter(archived_at=None).select_related("outcome").order_by("created_at", "id")


def count_entries_of(event: Event) -> QuerySet[LedgerEntry]:
    """The ledger's entries that count the event's outcomes, reversals included."""
    return LedgerEntry.objects.filter(outcome__event=event, measure=Measure.COUNT)


def attributions_to(event: Event) -> QuerySet[Attribution]:
    """The stated shares of outcomes that fall to the event, whichever event they were signed at."""
    found = Attribution.objects.filter(event=event, archived_at=None, outcome__archived_at=None)
    return found.select_related("outcome").order_by("outcome__title", "role", "id")
