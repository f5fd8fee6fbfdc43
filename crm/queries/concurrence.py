"""What an outcome still waits for before it counts as confirmed."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from crm.models import Account, Approval, Concurrence, Outcome
from crm.queries.authority import HEADS, given_to, units_answered_by
from crm.queries.work_lists import put_away
from crm.values.concurrence import PENDING, Answer, ApprovalStatus

# What an outcome that was submitted waits in.
WAITS = (
    ApprovalStatus.SUBMITTED,
    ApprovalStatus.REVIEWED,
    ApprovalStatus.RETURNED,
    ApprovalStatus.REOPENED,
)


def concurrences_of(outcome: Outcome) -> QuerySet[Concurrence]:
    """The requests in force, in the order of asking."""
    return concurrences_ever_of(outcome).filter(archived_at=None)


def concurrences_ever_of(outcome: Outcome) -> QuerySet[Concurrence]:
    """The same with those that were taken back, and those whose answer an edit closed."""
    found = Concurrence.objects.filter(outcome=outcome)
    return found.select_related("org_unit", "answered_by", "on_behalf_of", "overridden_by").order_by("created_at", "id")


def latest_approval(outcome: Outcome) -> Approval | None:
    return Approval.objects.filter(outcome=outcome).order_by("-created_at", "-id").first()


def unsettled(outcome: Outcome) -> list[Concurrence]:
    """The mandatory requests that nobody has settled: unanswered, or disagreed with and not overridden."""
    return [c for c in concurrences_of(outcome).filter(mandatory=True) if not c.is_settled]


def unsettled_of(outcomes: Iterable[UUID]) -> QuerySet[Concurrence]:
    """The same of several outcomes."""
    found = Concurrence.objects.filter(outcome__in=outcomes, archived_at=None, mandatory=True, overridden_at=None)
    return found.filter(answer__in=("", Answer.DISAGREE))


def waiting_for(asked: QuerySet[Concurrence], rounds: QuerySet[Approval]) -> list[tuple[UUID, UUID, str]]:
    """(the outcome, the request or round, the unit that was asked; empty of a round), requests first and the oldest
    first. One query."""
    requests, approvals = (
        found.order_by().annotate(after=Value(place, output_field=IntegerField()), unit=Cast(unit, TextField()))
        for found, place, unit in ((asked, 0, F("org_unit__name")), (rounds, 1, Value("")))
    )
    named = ("outcome_id", "pk", "unit", "after", "created_at")
    rows = requests.values_list(*named).union(approvals.values_list(*named), all=True).order_by("after", "created_at")
    return [(outcome, pk, unit) for outcome, pk, unit, *_rest in rows]


def waits_for_approval(outcome: Outcome) -> bool:
    """Whether it was submitted and is not approved as it now stands. One never submitted waits for nobody; a round that
    was recalled leaves it as the round before did, so that recalling frees nothing that was returned or reopened."""
    return waits_among(Approval.objects.filter(outcome=outcome).order_by("-created_at", "-id"))


def waits_among(rounds: Iterable[Approval]) -> bool:
    """The same of an outcome's rounds, the latest first."""
    last = next((one for one in rounds if one.status != ApprovalStatus.RECALLED), None)
    return last is not None and last.status in WAITS


def is_blocked(outcome: Outcome) -> bool:
    """Whether it is provisional: shown, and kept out of confirmed figures."""
    return bool(unsettled(outcome)) or waits_for_approval(outcome)


def requests_listed(*which: Q) -> QuerySet[Concurrence]:
    """The requests in force of outcomes in force for which all of this holds, the soonest due first."""
    found = Concurrence.objects.filter(*which, archived_at=None).exclude(outcome__in=put_away())
    return found.order_by("due_on", "id")


def requests_on_record() -> QuerySet[Concurrence]:
    """Those in force, and those that were settled before an edit closed them: what the figures count. The latest
    first."""
    found = Concurrence.objects.filter(Q(archived_at=None) | ~Q(answer="") | Q(overridden_at__isnull=False))
    return found.order_by("-created_at", "-id")


def with_askers(found: QuerySet[Concurrence]) -> QuerySet[Concurrence]:
    """With what a line shows of a request."""
    people = ("asked_by", "answered_by", "on_behalf_of", "overridden_by", "handed_from")
    return found.select_related("outcome__lead_unit", "org_unit", *people)


def open_requests(*which: Q) -> QuerySet[Concurrence]:
    return requests_listed(*which, Q(answer="", overridden_at=None))


def waiting_with(account: Account, today: date) -> QuerySet[Concurrence]:
    """The open requests to the account's unit, to those below it, and to those for which the account stands in."""
    return open_requests(Q(org_unit__in=units_answered_by(account, today)))


def asked_by_unit(account: Account, today: date) -> QuerySet[Concurrence]:
    """The open requests about outcomes that the account's unit leads, or that the account asked."""
    return open_requests(Q(outcome__lead_unit__in=units_answered_by(account, today)) | Q(asked_by=account))


def overdue_requests(today: date) -> QuerySet[Concurrence]:
    return open_requests(Q(due_on__lt=today))


def approvals_listed(*which: Q) -> QuerySet[Approval]:
    """The rounds of outcomes in force for which all of this holds, the latest first."""
    return Approval.objects.filter(*which).exclude(outcome__in=put_away()).order_by("-created_at", "-id")


def with_deciders(found: QuerySet[Approval]) -> QuerySet[Approval]:
    """With what a line shows of a round."""
    people = ("submitted_by", "reviewed_by", "decided_by", "on_behalf_of")
    return found.select_related("outcome__lead_unit", *people)


def approvals_waiting_with(account: Account, today: date) -> QuerySet[Approval]:
    """What waits for review or approval in the account's unit, below it, and with those whom the account stands in
    for: for heads and deputies, and but for what they submitted themselves."""
    if account.role not in HEADS and not given_to(account, today):
        return Approval.objects.none()
    here = Q(status__in=PENDING, outcome__lead_unit__in=units_answered_by(account, today))
    return approvals_listed(here, ~Q(submitted_by=account))
