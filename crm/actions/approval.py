"""Review (검토) and approval (결재): submitting, reviewing, approving, returning, recalling.

The record of the exchange; the legal signature stays in the city's document system, whose number is kept. What is
approved is the content that was submitted: `content_hash` says what the reviewer and the approver read, and a later
edit reopens the round (`settle`). The review may be left out where the approver needs none; an approval without the
mandatory concurrences is refused."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions import notifying
from crm.actions.base import Caller, action, expect_version, hold, store
from crm.actions.concurrence import check_seen, held
from crm.actions.settling import settle
from crm.models import Account, Approval, Outcome
from crm.models.base import current_work
from crm.models.labels import label
from crm.queries.authority import Authority, may_decide, may_review, may_submit
from crm.queries.concurrence import unsettled
from crm.queries.content import content_of, hash_of
from crm.values.concurrence import PENDING, ApprovalStatus
from crm.values.notifications import Notice


@action("approval.submit")
def submit(
    caller: Caller, /, outcome: Outcome, *, note: str = "", version: int | None = None, id: UUID | None = None
) -> Approval:
    """Submits the outcome as it now stands: it is provisional until it is approved. Raises ValidationError: no lead
    unit, another's outcome, submitted already; Stale where it was edited since it was read."""
    expect_version(outcome, version)
    hold(outcome)
    if outcome.archived_at is not None:
        raise ValidationError({"__all__": _("This outcome is archived; restore it first.")})
    if outcome.lead_unit is None:
        raise ValidationError({"__all__": _("Name the lead unit first: its head approves.")})
    if not may_submit(caller.account, outcome, timezone.localdate(caller.now)):
        message = _("Only those who work in %(unit)s submit its outcomes.") % {"unit": outcome.lead_unit}
        raise ValidationError({"__all__": message})
    content = content_of(outcome)
    submitted = {
        "outcome": outcome,
        "content": content,
        "content_hash": hash_of(content),
        "note": note.strip(),
        "submitted_by": caller.account,
        **({"id": id} if id else {}),
    }
    approval = store(Approval(), submitted)
    settle(outcome, caller.reason)
    notifying.submitted(approval)
    return approval


@action("approval.review")
def review(
    caller: Caller, /, approval: Approval, opinion: str = "", *, content_hash: str, version: int | None = None
) -> Approval:
    """Puts on record that a head of the lead unit read the content of that hash. Raises ValidationError: not a head,
    the drafter, other content than was read, not waiting for review; Stale."""
    outcome = _taken_up(approval, content_hash, version)
    _check_waits(approval, ApprovalStatus.SUBMITTED)
    if not may_review(caller.account, outcome, timezone.localdate(caller.now)):
        message = _("Only the heads of %(unit)s review its outcomes.") % {"unit": outcome.lead_unit}
        raise ValidationError({"__all__": message})
    _check_not_drafter(caller, approval)
    reviewed = {
        "status": ApprovalStatus.REVIEWED,
        "reviewed_by": caller.account,
        "reviewed_at": current_work().recorded_at,
        "review_opinion": opinion.strip(),
    }
    store(approval, reviewed)
    notifying.reviewed(approval)
    return approval


@action("approval.decide")
def approve(
    caller: Caller,
    /,
    approval: Approval,
    *,
    content_hash: str,
    opinion: str = "",
    document_number: str = "",
    on_behalf_of: Account | None = None,
    version: int | None = None,
) -> Approval:
    """Approves the content of that hash; the outcome is confirmed where nothing else is open. `on_behalf_of` names the
    one in whose place the caller decides.

    Raises ValidationError: no right to decide, the drafter, other content than was read (with what changed), mandatory
    concurrences that are missing (by name); Stale where somebody else decided meanwhile."""
    outcome = _taken_up(approval, content_hash, version)
    _check_waits(approval, *PENDING)
    right = _right(caller, approval, outcome, on_behalf_of)
    if missing := unsettled(outcome):
        names = [_("Concurrence of %(unit)s") % {"unit": c.org_unit} for c in missing]
        raise ValidationError({"concurrences": [_("Before the approval these are missing:"), *names]})
    decision = {"document_number": document_number.strip()}
    _decide(caller, approval, ApprovalStatus.APPROVED, opinion, right, **decision)
    settle(outcome, caller.reason)
    notifying.decided(Notice.APPROVAL_GIVEN, approval)
    return approval


@action("approval.decide")
def return_draft(
    caller: Caller,
    /,
    approval: Approval,
    opinion: str,
    *,
    on_behalf_of: Account | None = None,
    version: int | None = None,
) -> Approval:
    """Sends it back to who drafted it, with an opinion. It stays provisional until it is submitted again and approved.
    Raises ValidationError: no opinion, no right to decide; Stale."""
    expect_version(approval, version)
    outcome = held(approval.outcome)
    hold(approval)
    _check_waits(approval, *PENDING)
    right = _right(caller, approval, outcome, on_behalf_of)
    if not opinion.strip():
        raise ValidationError({"opinion": _("Say what is to be mended.")})
    _decide(caller, approval, ApprovalStatus.RETURNED, opinion, right)
    settle(outcome, caller.reason)
    notifying.decided(Notice.APPROVAL_RETURNED, approval)
    return approval


@action("approval.submit")
def recall(caller: Caller, /, approval: Approval, *, version: int | None = None) -> Approval:
    """Takes back what one has submitted oneself, before it is decided. Raises ValidationError, Stale."""
    expect_version(approval, version)
    outcome = held(approval.outcome)
    hold(approval)
    _check_waits(approval, *PENDING)
    if approval.submitted_by_id != caller.account.pk:
        raise ValidationError({"__all__": _("Only who submitted it recalls it.")})
    store(approval, {"status": ApprovalStatus.RECALLED, "closed_at": current_work().recorded_at})
    settle(outcome, caller.reason)
    return approval


def _taken_up(approval: Approval, seen: str, version: int | None) -> Outcome:
    """The outcome, held, with the round that is about to be changed; refused where it says other than was read. The
    content comes before the version: an edit raises the round's version too, and this refusal says what was edited."""
    outcome = held(approval.outcome)
    check_seen(outcome, seen)
    expect_version(approval, version)
    hold(approval)
    return outcome


def _check_waits(approval: Approval, *statuses: ApprovalStatus) -> None:
    if approval.status not in statuses:
        status = label(ApprovalStatus(approval.status))
        raise ValidationError({"__all__": _("It does not wait for this any more: %(status)s.") % {"status": status}})


def _check_not_drafter(caller: Caller, approval: Approval) -> None:
    if approval.submitted_by_id == caller.account.pk:
        raise ValidationError({"__all__": _("Who submitted it neither reviews nor approves it.")})


def _right(caller: Caller, approval: Approval, outcome: Outcome, on_behalf_of: Account | None) -> Authority:
    """Neither the drafter decides, nor anybody in the drafter's place."""
    right = may_decide(caller.account, outcome, timezone.localdate(caller.now), on_behalf_of)
    if right is None:
        message = _("Only the head of the division or bureau of %(unit)s, or who stands in for them, approves.")
        raise ValidationError({"__all__": message % {"unit": outcome.lead_unit or "–"}})
    _check_not_drafter(caller, approval)
    if right.on_behalf_of is not None and right.on_behalf_of.pk == approval.submitted_by_id:
        raise ValidationError({"__all__": _("Who submitted it neither reviews nor approves it.")})
    return right


def _decide(
    caller: Caller, approval: Approval, status: ApprovalStatus, opinion: str, right: Authority, **more: Any
) -> None:
    now = current_work().recorded_at
    decided = {
        "status": status,
        "decided_by": caller.account,
        "decided_at": now,
        "decision_opinion": opinion.strip(),
        "capacity": right.capacity,
        "on_behalf_of": right.on_behalf_of,
        "closed_at": now,
        **more,
    }
    store(approval, decided)
