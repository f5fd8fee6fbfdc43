"""Notifications: what others did to what is the reader's, by day, the latest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.dates import day_text
from crm.models import Account, Approval, Concurrence, FollowUp
from crm.models.labels import label
from crm.notices import Told, told
from crm.queries.notifications import told_to
from crm.values.notifications import Notice
from crm.values.periods import SEOUL
from crm.values.stages import Stage
from crm.web.pages.approval import status_badge
from crm.web.pages.concurrence import request_badge
from crm.web.pages.follow_ups import follow_up_badge
from crm.web.pages.links import Badge
from crm.web.pages.paging import Paging, page_of

SHOWN: Final = {"all": gettext_lazy("All"), "unread": gettext_lazy("Unread")}


@dataclass(frozen=True, slots=True)
class NotificationLine:
    """`title`, `who` and `address` are empty where the record is kept from the reader by now. `state` is how the record
    stands now, where that tells what is left to do."""

    id: UUID
    what: str
    title: str
    who: str
    time: str
    address: str
    is_unread: bool
    state: Badge | None


@dataclass(frozen=True, slots=True)
class Day:
    key: str
    name: str
    lines: tuple[NotificationLine, ...]


@dataclass(frozen=True, slots=True)
class NotificationsPage:
    """`tabs` are (key, label, whether it is the one shown). `until` is the moment of the latest that the page shows or
    follows: reading all reads nothing that came after it."""

    tabs: tuple[tuple[str, str, bool], ...]
    days: tuple[Day, ...]
    paging: Paging
    until: str
    nothing: str


def notifications_page(shown: str, number: str, reader: Account, now: datetime) -> NotificationsPage:
    shown = shown if shown in SHOWN else "all"
    found = told_to(reader)
    if shown == "unread":
        found = found.filter(read_at__isnull=True)
    paging, rows = page_of(found, number, {"show": shown if shown != "all" else ""})
    today = now.astimezone(SEOUL).date()
    return NotificationsPage(
        tabs=tuple((key, str(text), key == shown) for key, text in SHOWN.items()),
        days=_days(told(reader, rows), today),
        paging=paging,
        until=now.isoformat(),
        nothing=_("You have read everything.")
        if shown == "unread"
        else _("Nothing yet. What others do to what is yours stands here."),
    )


def _days(lines: Sequence[Told], today: date) -> tuple[Day, ...]:
    days = groupby(lines, key=lambda line: line.row.at.astimezone(SEOUL).date())
    return tuple(
        Day(day.isoformat(), _day_name(day, today), tuple(_line(line, today) for line in of_day))
        for day, of_day in days
    )


def _day_name(day: date, today: date) -> str:
    named = {today: _("Today"), today - timedelta(days=1): _("Yesterday")}
    return f"{named[day]} · {day_text(day)}" if day in named else day_text(day)


def _line(line: Told, today: date) -> NotificationLine:
    row = line.row
    return NotificationLine(
        id=row.pk,
        what=label(Notice(row.kind)),
        title=line.title,
        who=line.who,
        time=f"{row.at.astimezone(SEOUL):%H:%M}",
        address=line.address,
        is_unread=row.read_at is None,
        state=_state(Notice(row.kind), line.record, today),
    )


def _state(kind: Notice, record: Any, today: date) -> Badge | None:
    if isinstance(record, Concurrence):
        return request_badge(record, today)
    if isinstance(record, Approval):
        return status_badge(record.status)
    if isinstance(record, FollowUp):
        return follow_up_badge(record, today)
    if record is not None and kind == Notice.OUTCOME_STEP:
        return Badge(label(Stage(record.stage)))
    return None
