"""Concurrence between departments (협조): asking, answering, overriding, taking back, handing over.

Whatever changes here, `settle` brings the outcome in line: provisional while a mandatory answer is lacking. The outcome
is held before the request, so that two departments that answer at once are both counted."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions import notifying
from crm.actions.asking import ask, lead_of
from crm.actions.base import Caller, Conflict, action, expect_version, hold, store
from crm.actions.posting import as_it_stands
from crm.actions.settling import settle
from crm.models import Account, Concurrence, CooperatingUnit, OrgUnit, Outcome
from crm.models.base import current_work
from crm.queries.authority import may_answer, may_override
from crm.queries.concurrence import concurrences_of, latest_approval
from crm.queries.content import content_hash as hash_now
from crm.queries.content import content_of
from crm.queries.content_words import content_seen, differences
from crm.queries.org_units import units_in_force
from crm.values.concurrence import Answer, ApprovalStatus
from crm.values.notifications import Notice

_NEEDS_OPINION = frozenset({Answer.DISAGREE, Answer.AGREE_WITH_CONDITIONS})


@action("concurrence.ask")
def request_concurrence(
    caller: Caller,
    /,
    outcome: Outcome,
    org_unit: OrgUnit,
    *,
    due_on: date | None = None,
    mandatory: bool = True,
    question: str = "",
    id: UUID | None = None,
) -> Concurrence:
    """Asks a department, or the one that it became, to concur until a day (seven days where none is given). It becomes
    a cooperating unit. Raises ValidationError: the unit leads the outcome, is not in force or is asked already; the
    day is past."""
    outcome = held(outcome)
    _check_open(outcome)
    today = timezone.localdate(caller.now)
    unit = org_unit.current(today)
    _check_asking(outcome, unit, due_on, today)
    if not outcome.cooperating_units.filter(org_unit__in={unit.pk, org_unit.pk}, archived_at=None).exists():
        store(CooperatingUnit(), {"outcome": outcome, "org_unit": unit})
    more: dict[str, Any] = {"due_on": due_on, "mandatory": mandatory, "question": question.strip()}
    concurrence = ask(outcome, unit, content_of(outcome), **{**more, **({"id": id} if id else {})})
    notifying.asked(concurrence)
    settle(outcome, caller.reason)
    return concurrence


@action("concurrence.answer")
def concur(
    caller: Caller,
    /,
    concurrence: Concurrence,
    answer: Answer,
    *,
    opinion: str = "",
    content_hash: str,
    on_behalf_of: Account | None = None,
    version: int | None = None,
) -> Concurrence:
    """Answers for the department. `content_hash` is of the content that was read; `on_behalf_of` names the one in whose
    place the caller answers. An answer may be changed until the outcome is approved.

    Raises ValidationError: no right to answer, no opinion where one is due, other content than was read (with what
    changed), approved already; Stale where somebody else answered meanwhile."""
    outcome = held(concurrence.outcome)
    right = may_answer(caller.account, concurrence.org_unit, timezone.localdate(caller.now), on_behalf_of)
    if right is None:
        message = _("Only the heads of %(unit)s, and those who stand in for them, answer for it.")
        raise ValidationError({"__all__": message % {"unit": concurrence.org_unit}})
    # Before the version: an edit of the outcome raises it too, and this refusal says what was edited.
    check_seen(outcome, content_hash)
    expect_version(concurrence, version)
    hold(concurrence)
    _check_request(outcome, concurrence)
    _check_unapproved(outcome, concurrence)
    if answer in _NEEDS_OPINION and not opinion.strip():
        raise ValidationError({"opinion": _("Disagreement and conditions take an opinion.")})
    given = {
        "answer": answer,
        "opinion": opinion.strip(),
        "answered_by": caller.account,
        "answered_at": current_work().recorded_at,
        "capacity": right.capacity,
        "on_behalf_of": right.on_behalf_of,
    }
    store(concurrence, given)
    settle(outcome, caller.reason)
    notifying.answered(concurrence)
    return concurrence


@action("concurrence.override")
def override_concurrence(
    caller: Caller, /, concurrence: Concurrence, reason: str, *, version: int | None = None
) -> Concurrence:
    """Goes on without the department's agreement, with a reason that stays. Raises ValidationError: no reason, no right
    to it, nothing to override; Stale."""
    expect_version(concurrence, version)
    outcome = held(concurrence.outcome)
    hold(concurrence)
    _check_request(outcome, concurrence)
    if not may_override(caller.account, outcome, timezone.localdate(caller.now)):
        message = _("Only the head of the leading division or bureau, or an administrator, overrides a concurrence.")
        raise ValidationError({"__all__": message})
    if concurrence.is_settled:
        raise ValidationError({"__all__": _("There is nothing to override: this request is settled.")})
    if not reason.strip():
        raise ValidationError({"override_reason": _("Give the reason: it stays with the request.")})
    overriding = {
        "overridden_by": caller.account,
        "overridden_at": current_work().recorded_at,
        "override_reason": reason.strip(),
    }
    store(concurrence, overriding)
    settle(outcome, caller.reason or reason.strip())
    notifying.closed(Notice.CONCURRENCE_OVERRIDDEN, concurrence)
    return concurrence


@action("concurrence.ask")
def withdraw_request(
    caller: Caller, /, concurrence: Concurrence, reason: str, *, version: int | None = None
) -> Concurrence:
    """Takes back a request that nobody has answered. The unit stays a cooperating unit. Raises ValidationError."""
    expect_version(concurrence, version)
    outcome = held(concurrence.outcome)
    hold(concurrence)
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason: it stays with the request.")})
    _check_request(outcome, concurrence)
    if not concurrence.is_open:
        raise ValidationError({"__all__": _("This request is answered: an answer is not taken back, only overridden.")})
    _keep_reason(reason)
    _close(concurrence)
    settle(outcome, caller.reason or reason.strip())
    notifying.closed(Notice.CONCURRENCE_WITHDRAWN, concurrence)
    return concurrence


def held(outcome: Outcome) -> Outcome:
    """The outcome as it stands, kept from changing until the action ends."""
    return as_it_stands(outcome)  # type: ignore[return-value]


def withdraw_units(outcome: Outcome, units: Iterable[OrgUnit]) -> None:
    """Takes back the open requests to units that do not cooperate any more. What was answered stays. No action."""
    today = timezone.localdate(current_work().recorded_at)
    gone = {pk for unit in units for pk in (unit.pk, unit.current(today).pk)}
    for concurrence in concurrences_of(outcome) if gone else ():
        if concurrence.is_open and concurrence.org_unit_id in gone:
            _close(concurrence)
            notifying.closed(Notice.CONCURRENCE_WITHDRAWN, concurrence)


def hand_over_requests(unit: OrgUnit, heir: OrgUnit, reason: str) -> int:
    """Gives the unit's open requests to its successor, and returns how many. Where the successor is asked already, or
    leads the outcome, the unit's own request is closed. No action: called within one."""
    _keep_reason(reason)
    handed = 0
    for concurrence in Concurrence.objects.filter(org_unit=unit, archived_at=None).select_related("outcome"):
        if not concurrence.is_open:
            continue
        outcome = concurrence.outcome
        is_asked_already = concurrences_of(outcome).filter(org_unit=heir).exists()
        if is_asked_already or outcome.lead_unit_id == heir.pk:
            _close(concurrence)
            settle(outcome, reason)
        else:
            notifying.asked(store(concurrence, {"org_unit": heir, "handed_from": unit}))
        handed += 1
    return handed


def check_seen(outcome: Outcome, seen: str) -> None:
    """Raises ValidationError, with what changed since, where the outcome says something else than was read."""
    now = hash_now(outcome)
    if seen == now:
        return
    read = content_seen(outcome, seen)
    changed = [str(difference) for difference in differences(read, content_of(outcome))] if read else []
    message = _("The outcome says something else than what you read. Nothing was saved; read it again.")
    raise ValidationError({"content_hash": [message, *changed]})


def _keep_reason(reason: str) -> None:
    """The history gives the deed's own reason where the caller gave none."""
    work = current_work()
    work.reason = work.reason or reason.strip()


def _close(concurrence: Concurrence) -> None:
    concurrence.archived_at = current_work().recorded_at
    concurrence.save()


def _check_open(outcome: Outcome) -> None:
    if outcome.archived_at is not None:
        raise ValidationError({"__all__": _("This outcome is archived; restore it first.")})


def _check_asking(outcome: Outcome, unit: OrgUnit, due_on: date | None, today: date) -> None:
    errors: dict[str, str] = {}
    if unit.pk == lead_of(outcome, today):
        errors["org_unit"] = _("The lead unit is not asked about its own outcome.")
    elif not units_in_force(today).filter(pk=unit.pk).exists():
        errors["org_unit"] = _("This unit is not in force.")
    elif concurrences_of(outcome).filter(org_unit=unit).exists():
        errors["org_unit"] = _("This department is asked already.")
    if due_on is not None and due_on < today:
        errors["due_on"] = _("The answer cannot be due before today.")
    if errors:
        raise ValidationError(errors)


def _check_request(outcome: Outcome, concurrence: Concurrence) -> None:
    _check_open(outcome)
    if concurrence.archived_at is not None:
        raise ValidationError({"__all__": _("This request is closed: the outcome was edited, or it was taken back.")})


def _check_unapproved(outcome: Outcome, concurrence: Concurrence) -> None:
    approval = latest_approval(outcome)
    if concurrence.answer and approval is not None and approval.status == ApprovalStatus.APPROVED:
        raise Conflict(_("The outcome is approved: answers are not changed any more."))
