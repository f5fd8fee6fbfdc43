"""Follow-ups by rule: the rules themselves, planning, closing what is settled, escalation.

The runs are no actions: each follow-up is a deed and a transaction of its own, so that a run that is killed leaves
whole ones behind and the next one goes on. A key that the database keeps unique makes each once."""

from datetime import date, timedelta
from itertools import islice

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from crm.actions import notifying
from crm.actions.base import Caller, Conflict, action, check, expect_version, store
from crm.models import Account, FollowUp, FollowUpRule, OrgUnit
from crm.queries.follow_up_rules import Occasion, is_still_needed, occasions, planned_keys, rules_in_force
from crm.values.follow_up_rules import Trigger
from crm.values.measures import FollowUpStatus, OutcomeKind, Role
from crm.values.notifications import Notice

LONGEST_OFFSET = 3650
_LEADS = (Role.TEAM_LEAD, Role.DIVISION_HEAD, Role.BUREAU_HEAD)
_AT_ONCE = 200


@action("follow_up.rule")
def set_rule(
    caller: Caller, /, trigger: Trigger, kind: str, offsets: list[int], *, version: int | None = None
) -> FollowUpRule:
    """Sets when follow-ups of the trigger (and kind, for a cadence) are planned: months for a cadence, else days; none
    switches it off. Raises ValidationError for an unknown kind and for numbers out of range; Stale."""
    if (trigger == Trigger.CADENCE) != (kind in list(OutcomeKind)):
        raise ValidationError({"kind": _("A cadence is set for a kind of outcome, every other trigger for all.")})
    if any(not 0 <= number <= LONGEST_OFFSET for number in offsets):
        raise ValidationError({"offsets": _("Write whole numbers from 0 to %(most)d.") % {"most": LONGEST_OFFSET}})
    rule = FollowUpRule.objects.filter(trigger=trigger, kind=kind).first() or FollowUpRule()
    expect_version(rule, version)
    return store(rule, {"trigger": trigger, "kind": kind, "offsets": sorted(set(offsets))})


def plan_by_rules(caller: Caller, today: date) -> int:
    """Plans what the rules ask for on that day and nobody has planned yet; closes what is settled. Returns how many
    were planned. Run again, it plans nothing new."""
    # Titles are data, read by everybody: they are written in the city's language.
    with translation.override("ko"):
        planned = 0
        for found in occasions(today):
            while chunk := list(islice(found, _AT_ONCE)):
                known = planned_keys([occasion.key for occasion in chunk])
                planned += len([o for o in chunk if o.key not in known and _plan(caller, o)])
        _close_settled(caller, today)
    return planned


def _plan(caller: Caller, occasion: Occasion) -> bool:
    try:
        plan_occasion(caller, occasion)
    except Conflict:
        return False  # another run was faster: it is there
    return True


@action("job.run")
def plan_occasion(caller: Caller, /, occasion: Occasion) -> FollowUp:
    """Plans one follow-up of a rule. Raises Conflict where it is planned already."""
    if planned_keys([occasion.key]):
        raise Conflict(_("This follow-up is planned already."))
    follow_up = FollowUp(rule_key=occasion.key)
    fields = {
        "title": occasion.title,
        "trigger": occasion.trigger,
        "outcome": occasion.outcome,
        "demonstration": occasion.demonstration,
        "org_unit": occasion.org_unit,
        "assignee": _usual_assignee(occasion),
        "due_on": occasion.due_on,
    }
    store(follow_up, fields)
    notifying.follow_up_planned(follow_up)
    return follow_up


def _usual_assignee(occasion: Occasion) -> Account | None:
    """Who had the outcome's last follow-up, and is still there; nobody for a question to another department."""
    if occasion.outcome is None or occasion.trigger == Trigger.CONCURRENCE_PENDING:
        return None
    had = FollowUp.objects.filter(outcome=occasion.outcome, assignee__is_active=True, archived_at=None)
    last = had.select_related("assignee").order_by("-created_at", "-id").first()
    return last.assignee if last else None


def _close_settled(caller: Caller, today: date) -> None:
    open_ = FollowUp.objects.filter(status=FollowUpStatus.OPEN, archived_at=None).exclude(trigger="")
    for follow_up in list(open_.select_related("outcome").order_by("pk")):
        if not is_still_needed(follow_up, today):
            close_settled(caller, follow_up, today)


@action("job.run")
def close_settled(caller: Caller, /, follow_up: FollowUp, today: date) -> FollowUp:
    """Drops a rule's follow-up for which there is nothing left to do."""
    if follow_up.status != FollowUpStatus.OPEN:
        return follow_up
    why = _("Closed by rule: the outcome has ended, or what was lacking is there.")
    store(follow_up, {"status": FollowUpStatus.DROPPED, "done_on": today, "result": why})
    notifying.follow_up_done(Notice.FOLLOW_UP_DROPPED, follow_up)
    return follow_up


def escalate_overdue(caller: Caller, today: date) -> int:
    """Tells the lead of the unit about what is overdue by the rule's days. Returns how many were escalated."""
    offsets = rules_in_force()[Trigger.ESCALATION, ""]
    if not offsets:
        return 0
    late = FollowUp.objects.filter(
        status=FollowUpStatus.OPEN,
        archived_at=None,
        escalated_on=None,
        due_on__lte=today - timedelta(days=min(offsets)),
    )
    awake = late.filter(Q(snoozed_until=None) | Q(snoozed_until__lte=today))
    found = list(awake.select_related("org_unit", "assignee__org_unit").order_by("pk"))
    for follow_up in found:
        escalate(caller, follow_up, today)
    return len(found)


@action("job.run")
def escalate(caller: Caller, /, follow_up: FollowUp, today: date) -> FollowUp:
    """Marks it escalated, to the lead of its unit or of its owner's; where there is none, to nobody, which shows."""
    unit = follow_up.org_unit or (follow_up.assignee.org_unit if follow_up.assignee else None)
    follow_up.escalated_on = today
    follow_up.escalated_to = _lead_of(unit, today)
    check(follow_up)
    follow_up.save()
    notifying.escalated(follow_up)
    return follow_up


def _lead_of(unit: OrgUnit | None, today: date) -> Account | None:
    """The nearest active lead of the unit that carries the work, else of the unit above it."""
    carrier = unit.current(today) if unit else None
    while carrier is not None:
        people = Account.objects.filter(role__in=_LEADS, is_active=True, archived_at=None).select_related("org_unit")
        here = [p for p in people.order_by("username") if p.org_unit and p.org_unit.current(today).pk == carrier.pk]
        if here:
            return min(here, key=lambda person: _LEADS.index(Role(person.role)))
        carrier = carrier.parent_unit.current(today) if carrier.parent_unit else None
    return None
