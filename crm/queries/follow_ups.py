"""Follow-ups as a list asks for them."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q, QuerySet

from crm.models import Account, FollowUp, ListedOutcome
from crm.queries import work_lists
from crm.queries.search import written_on
from crm.queries.visibility import OURS, own_units
from crm.values.measures import FollowUpStatus
from crm.values.names import clean

ORDERS: Final[dict[str, tuple[Any, ...]]] = {
    "due": (F("due_on").asc(nulls_last=True), "id"),
    "-due": (F("due_on").desc(nulls_first=True), "-id"),
    "latest": ("-created_at", "id"),
    "earliest": ("created_at", "-id"),
    "done": (F("done_on").desc(nulls_last=True), "-id"),
}


@dataclass(frozen=True, slots=True)
class FollowUpsAsked:
    """What the list is narrowed by; an empty value does not narrow. `show`: open, mine, unit (the reader's), overdue,
    soon, unassigned, escalated, put-off, done or all. `whose`: `ours` for those of `our_follow_ups`."""

    q: str = ""
    show: str = "open"
    org_unit: UUID | None = None
    assignee: UUID | None = None
    whose: str = ""
    sort: str = ""


def follow_ups_asked(asked: FollowUpsAsked, reader: Account, today: date) -> QuerySet[FollowUp]:
    """The soonest due first unless another order is asked for, of what is done the latest."""
    told = {"org_unit": asked.org_unit, "assignee": asked.assignee}
    found = _shown(asked.show, reader, today).filter(**{name: value for name, value in told.items() if value})
    if asked.whose == OURS:
        found = found.filter(our_follow_ups(reader))
    if clean(asked.q):
        found = found.filter(pk__in=written_on(FollowUp, asked.q).order_by().values("record_id"))
    return found.order_by(*ORDERS[asked.sort or ("done" if asked.show == "done" else "due")])


def our_follow_ups(reader: Account) -> Q:
    """Whether a follow-up is the reader's, of his department or of one below it; or nobody's, and about an outcome that
    these lead or nobody does, or about none."""
    units = own_units(reader)
    led = ListedOutcome.objects.filter(Q(lead_unit_id__in=units) | Q(lead_unit_id=None)).order_by().values("outcome_id")
    nobodys = Q(assignee=None, org_unit=None) & (Q(outcome=None) | Q(outcome__in=led))
    return Q(assignee=reader) | Q(org_unit__in=units) | nobodys


def _shown(show: str, reader: Account, today: date) -> QuerySet[FollowUp]:
    if show == "mine":
        return work_lists.open_follow_ups(Q(assignee=reader))
    if show == "unit":
        return work_lists.open_follow_ups(Q(org_unit__isnull=False, org_unit=reader.org_unit_id))
    if show == "overdue":
        return work_lists.overdue(today)
    if show == "soon":
        return work_lists.due_soon(today)
    if show == "unassigned":
        return work_lists.unassigned()
    if show == "escalated":
        return work_lists.escalated()
    if show == "put-off":
        return work_lists.put_off(today)
    if show == "done":
        return FollowUp.objects.filter(archived_at=None).exclude(status=FollowUpStatus.OPEN)
    if show == "all":
        return FollowUp.objects.filter(archived_at=None)
    return work_lists.open_follow_ups()
