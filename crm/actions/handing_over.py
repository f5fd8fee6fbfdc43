"""Open work changes hands: an officer leaves, a unit is renamed or merged."""

from datetime import date

from django.utils.translation import gettext as _

from crm.actions import notifying
from crm.actions.base import Caller, action, store
from crm.actions.concurrence import hand_over_requests
from crm.models import Account, Concurrence, FollowUp, OrgUnit
from crm.values.measures import FollowUpStatus


@action("follow_up.hand_over")
def hand_over_person(caller: Caller, /, account: Account, to: Account | None = None) -> int:
    """Gives a person's open follow-ups to another, or back to the unit: then they stand out until somebody takes them.
    Returns how many."""
    return release(account, to)


def release(account: Account, to: Account | None) -> int:
    """As `hand_over_person`, within an action."""
    found = FollowUp.objects.filter(assignee=account, status=FollowUpStatus.OPEN, archived_at=None)
    handed = list(found.select_related("org_unit").order_by("pk"))
    for follow_up in handed:
        unit = follow_up.org_unit or (to.org_unit if to else account.org_unit)
        store(follow_up, {"assignee": to, "org_unit": unit})
        notifying.follow_up_changed(follow_up, account)
    return len(handed)


@action("follow_up.hand_over")
def hand_over_unit(caller: Caller, /, unit: OrgUnit, heir: OrgUnit) -> int:
    """Gives a unit's open follow-ups and unanswered requests to its successor. Returns how many."""
    found = FollowUp.objects.filter(org_unit=unit, status=FollowUpStatus.OPEN, archived_at=None)
    handed = list(found.order_by("pk"))
    for follow_up in handed:
        store(follow_up, {"org_unit": heir})
    reason = caller.reason or _("The unit became %(heir)s.") % {"heir": heir}
    return len(handed) + hand_over_requests(unit, heir, reason)


def hand_over_to_successors(caller: Caller, today: date) -> int:
    """Does so for every unit with open work that another unit carries on that day."""
    working = OrgUnit.objects.filter(successions__archived_at=None, successions__isnull=False).distinct()
    done = 0
    for unit in working.order_by("pk"):
        heir = unit.current(today)
        if heir.pk != unit.pk and _has_open_work(unit):
            done += hand_over_unit(caller, unit, heir)
    return done


def _has_open_work(unit: OrgUnit) -> bool:
    follow_ups = FollowUp.objects.filter(org_unit=unit, status=FollowUpStatus.OPEN, archived_at=None)
    requests = Concurrence.objects.filter(org_unit=unit, archived_at=None, answer="", overridden_at=None)
    return follow_ups.exists() or requests.exists()
