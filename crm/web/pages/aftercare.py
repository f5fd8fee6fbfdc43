"""The rules by which follow-ups are planned, and the calendars that people opened."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from crm.models import Account, CalendarFeed, DigestMail, FollowUpRule
from crm.models.labels import label
from crm.permissions import may
from crm.queries.follow_up_rules import rules_in_force
from crm.values.follow_up_rules import Trigger
from crm.values.measures import OutcomeKind
from crm.web.text import day_text, time_text


@dataclass(frozen=True, slots=True)
class RuleLine:
    """`offsets` as they are typed: months of a cadence, else days. `is_own`: set here, not the default."""

    trigger: str
    kind: str
    name: str
    offsets: str
    is_cadence: bool
    is_own: bool
    version: int


@dataclass(frozen=True, slots=True)
class RulesPage:
    cadences: tuple[RuleLine, ...]
    others: tuple[RuleLine, ...]
    may_set: bool


def rules_page(reader: Account) -> RulesPage:
    own = {(rule.trigger, rule.kind): rule for rule in FollowUpRule.objects.filter(archived_at=None)}
    lines = [_line(trigger, kind, offsets, own) for (trigger, kind), offsets in rules_in_force().items()]
    cadences = tuple(line for line in lines if line.is_cadence)
    others = tuple(line for line in lines if not line.is_cadence)
    return RulesPage(cadences, others, may(reader, "follow_up.rule"))


def rule_line(trigger: str, kind: str) -> RuleLine | None:
    """One rule; None where there is none of that trigger and kind."""
    own = {(rule.trigger, rule.kind): rule for rule in FollowUpRule.objects.filter(archived_at=None)}
    offsets = rules_in_force().get((trigger, kind))
    return None if offsets is None else _line(trigger, kind, offsets, own)


def _line(trigger: str, kind: str, offsets: tuple[int, ...], own: dict[tuple[str, str], FollowUpRule]) -> RuleLine:
    rule = own.get((trigger, kind))
    return RuleLine(
        trigger=str(trigger),
        kind=kind,
        name=label(OutcomeKind(kind)) if kind else label(Trigger(trigger)),
        offsets=", ".join(str(number) for number in offsets),
        is_cadence=trigger == Trigger.CADENCE,
        is_own=rule is not None,
        version=rule.version if rule else 0,
    )


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """`address` is told once, right after it was opened. `closed`: where closed ones are listed, if any are."""

    feed: UUID | None
    opened: str
    address: str
    closed: str


def calendar_page(reader: Account, address: str) -> CalendarPage:
    feed = CalendarFeed.objects.filter(account=reader, revoked_at=None).order_by("-created_at").first()
    has_closed = CalendarFeed.objects.filter(account=reader).exclude(revoked_at=None).exists()
    closed = f"{reverse('archive')}?show=calendars" if has_closed else ""
    return CalendarPage(feed.pk if feed else None, time_text(feed.created_at) if feed else "", address, closed)


@dataclass(frozen=True, slots=True)
class MailLine:
    on: str
    who: str
    lines: int
    sent: str
    error: str


def mail_lines(most: int = 100) -> tuple[MailLine, ...]:
    """The latest mails. One that was claimed and neither sent nor refused was cut off: it is not sent again."""
    found = DigestMail.objects.select_related("account").order_by("-on", "account__username")[:most]
    return tuple(
        MailLine(day_text(m.on), str(m.account), m.lines, time_text(m.sent_at) if m.sent_at else "", m.error)
        for m in found
    )
