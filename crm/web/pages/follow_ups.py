"""Follow-ups as lines of lists, on the day's page, on an outcome's and on an event's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.models import Account, FollowUp
from crm.models.labels import label
from crm.permissions import may, readable
from crm.queries import work_lists
from crm.queries.visibility import remember_cooperation, units_of
from crm.values.follow_up_rules import Trigger
from crm.values.measures import FollowUpStatus
from crm.web.pages.links import Badge, Link, subject_link
from crm.web.pages.paging import Paging, page_of
from crm.web.text import day_text


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """`may_take`: it is nobody's or another's and the reader may take it. `needs_day`: nobody said until when."""

    id: UUID
    version: int
    title: str
    about: Link | None
    due: str
    badge: Badge
    owner: str
    result: str
    is_open: bool
    may_take: bool
    needs_day: bool
    may_complete: bool
    may_edit: bool
    may_put_off: bool
    put_off: str
    escalated: str
    rule: str


def follow_up_line(follow_up: FollowUp, reader: Account, today: date) -> FollowUpLine:
    is_open = follow_up.status == FollowUpStatus.OPEN
    owners = [str(o) for o in (follow_up.assignee, follow_up.org_unit) if o]
    may_update = may(reader, "follow_up.update", follow_up)
    return FollowUpLine(
        id=follow_up.pk,
        version=follow_up.version,
        title=follow_up.title,
        about=subject_link(follow_up),
        due=day_text(follow_up.due_on),
        badge=_badge(follow_up, today),
        owner=" · ".join(owners),
        result=follow_up.result,
        is_open=is_open,
        may_take=is_open and may_update and follow_up.assignee_id != reader.pk,
        needs_day=is_open and follow_up.due_on is None,
        may_complete=is_open and may(reader, "follow_up.complete", follow_up),
        may_edit=may_update,
        may_put_off=is_open and may(reader, "follow_up.snooze", follow_up),
        put_off=_put_off(follow_up, today) if is_open else "",
        escalated=_escalated(follow_up) if is_open else "",
        rule=label(Trigger(follow_up.trigger)) if follow_up.trigger else "",
    )


def _put_off(follow_up: FollowUp, today: date) -> str:
    until = follow_up.snoozed_until
    if until is None or until <= today:
        return ""
    return _("Put off until %(day)s: %(reason)s") % {"day": day_text(until), "reason": follow_up.snooze_reason}


def _escalated(follow_up: FollowUp) -> str:
    """To whom it was escalated; to nobody where the unit has no lead, which is said."""
    if follow_up.escalated_on is None:
        return ""
    told = {"day": day_text(follow_up.escalated_on), "who": follow_up.escalated_to or _("nobody: the unit has no lead")}
    return _("Escalated %(day)s to %(who)s") % told


def follow_up_lines(found: Iterable[FollowUp], reader: Account, today: date) -> tuple[FollowUpLine, ...]:
    rows = list(found)
    remember_cooperation(units_of(reader), [row.outcome for row in rows if row.outcome is not None])
    return tuple(follow_up_line(row, reader, today) for row in rows)


def _badge(follow_up: FollowUp, today: date) -> Badge:
    if follow_up.status != FollowUpStatus.OPEN:
        tone = "good" if follow_up.status == FollowUpStatus.DONE else "calm"
        done = f" {day_text(follow_up.done_on)}" if follow_up.done_on else ""
        return Badge(label(FollowUpStatus(follow_up.status)) + done, tone)
    if follow_up.due_on is None:
        return Badge(_("No due date"), "warn")
    days = (follow_up.due_on - today).days
    if days < 0:
        return Badge(ngettext("%(n)d day overdue", "%(n)d days overdue", -days) % {"n": -days}, "bad")
    if days == 0:
        return Badge(_("Due today"), "warn")
    return Badge(ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}, "calm")


SHOWN = {
    "open": gettext_lazy("Open"),
    "mine": gettext_lazy("Mine"),
    "unit": gettext_lazy("My unit's"),
    "overdue": gettext_lazy("Overdue"),
    "soon": gettext_lazy("Due within 14 days"),
    "unassigned": gettext_lazy("Unassigned"),
    "escalated": gettext_lazy("Escalated"),
    "put-off": gettext_lazy("Put off"),
    "done": gettext_lazy("Done and dropped"),
}


@dataclass(frozen=True, slots=True)
class FollowUpsPage:
    """`tabs` are (key, label, whether it is the one shown)."""

    shown: str
    today: str
    tabs: tuple[tuple[str, str, bool], ...]
    lines: tuple[FollowUpLine, ...]
    paging: Paging
    may_hand_over: bool


def follow_ups_page(shown: str, number: str, reader: Account, today: date) -> FollowUpsPage:
    shown = shown if shown in SHOWN else "open"
    paging, rows = page_of(readable(reader, _found(shown, reader, today)), number, {"show": shown})
    tabs = tuple((key, str(text), key == shown) for key, text in SHOWN.items())
    return FollowUpsPage(
        shown, today.isoformat(), tabs, follow_up_lines(rows, reader, today), paging, may(reader, "follow_up.hand_over")
    )


def _found(shown: str, reader: Account, today: date) -> QuerySet[FollowUp]:
    if shown == "mine":
        return work_lists.open_follow_ups().filter(assignee=reader)
    if shown == "unit":
        return work_lists.open_follow_ups().filter(org_unit__isnull=False, org_unit=reader.org_unit_id)
    if shown == "overdue":
        return work_lists.overdue(today)
    if shown == "soon":
        return work_lists.due_soon(today)
    if shown == "unassigned":
        return work_lists.unassigned()
    if shown == "escalated":
        return work_lists.escalated()
    if shown == "put-off":
        return work_lists.put_off(today)
    if shown == "done":
        closed = FollowUp.objects.filter(archived_at=None).exclude(status=FollowUpStatus.OPEN)
        return work_lists.follow_ups_listed(closed).order_by("-done_on", "-id")
    return work_lists.open_follow_ups()
