"""A person's follow-ups as a calendar file (iCalendar)."""

from datetime import UTC, date, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from crm.models import Account, FollowUp
from crm.permissions import readable
from crm.queries.authority import units_answered_by
from crm.queries.work_lists import open_follow_ups


def calendar_of(account: Account, today: date) -> bytes:
    """One all-day entry for each open follow-up with a day, of the person's own or of the unit and nobody's."""
    own = Q(assignee=account) | Q(assignee=None, org_unit__in=units_answered_by(account, today))
    found = readable(account, open_follow_ups().filter(own, due_on__isnull=False))
    with translation.override(account.language):
        calendar = Calendar()
        calendar.add("prodid", "-//Ieum//follow-ups//")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("Ieum follow-ups"))
        calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
        for follow_up in found:
            calendar.add_component(_entry(follow_up))
        return bytes(calendar.to_ical())


def _entry(follow_up: FollowUp) -> Event:
    day = max(day for day in (follow_up.due_on, follow_up.snoozed_until) if day is not None)
    entry = Event()
    entry.add("uid", f"{follow_up.pk}@ieum")
    entry.add("dtstamp", follow_up.updated_at.astimezone(UTC))
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("summary", follow_up.title)
    entry.add("url", settings.SITE_URL + reverse("follow-up", args=[follow_up.pk]))
    entry.add("transp", "TRANSPARENT")
    return entry
