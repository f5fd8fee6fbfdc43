"""Follow-ups: the list, and lines of them on the day's page, on an outcome's and on an event's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from crm.models import Account, FollowUp
from crm.models.labels import label
from crm.permissions import may
from crm.queries.follow_ups import follow_ups_asked
from crm.queries.visibility import remember_cooperation, units_of
from crm.queries.work_lists import with_subjects
from crm.values.follow_up_rules import Trigger
from crm.values.measures import FollowUpStatus
from crm.values.names import clean
from crm.web.forms.follow_ups import FollowUpsForm
from crm.web.pages.links import Badge, Link, address_of, subject_link
from crm.web.pages.listing import ListColumn, Listing
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
    may_reopen: bool
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
        badge=follow_up_badge(follow_up, today),
        owner=" · ".join(owners),
        result=follow_up.result,
        is_open=is_open,
        may_take=is_open and may_update and follow_up.assignee_id != reader.pk,
        needs_day=is_open and follow_up.due_on is None,
        may_complete=is_open and may(reader, "follow_up.complete", follow_up),
        may_edit=may_update,
        may_reopen=not is_open and may_update,
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


def follow_up_badge(follow_up: FollowUp, today: date) -> Badge:
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


def _below(row: Any, today: date) -> str:
    """Why it stands where it stands: put off, escalated, what came of it."""
    is_open = row.status == FollowUpStatus.OPEN
    told = (_put_off(row, today), _escalated(row)) if is_open else (row.result,)
    return " · ".join(text for text in told if text)


def _about(row: Any) -> str:
    link = subject_link(row)
    return link.text if link else ""


def _about_address(row: Any) -> str:
    link = subject_link(row)
    return link.address if link else ""


FOLLOW_UPS: Final = Listing(
    place="follow-ups",
    export="follow-ups-export",
    heading=gettext_lazy("Follow-ups"),
    nothing=gettext_lazy(
        "No follow-up matches these filters. Rules plan them, and you plan one on the page of an outcome."
    ),
    columns=(
        ListColumn(
            "title",
            gettext_lazy("What is to be done"),
            lambda row: row.title,
            weight=1.8,
            link=lambda row: address_of("follow-up", row.pk),
        ),
        ListColumn("about", gettext_lazy("About"), _about, weight=1.8, link=_about_address),
        ListColumn("due_on", gettext_lazy("Due"), lambda row: row.due_on, "date"),
        ListColumn("assignee", gettext_lazy("Person"), lambda row: str(row.assignee or "")),
        ListColumn("unit", pgettext_lazy("office", "Unit"), lambda row: str(row.org_unit or "")),
        ListColumn("status", gettext_lazy("Status"), lambda row: label(FollowUpStatus(row.status))),
        ListColumn("rule", gettext_lazy("By rule"), lambda row: label(Trigger(row.trigger)) if row.trigger else ""),
        ListColumn("escalated", gettext_lazy("Escalated on"), lambda row: row.escalated_on, "date"),
        ListColumn("until", gettext_lazy("Put off until"), lambda row: row.snoozed_until, "date"),
        ListColumn("done_on", gettext_lazy("Done on"), lambda row: row.done_on, "date"),
        ListColumn("result", gettext_lazy("Result"), lambda row: row.result, weight=1.8),
        ListColumn("id", gettext_lazy("Identifier"), lambda row: str(row.pk), weight=1.5),
    ),
    usual=("title", "about", "due_on", "assignee", "unit"),
    form=FollowUpsForm,
    found=lambda asking: follow_ups_asked(asking.form.asked(), asking.reader, asking.today),
    shown=with_subjects,
    by_words=lambda form: bool(clean(form.cleaned_data.get("q", ""))),
    mark=follow_up_badge,
    below=_below,
    deeds="follow_ups/_deeds.html",
    lines=follow_up_lines,
)
