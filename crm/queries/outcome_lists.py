"""The list of outcomes: narrowed by what the reader asks, in the order the reader wants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from crm.models import CooperatingUnit, ListedOutcome, Outcome, Party
from crm.queries.search import listed_with
from crm.queries.standing_entries import standing_entries
from crm.queries.work_lists import listed_outcomes
from crm.values.measures import Measure
from crm.values.names import clean

NO_UNIT: Final = "none"
# Each by an index of ListedOutcome. Those without a signing day come last.
ORDERS: Final = {
    "-signed": ("-day", "-outcome_id"),
    "signed": ("is_undated", "day", "outcome_id"),
    "-recorded": ("-created_at", "-outcome_id"),
    "title": ("title", "outcome_id"),
    "kind": ("kind", "-day", "-outcome_id"),
}
# Outcomes in which units cooperate are named one by one up to here; beyond, the whole index is read sooner.
_NAMED: Final = 500
# What a line shows of an outcome and of what belongs to it.
_OF_OUTCOME: Final = (*(column.name for column in Outcome._meta.concrete_fields), "event__name", "lead_unit__name")
_OF_PARTY: Final = ("outcome", "role", "organisation__name")
_OF_ENTRY: Final = ("outcome", "measure", "series", "value", "krw_value", "currency", "approximate", "basis")


@dataclass(frozen=True, slots=True)
class OutcomesAsked:
    """What the list is narrowed by; an empty value does not narrow. `unit` is an id, several, or `none`, and finds
    leading and cooperating units. `evidence`: strong (of the first three grades) or missing. `organisation`
    is a party to them."""

    text: str = ""
    kind: str = ""
    standing: str = ""
    stage: str = ""
    evidence: str = ""
    event: UUID | None = None
    unit: UUID | frozenset[UUID] | str | None = None
    signed_from: date | None = None
    signed_to: date | None = None
    organisation: UUID | None = None
    order: str = "-signed"

    @property
    def by_words(self) -> bool:
        return bool(clean(self.text))


def outcomes_asked(asked: OutcomesAsked, kept: Q | None = None, of_units: Q | None = None) -> QuerySet[ListedOutcome]:
    """`kept` are those of which the reader is not shown the content: it is not searched. `of_units` are those of the
    units that are asked for, where that is known already."""
    exactly = {
        "kind": asked.kind,
        "standing": asked.standing,
        "stage": asked.stage,
        "event_id": asked.event,
        "day__gte": asked.signed_from,
        "day__lte": asked.signed_to,
    }
    found = listed_outcomes().filter(**{name: value for name, value in exactly.items() if value})
    if asked.signed_to:
        found = found.filter(is_undated=False)
    if asked.unit == NO_UNIT:
        found = found.filter(lead_unit_id=None)
    elif isinstance(asked.unit, UUID | frozenset):
        units = asked.unit if isinstance(asked.unit, frozenset) else frozenset({asked.unit})
        found = found.filter(of_units or listed_of_units(units))
    if asked.organisation:
        found = found.filter(_with_party(asked.organisation))
    if asked.evidence:
        found = found.filter(is_proven=asked.evidence == "strong")
    if asked.by_words:
        found = listed_with(found, asked.text, kept)
    return found.order_by(*ORDERS.get(asked.order, ORDERS["-signed"]))


def listed_of_units(units: frozenset[UUID]) -> Q:
    """Those that the units lead or cooperate in. Where they cooperate in a few, these are named one by one: PostgreSQL
    finds them by their index, while for a subquery within "or" it reads every row. Asks that at once."""
    cooperating = CooperatingUnit.objects.filter(org_unit_id__in=units, archived_at=None).order_by()
    named = cooperating.values_list("outcome_id", flat=True)
    few = list(named[: _NAMED + 1])
    return Q(lead_unit_id__in=units) | Q(pk__in=few if len(few) <= _NAMED else named)


def listed_of(organisation: UUID) -> QuerySet[ListedOutcome]:
    """Those to which it is a party, the latest signed first."""
    return listed_outcomes().filter(_with_party(organisation)).order_by(*ORDERS["-signed"])


def _with_party(organisation: UUID) -> Q:
    return Q(pk__in=Party.objects.filter(organisation=organisation, archived_at=None).values("outcome_id"))


def latest_by_stage(found: QuerySet[ListedOutcome], most: int) -> dict[str, tuple[int, list[UUID]]]:
    """By stage: how many there are, and the ids of the latest of them. Two queries for all the stages."""
    counts = dict(found.order_by().values_list("stage").annotate(Count("pk")))
    if not counts:
        return {}
    # A union of them and not one condition with "or": for that PostgreSQL reads the whole table.
    first, *others = (_latest_of(found.filter(stage=stage), most) for stage in counts)
    stages: dict[str, tuple[int, list[UUID]]] = {stage: (count, []) for stage, count in counts.items()}
    for _, pk, stage in sorted(first.union(*others, all=True), reverse=True):
        stages[stage][1].append(pk)
    return stages


def _latest_of(found: QuerySet[ListedOutcome], most: int) -> QuerySet[ListedOutcome, tuple[date, UUID, str]]:
    latest = found.order_by(*ORDERS["-signed"])[:most]
    rows = ListedOutcome.objects.filter(pk__in=latest.values("pk")).order_by()
    return rows.values_list("day", "pk", "stage")


def outcome_rows(ids: Iterable[UUID]) -> QuerySet[Outcome]:
    """The outcomes with all that a line of the list shows."""
    return with_lines(Outcome.objects.filter(pk__in=ids))


def with_lines(found: QuerySet[Outcome]) -> QuerySet[Outcome]:
    """With all that a line of the list shows, in as many queries for one outcome as for fifty: `party_rows`, and
    `value_entries`, the standing entries of money and jobs. Of what belongs to an outcome only what a line shows is
    read."""
    parties = Party.objects.filter(archived_at=None).select_related("organisation").only(*_OF_PARTY)
    values = standing_entries().exclude(measure=Measure.COUNT).only(*_OF_ENTRY)
    shown = found.select_related("event", "lead_unit").only(*_OF_OUTCOME)
    return shown.prefetch_related(
        Prefetch("parties", parties, to_attr="party_rows"),
        Prefetch("entries", values.order_by("recorded_at", "id"), to_attr="value_entries"),
    )
