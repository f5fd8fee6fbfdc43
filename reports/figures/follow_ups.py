"""How far the follow-ups have come, as they were known at a time."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from crm.models import FollowUp
from crm.values.measures import FollowUpStatus
from crm.values.periods import SEOUL
from reports.figures.standing import latest


@dataclass(frozen=True, slots=True)
class FollowUpFigures:
    """Follow-ups known at the as-of time: all, done, dropped, open; of the open: overdue and unassigned."""

    planned: int
    done: int
    dropped: int
    open: int
    overdue: int
    unassigned: int


def follow_up_figures(as_of: datetime) -> FollowUpFigures:
    pending = Q(status=FollowUpStatus.OPEN)
    counted = latest(FollowUp, as_of).aggregate(
        planned=Count("pk"),
        done=Count("pk", Q(status=FollowUpStatus.DONE)),
        dropped=Count("pk", Q(status=FollowUpStatus.DROPPED)),
        open=Count("pk", pending),
        overdue=Count("pk", pending & Q(due_on__lt=as_of.astimezone(SEOUL).date())),
        unassigned=Count("pk", pending & Q(assignee=None, org_unit=None)),
    )
    return FollowUpFigures(**counted)
