"""Moments of an outcome's story; those of its history: what it was called, whose it is, what it came of, what was done
about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import ChainLink, Outcome
from crm.models.labels import label
from crm.queries.told import Before, Saying, told_of
from crm.values.measures import AttributionRole, FollowUpStatus, PartyRole
from crm.values.money import format_number
from crm.web.text import day_text, time_text


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` is when it was recorded, `true_on` the day of the thing itself where it has one of its own."""

    at: datetime
    when: str
    true_on: str
    what: str
    text: str
    who: str
    address: str


def moment(at: datetime, what: str, text: str, who: object = "", true_on: date | None = None, at_: str = "") -> Moment:
    return Moment(at, time_text(at), day_text(true_on) if true_on else "", what, text, str(who or ""), at_)


# What is said where a part comes, goes, and is another than it was; and where on the outcome's page it stands.
_PARTS: Final[dict[str, tuple[Promise, Promise, Promise, str]]] = {
    "party": (gettext_lazy("Party added"), gettext_lazy("Party removed"), gettext_lazy("Party changed"), ""),
    "attribution": (
        gettext_lazy("Attributed"),
        gettext_lazy("Attribution removed"),
        gettext_lazy("Attribution changed"),
        "#attribution",
    ),
    "led_to": (gettext_lazy("Led to"), gettext_lazy("Link removed"), gettext_lazy("Link changed"), "#chain"),
    "came_of": (gettext_lazy("What it came of"), gettext_lazy("Link removed"), gettext_lazy("Link changed"), "#chain"),
}


def changes_told(outcome: Outcome, links: QuerySet[ChainLink]) -> Iterable[Moment]:
    """What the outcome was recorded with is told by that alone. `links`: those of chains that the reader may see."""
    for before, now in told_of(outcome, links):
        if now.of == "outcome":
            yield from _of_itself(before, now)
        elif now.of == "follow_up":
            yield from _of_follow_up(before, now)
        elif now.of != "party" or now.at > outcome.created_at:
            yield from _of_part(before, now)


def _of_itself(before: Before, now: Saying) -> Iterable[Moment]:
    if before is None:
        return
    if before.text != now.text:
        yield moment(now.at, _("Title changed"), _joined(f"{before.text} → {now.text}", now.reason), now.who)
    if (before.archived_at is None) != (now.archived_at is None):
        yield moment(now.at, _("Archived") if now.archived_at else _("Restored"), now.reason, now.who)


def _of_follow_up(before: Before, now: Saying) -> Iterable[Moment]:
    """Done when it became so: what is written about it later moves nothing."""
    was_done = before is not None and before.role == FollowUpStatus.DONE and before.archived_at is None
    is_done = now.role == FollowUpStatus.DONE and now.archived_at is None
    if is_done and not was_done:
        yield moment(now.at, _("Follow-up done"), _joined(now.text, now.more), now.who, now.day, "#follow-ups")
    elif was_done and now.role == FollowUpStatus.OPEN:
        yield moment(now.at, _("Follow-up opened again"), now.text, now.who, None, "#follow-ups")


def _of_part(before: Before, now: Saying) -> Iterable[Moment]:
    came, went, changed, place = _PARTS[now.of]
    stood, stands = before is not None and before.archived_at is None, now.archived_at is None
    if stands and not stood:
        yield moment(now.at, str(came), _part_text(now), now.who, None, place)
    elif stood and not stands:
        yield moment(now.at, str(went), _joined(_part_text(now), now.reason), now.who, None, place)
    elif before is not None and stands and (text := _part_text(now)) != (was := _part_text(before)):
        yield moment(now.at, str(changed), f"{was} → {text}", now.who, None, place)


def _part_text(said: Saying) -> str:
    if said.of == "party":
        return f"{said.text} ({label(PartyRole(said.role))})"
    if said.of == "attribution":
        # As it is kept: in hundredths.
        share = format_number(Decimal(said.more).scaleb(-2))
        return f"{said.text} ({label(AttributionRole(said.role))}) {share} %"
    return _joined(said.text, said.more)


def _joined(*texts: str) -> str:
    return " · ".join(filter(None, texts))
