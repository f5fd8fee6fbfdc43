"""One mail a day and person: what is due, late, escalated and waiting, and what others did since the last one. Never
two.

The day's mail is claimed in a transaction of its own before it is sent. A run that is killed between the two has
claimed it, and does not send it again: the next day's lists everything that is still open. Where the mail server
refused, the error stands in the row and the next run tries again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from crm.actions.base import Caller, Conflict, action, store
from crm.dates import day_text
from crm.models import Account, Concurrence, DigestMail, FollowUp
from crm.models.labels import label
from crm.notices import Told, told
from crm.permissions import readable
from crm.queries import work_lists
from crm.queries.authority import HEADS, units_answered_by
from crm.queries.notifications import unread_since
from crm.values.measures import Role
from crm.values.notifications import Notice
from crm.values.periods import SEOUL

_MOST = 30
_MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class Part:
    """One list of the mail: `lines` are (text, path)."""

    heading: str
    lines: tuple[tuple[str, str], ...]
    count: int


def send_digests(caller: Caller, today: date) -> int:
    """Sends everybody's mail of the day who wants one and has something to do. Returns how many were sent."""
    people = Account.objects.filter(is_active=True, archived_at=None, wants_digest=True).exclude(email="")
    sent = 0
    for account in list(people.exclude(role=Role.API_CLIENT).select_related("org_unit").order_by("pk")):
        with translation.override(account.language):
            parts = digest_of(account, today, caller.now)
            if parts and (mail := _claimed(caller, account, today, parts)):
                sent += _send(caller, account, mail, parts, today)
    return sent


def digest_of(account: Account, today: date, now: datetime) -> tuple[Part, ...]:
    """What the person has to do that day, and what was told since the last mail and is unread, in the active language;
    nothing where there is neither."""
    own = Q(assignee=account) | Q(assignee=None, org_unit__in=units_answered_by(account, today))
    lists: list[tuple[str, QuerySet[FollowUp]]] = [
        (_("Overdue"), work_lists.overdue(today).filter(own)),
        (_("Due within 14 days"), work_lists.due_soon(today).filter(own)),
        (_("Escalated to you"), work_lists.escalated().filter(escalated_to=account)),
    ]
    parts = [_follow_ups(heading, readable(account, found)) for heading, found in lists]
    if Role(account.role) in HEADS:
        parts.append(_requests(account, today))
    parts.append(_notifications(account, now))
    return tuple(part for part in parts if part.count)


def _follow_ups(heading: str, found: QuerySet[FollowUp]) -> Part:
    rows = list(found[:_MOST])
    lines = tuple((f"{_day(f.due_on)} {f.title}", reverse("follow-up", args=[f.pk])) for f in rows)
    return Part(heading, lines, found.count())


def _requests(account: Account, today: date) -> Part:
    units = units_answered_by(account, today)
    open_ = Concurrence.objects.filter(org_unit__in=units, answer="", overridden_at=None, archived_at=None)
    found = open_.select_related("outcome").order_by("due_on", "id")
    lines = tuple((f"{_day(c.due_on)} {c.outcome.title}", reverse("concurrence", args=[c.pk])) for c in found[:_MOST])
    return Part(_("Waiting for your department's concurrence"), lines, found.count())


def _notifications(account: Account, now: datetime) -> Part:
    """The latest, and how many more there are on the page."""
    last = DigestMail.objects.filter(account=account, sent_at__isnull=False).order_by("-on").first()
    found = unread_since(account, last.sent_at if last else None, now)
    count = found.count()
    lines = [_notification(line) for line in told(account, list(found[:_MOST_TOLD]))]
    if count > _MOST_TOLD:
        lines.append((_("and %(n)d more") % {"n": count - _MOST_TOLD}, reverse("notifications")))
    return Part(_("What others did"), tuple(lines), count)


def _notification(line: Told) -> tuple[str, str]:
    """Of a record that is kept from the reader by now, only that there was something."""
    words = [label(Notice(line.row.kind)), *(text for text in (line.title, line.who) if text)]
    return f"{_day(line.row.at.astimezone(SEOUL).date())} {' · '.join(words)}", line.address or reverse("notifications")


def _day(day: date | None) -> str:
    return f"[{day_text(day)}]" if day else f"[{_('No due date')}]"


def _claimed(caller: Caller, account: Account, today: date, parts: Iterable[Part]) -> DigestMail | None:
    try:
        return claim_digest(caller, account, today, lines_in(parts))
    except Conflict:
        return None


def lines_in(parts: Iterable[Part]) -> int:
    return len([line for part in parts for line in part.lines])


@action("job.run")
def claim_digest(caller: Caller, /, account: Account, on: date, lines: int) -> DigestMail:
    """Takes the day's mail in hand. Raises Conflict where that was done, unless sending it failed."""
    present = DigestMail.objects.select_for_update().filter(account=account, on=on).first()
    if present is None:
        return store(DigestMail(), {"account": account, "on": on, "lines": lines})
    if present.sent_at is not None or not present.error:
        raise Conflict(_("This mail was sent already."))
    return store(present, {"error": "", "lines": lines})


@action("job.run")
def note_digest(caller: Caller, /, mail: DigestMail, error: str = "") -> DigestMail:
    """Notes that the mail was sent, or why not."""
    return store(mail, {"error": error} if error else {"sent_at": caller.now})


def _send(caller: Caller, account: Account, mail: DigestMail, parts: tuple[Part, ...], today: date) -> int:
    try:
        _message(account, mail, parts, today).send()
    except (OSError, SMTPException) as error:
        note_digest(caller, mail, str(error)[:1000] or type(error).__name__)
        return 0
    note_digest(caller, mail)
    return 1


def _message(account: Account, mail: DigestMail, parts: tuple[Part, ...], today: date) -> EmailMessage:
    lines = [_("%(name)s, these wait for you on %(day)s.") % {"name": account, "day": day_text(today)}]
    for part in parts:
        lines += ["", f"■ {part.heading} ({part.count})"]
        lines += [text for line in part.lines for text in (f"- {line[0]}", f"  {settings.SITE_URL}{line[1]}")]
    lines += ["", _("Everything: %(address)s") % {"address": settings.SITE_URL + reverse("today")}]
    # The same mail has the same id whenever it is sent: a mail server that saw it drops the second.
    headers: dict[str, Any] = {"Message-ID": f"<digest-{mail.pk}@ieum>", "Auto-Submitted": "auto-generated"}
    subject = _("[Ieum] Your follow-ups of %(day)s") % {"day": day_text(today)}
    return EmailMessage(subject, "\n".join(lines), settings.DEFAULT_FROM_EMAIL, [account.email], headers=headers)
