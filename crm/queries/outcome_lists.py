"""The list of outcomes: narrowed by what the reader asks, in the order the reader wants."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from crm.models import CooperatingUnit, Outcome, Party
from crm.queries.search import outcomes_named
from crm.queries.standing_entries import standing_entries
from crm.queries.work_lists import current_outcomes, strong_evidence
from crm.values.measures import Measure

NO_UNIT: Final = "none"
ORDERS: Final = {
    "-signed": (F("signed_on").desc(nulls_last=True), F("id").desc()),
    "signed": (F("signed_on").asc(nulls_last=True), F("id").asc()),
    "-recorded": (F("created_at").desc(), F("id").desc()),
    "title": (F("title").asc(), F("id").asc()),
    "kind": (F("kind").asc(), F("signed_on").desc(nulls_last=True), F("id").desc()),
}


@dataclass(frozen=True, slots=True)
class OutcomesAsked:
    """What the list is narrowed by; an empty value does not narrow. `unit` is an id or `none`, and finds leading and
    cooperating units. `evidence`: strong (of the first three grades) or missing."""

    text: str = ""
    kind: str = ""
    standing: str = ""
    stage: str = ""
    evidence: str = ""
    event: UUID | None = None
    unit: UUID | str | None = None
    signed_from: date | None = None
    signed_to: date | None = None
    order: str = "-signed"


def outcomes_asked(asked: OutcomesAsked, kept: QuerySet[Outcome] | None = None) -> QuerySet[Outcome]:
    """`kept` are those of which the reader is not shown the content: it is not searched."""
    exactly = {
        "kind": asked.kind,
        "standing": asked.standing,
        "stage": asked.stage,
        "event_id": asked.event,
        "signed_on__gte": asked.signed_from,
        "signed_on__lte": asked.signed_to,
    }
    found = current_outcomes().filter(**{name: value for name, value in exactly.items() if value})
    if asked.unit == NO_UNIT:
        found = found.filter(lead_unit=None)
    elif isinstance(asked.unit, UUID):
        cooperating = CooperatingUnit.objects.filter(org_unit_id=asked.unit, archived_at=None)
        found = found.filter(Q(lead_unit_id=asked.unit) | Q(pk__in=cooperating.values("outcome_id")))
    if asked.evidence:
        found = found.filter(strong_evidence()) if asked.evidence == "strong" else found.exclude(strong_evidence())
    return outcomes_named(found, asked.text, kept).order_by(*ORDERS.get(asked.order, ORDERS["-signed"]))


def latest_by_stage(found: QuerySet[Outcome], most: int) -> dict[str, tuple[int, list[UUID]]]:
    """By stage: how many there are, and the ids of the latest of them. One query for all the stages."""
    numbered = found.order_by().annotate(
        place=Window(RowNumber(), partition_by="stage", order_by=ORDERS["-signed"]),
        in_stage=Window(Count("pk"), partition_by="stage"),
    )
    stages: dict[str, tuple[int, list[UUID]]] = {}
    rows = numbered.filter(place__lte=most).order_by("stage", "place").values_list("stage", "in_stage", "pk")
    for stage, count, pk in rows:
        stages.setdefault(stage, (count, []))[1].append(pk)
    return stages


def with_lines(found: QuerySet[Outcome]) -> QuerySet[Outcome]:
    """With all that a line of the list shows, in as many queries for one outcome as for fifty: `party_rows`, and
    `value_entries`, the standing entries of money and jobs."""
    parties = Party.objects.filter(archived_at=None).select_related("organisation")
    values = standing_entries().exclude(measure=Measure.COUNT)
    return found.select_related("event", "lead_unit").prefetch_related(
        Prefetch("parties", parties, to_attr="party_rows"),
        Prefetch("entries", values.order_by("recorded_at", "id"), to_attr="value_entries"),
    )
