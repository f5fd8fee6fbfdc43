"""What an outcome still waits for before it counts as confirmed."""

from django.db.models import QuerySet

from crm.models import Approval, Concurrence, Outcome
from crm.values.concurrence import ApprovalStatus

_WAITS = (
    ApprovalStatus.SUBMITTED,
    ApprovalStatus.REVIEWED,
    ApprovalStatus.RETURNED,
    ApprovalStatus.REOPENED,
)


def concurrences_of(outcome: Outcome) -> QuerySet[Concurrence]:
    """The requests in force, in the order of asking."""
    found = Concurrence.objects.filter(outcome=outcome, archived_at=None)
    return found.select_related("org_unit", "answered_by", "on_behalf_of", "overridden_by").order_by("created_at", "id")


def latest_approval(outcome: Outcome) -> Approval | None:
    return Approval.objects.filter(outcome=outcome).order_by("-created_at", "-id").first()


def unsettled(outcome: Outcome) -> list[Concurrence]:
    """The mandatory requests that nobody has settled: unanswered, or disagreed with and not overridden."""
    return [c for c in concurrences_of(outcome).filter(mandatory=True) if not c.is_settled]


def waits_for_approval(outcome: Outcome) -> bool:
    """Whether it was submitted and is not approved as it now stands. One never submitted waits for nobody; a round that
    was recalled leaves it as the round before did, so that recalling frees nothing that was returned or reopened."""
    rounds = Approval.objects.filter(outcome=outcome).exclude(status=ApprovalStatus.RECALLED)
    last = rounds.order_by("-created_at", "-id").first()
    return last is not None and last.status in _WAITS


def is_blocked(outcome: Outcome) -> bool:
    """Whether it is provisional: shown, and kept out of confirmed figures."""
    return bool(unsettled(outcome)) or waits_for_approval(outcome)
