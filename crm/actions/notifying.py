"""Who is told of a deed: called by the actions that do it, within them; nothing here is an action.

A deed is told to those whom it concerns, never to who does it. History that is being loaded and invented records are
told to nobody."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from crm import notices
from crm.models import (
    Account,
    Approval,
    Concurrence,
    FollowUp,
    Merge,
    Outcome,
    PartnerConfirmation,
    Record,
    WebhookEndpoint,
)
from crm.models.base import current_work
from crm.permissions import subjects_of
from crm.queries.audience import department, heads_of, keepers_of, keepers_of_each
from crm.queries.authority import may_decide
from crm.values.measures import FollowUpStatus, Role
from crm.values.notifications import Notice

Audience = Callable[[date], Iterable[Account | None]]


def outcome_changed(outcome: Outcome) -> None:
    """Where something of it, or of its parts, was written."""
    work, key = current_work(), (outcome.feed_type, outcome.pk)
    if key in work.written or key in work.raised:
        outcome_done(Notice.OUTCOME_CHANGED, outcome)


def outcome_done(kind: Notice, outcome: Outcome) -> None:
    """Those whose outcome it is. What is only just being recorded is nobody's yet."""
    if _is_just_recorded(outcome):
        return
    later: dict[Notice, dict[UUID, Outcome]] | None = current_work().told_later
    if later is None:
        _tell(kind, outcome, lambda today: keepers_of(outcome, today))
    else:
        later.setdefault(kind, {})[outcome.pk] = outcome


@contextmanager
def told_together() -> Iterator[None]:
    """What is done to outcomes within the block is told at its end: whose they are is found for all at once."""
    work = current_work()
    later: dict[Notice, dict[UUID, Outcome]] = {}
    work.told_later = later
    try:
        yield
    finally:
        work.told_later = None
    for kind, outcomes in later.items():
        outcomes_done(kind, list(outcomes.values()))


def outcomes_done(kind: Notice, outcomes: Iterable[Outcome]) -> None:
    """The same of many, whose people are found together."""
    told = [outcome for outcome in outcomes if not _is_just_recorded(outcome) and _is_told(outcome)]
    if told:
        keepers = keepers_of_each(told, timezone.localdate(current_work().recorded_at))
        notices.dealt_with(*told)
        notices.tell_each(kind, [(outcome, keepers[outcome.pk]) for outcome in told])


def _is_just_recorded(outcome: Outcome) -> bool:
    return (outcome.feed_type, outcome.pk) in current_work().written and outcome.version == 1


def asked(concurrence: Concurrence, *, again: bool = False) -> None:
    """The department that is asked."""
    kind = Notice.CONCURRENCE_ASKED_AGAIN if again else Notice.CONCURRENCE_ASKED
    _tell(kind, concurrence, lambda today: department(concurrence.org_unit_id, today))


def all_asked(concurrences: Iterable[Concurrence]) -> None:
    """The departments that are asked, the people of each found once. Nobody was told of these requests before."""
    told = [concurrence for concurrence in concurrences if _is_told(concurrence)]
    today = timezone.localdate(current_work().recorded_at)
    people = {unit: department(unit, today) for unit in {concurrence.org_unit_id for concurrence in told}}
    notices.tell_each(Notice.CONCURRENCE_ASKED, [(one, people[one.org_unit_id]) for one in told])


def answered(concurrence: Concurrence) -> None:
    """Those whose outcome it is, and who asked."""
    _tell(
        Notice.CONCURRENCE_ANSWERED,
        concurrence,
        lambda today: [*keepers_of(concurrence.outcome, today), concurrence.asked_by],
    )


def closed(kind: Notice, concurrence: Concurrence) -> None:
    """The department that was asked, and those whose outcome it is."""
    _tell(
        kind,
        concurrence,
        lambda today: [*department(concurrence.org_unit_id, today), *keepers_of(concurrence.outcome, today)],
    )


def submitted(approval: Approval) -> None:
    """The nearest heads of the lead unit: they review it, or approve it without."""
    unit = approval.outcome.lead_unit_id
    if unit is not None:
        _tell(Notice.APPROVAL_WAITS, approval, lambda today: heads_of(unit, today, _did_not_draft(approval)))


def reviewed(approval: Approval) -> None:
    """The nearest heads who may approve it."""
    outcome = approval.outcome
    unit = outcome.lead_unit_id
    if unit is not None:
        _tell(Notice.APPROVAL_WAITS, approval, lambda today: heads_of(unit, today, _decides(approval, today)))


def _did_not_draft(approval: Approval) -> Callable[[Account], bool]:
    return lambda person: person.pk != approval.submitted_by_id


def _decides(approval: Approval, today: date) -> Callable[[Account], bool]:
    others = _did_not_draft(approval)
    return lambda person: others(person) and may_decide(person, approval.outcome, today) is not None


def decided(kind: Notice, approval: Approval) -> None:
    """Who submitted it, and those whose outcome it is; of what is open again, who had approved it too."""
    had = [approval.decided_by] if kind == Notice.APPROVAL_REOPENED else []
    _tell(kind, approval, lambda today: [approval.submitted_by, *had, *keepers_of(approval.outcome, today)])


def follow_up_planned(follow_up: FollowUp) -> None:
    _tell(Notice.FOLLOW_UP_ASSIGNED, follow_up, lambda _today: [follow_up.assignee])


def follow_up_changed(follow_up: FollowUp, had: Account | None) -> None:
    """Whose it is now and, where it changed hands, whose it was."""
    if (follow_up.feed_type, follow_up.pk) not in current_work().written:
        return
    if follow_up.assignee_id != (had.pk if had else None):
        kind = Notice.FOLLOW_UP_HANDED_OVER if had else Notice.FOLLOW_UP_ASSIGNED
        _tell(kind, follow_up, lambda _today: [follow_up.assignee])
        _tell(Notice.FOLLOW_UP_TAKEN_AWAY, follow_up, lambda _today: [had])
        return
    dropped = follow_up.status == FollowUpStatus.DROPPED
    follow_up_done(Notice.FOLLOW_UP_DROPPED if dropped else Notice.FOLLOW_UP_CHANGED, follow_up)


def follow_up_done(kind: Notice, follow_up: FollowUp) -> None:
    """Whose it is."""
    _tell(kind, follow_up, lambda _today: [follow_up.assignee])


def escalated(follow_up: FollowUp) -> None:
    _tell(Notice.FOLLOW_UP_ESCALATED, follow_up, lambda _today: [follow_up.escalated_to])


def partner_answered(confirmation: PartnerConfirmation) -> None:
    """Who asked the partner, and those whose outcome it is."""
    _tell(
        Notice.PARTNER_ANSWERED,
        confirmation,
        lambda today: [confirmation.asked_by, *keepers_of(confirmation.outcome, today)],
    )


def merged(kind: Notice, merge: Merge, outcomes: Iterable[Any]) -> None:
    """Those whose outcomes the organisation is a party of."""
    found = Outcome.objects.filter(pk__in=set(outcomes), archived_at=None, is_synthetic=False).order_by("pk")
    _tell(kind, merge, lambda today: [one for outcome in found for one in keepers_of(outcome, today)])


def webhook_off(endpoint: WebhookEndpoint) -> None:
    """The administrators."""
    found = Account.objects.filter(role=Role.ADMINISTRATOR, is_active=True, archived_at=None).order_by("pk")
    _tell(Notice.WEBHOOK_OFF, endpoint, lambda _today: found)


def _tell(kind: Notice, record: Record, whom: Audience) -> None:
    if not _is_told(record):
        return
    notices.dealt_with(record)
    told = [person for person in whom(timezone.localdate(current_work().recorded_at)) if person is not None]
    notices.tell(kind, record, told)


def _is_told(record: Record) -> bool:
    is_invented = any(getattr(subject, "is_synthetic", False) for subject in subjects_of(record))
    return not current_work().is_backfill and not is_invented
