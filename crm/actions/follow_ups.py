"""Follow-ups and the directives they come from."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions import notifying
from crm.actions.base import Caller, action, expect_version, store
from crm.models import Directive, FollowUp
from crm.values.measures import FollowUpStatus
from crm.values.notifications import Notice


@action("follow_up.plan")
def plan_follow_up(caller: Caller, /, **fields: Any) -> FollowUp:
    """Plans what has to be done. Without an owner or a due date it stands out as unassigned."""
    follow_up = store(FollowUp(), fields)
    notifying.follow_up_planned(follow_up)
    return follow_up


@action("follow_up.update")
def update_follow_up(caller: Caller, /, follow_up: FollowUp, *, version: int | None = None, **changes: Any) -> FollowUp:
    expect_version(follow_up, version)
    had = follow_up.assignee
    store(follow_up, changes)
    notifying.follow_up_changed(follow_up, had)
    return follow_up


@action("follow_up.complete")
def complete_follow_up(
    caller: Caller, /, follow_up: FollowUp, done_on: date, result: str, *, version: int | None = None
) -> FollowUp:
    """Marks it done, with what came of it. Raises ValidationError where it is not open any more."""
    expect_version(follow_up, version)
    if follow_up.status != FollowUpStatus.OPEN:
        raise ValidationError({"__all__": _("This follow-up is not open any more.")})
    store(follow_up, {"status": FollowUpStatus.DONE, "done_on": done_on, "result": result})
    notifying.follow_up_done(Notice.FOLLOW_UP_DONE, follow_up)
    return follow_up


@action("follow_up.snooze")
def snooze_follow_up(
    caller: Caller, /, follow_up: FollowUp, until: date, reason: str, *, version: int | None = None
) -> FollowUp:
    """Puts it off until a day, with a reason: until then it is in no list of what is due. Its due day stays. Raises
    ValidationError: not open, no reason, a day that is not to come; Stale."""
    expect_version(follow_up, version)
    if follow_up.status != FollowUpStatus.OPEN:
        raise ValidationError({"__all__": _("This follow-up is not open any more.")})
    errors: dict[str, str] = {}
    if until <= timezone.localdate(caller.now):
        errors["snoozed_until"] = _("Put it off to a day that is still to come.")
    if not reason.strip():
        errors["snooze_reason"] = _("Say why it can wait.")
    if errors:
        raise ValidationError(errors)
    store(follow_up, {"snoozed_until": until, "snooze_reason": reason.strip()})
    notifying.follow_up_done(Notice.FOLLOW_UP_PUT_OFF, follow_up)
    return follow_up


@action("directive.record")
def record_directive(caller: Caller, /, **fields: Any) -> Directive:
    """Records an instruction and plans its follow-up, unassigned unless a unit is given."""
    directive = store(Directive(), fields)
    title = directive.text.strip().splitlines()[0][:500]
    store(FollowUp(), {"directive": directive, "title": title, "org_unit": directive.lead_unit})
    return directive


@action("directive.update")
def update_directive(
    caller: Caller, /, directive: Directive, *, version: int | None = None, **changes: Any
) -> Directive:
    expect_version(directive, version)
    return store(directive, changes)
