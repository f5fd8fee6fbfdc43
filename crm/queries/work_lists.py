"""What waits to be done: for the day's page and its counts."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from crm.models import Document, FollowUp, ListedOutcome, Outcome
from crm.queries.standing_entries import standing_entries
from crm.values.evidence import REALISED_GRADES
from crm.values.measures import FollowUpStatus

SOON = timedelta(days=14)
_NOBODYS = Q(assignee=None, org_unit=None) | Q(due_on=None)


def with_subjects(found: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """With what a line shows."""
    return found.select_related(
        "outcome", "event", "directive", "demonstration", "assignee", "org_unit", "escalated_to"
    )


def follow_ups_listed(found: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """With what a line shows, the soonest due first, those without a day last."""
    return with_subjects(found).order_by(F("due_on").asc(nulls_last=True), "id")


def open_follow_ups(*which: Q) -> QuerySet[FollowUp]:
    """Those for which all of this holds, the soonest due first, those without a day last.

    What they are narrowed by stands before what was put away: SQLite asks in the order in which it is told, and the
    second is the dear one."""
    found = FollowUp.objects.filter(*which, status=FollowUpStatus.OPEN, archived_at=None)
    return found.exclude(outcome__in=put_away()).order_by(F("due_on").asc(nulls_last=True), "id")


def due_soon(today: date) -> QuerySet[FollowUp]:
    """Due today or within the next fourteen days, and not put off."""
    return awake(today, Q(due_on__gte=today, due_on__lte=today + SOON))


def overdue(today: date) -> QuerySet[FollowUp]:
    return awake(today, Q(due_on__lt=today))


def awake(today: date, *which: Q) -> QuerySet[FollowUp]:
    """Open, and not put off to a later day."""
    return open_follow_ups(Q(snoozed_until=None) | Q(snoozed_until__lte=today), *which)


def put_off(today: date) -> QuerySet[FollowUp]:
    return open_follow_ups(Q(snoozed_until__gt=today))


def escalated() -> QuerySet[FollowUp]:
    return open_follow_ups(Q(escalated_on__isnull=False))


def unassigned() -> QuerySet[FollowUp]:
    """Without a person and a unit, or without a day."""
    return open_follow_ups(_NOBODYS)


def current_outcomes() -> QuerySet[Outcome]:
    return Outcome.objects.filter(archived_at=None)


def put_away() -> QuerySet[Outcome]:
    """The ids of archived outcomes, to leave out what is about them: little, and asked once. To join whatever is about
    an outcome with it would read every outcome."""
    return Outcome.objects.filter(archived_at__isnull=False).values("pk")  # type: ignore[return-value]


def listed_outcomes() -> QuerySet[ListedOutcome]:
    """The current outcomes as lists read them."""
    return ListedOutcome.objects.filter(is_archived=False)


def strong_evidence() -> Q:
    """Whether a document or a standing figure of an outcome is of the first three grades."""
    documents = Document.objects.filter(outcome=OuterRef("pk"), archived_at=None, grade__in=REALISED_GRADES)
    figures = standing_entries().filter(outcome=OuterRef("pk"), evidence_grade__in=REALISED_GRADES)
    return Q(Exists(documents)) | Q(Exists(figures))
