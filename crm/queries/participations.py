"""Who took part in what, and who was supported twice."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from crm.models import Participation
from crm.queries.search import organisations_matching

ORDERS = {
    "event": ("-event__starts_on", "event_id", "organisation__key", "id"),
    "earliest": ("event__starts_on", "-event_id", "-organisation__key", "-id"),
    "organisation": ("organisation__key", "organisation_id", "-event__starts_on", "id"),
    "-organisation": ("-organisation__key", "-organisation_id", "event__starts_on", "-id"),
}


@dataclass(frozen=True, slots=True)
class ParticipationsAsked:
    """What the list is narrowed by; an empty value does not narrow. `support`: city (supported by the city) or twice
    (supported at more than one event that begins in the same year)."""

    q: str = ""
    event: UUID | None = None
    pavilion: str = ""
    support: str = ""
    sort: str = "event"


def participations_asked(asked: ParticipationsAsked) -> QuerySet[Participation]:
    found = Participation.objects.filter(archived_at=None)
    if asked.q:
        found = found.filter(organisation__in=organisations_matching(asked.q).order_by().values("pk"))
    exactly = {"event": asked.event, "pavilion": asked.pavilion}
    found = found.filter(**{name: value for name, value in exactly.items() if value})
    if asked.support:
        found = found.filter(supported_by_city=True)
    if asked.support == "twice":
        found = found.filter(_supported_again())
    return found.order_by(*ORDERS[asked.sort])


def with_support(found: QuerySet[Participation]) -> QuerySet[Participation]:
    """With `is_supported_twice`, the event and the organisation."""
    return found.annotate(is_supported_twice=_supported_again()).select_related("event", "organisation")


def _supported_again() -> Exists:
    """Whether the city supported the organisation at another event of the year."""
    supported = Participation.objects.filter(supported_by_city=True, archived_at=None)
    again = supported.filter(
        organisation=OuterRef("organisation"), event__starts_on__year=OuterRef("event__starts_on__year")
    )
    return Exists(again.exclude(pk=OuterRef("pk")))
