"""Moments of an outcome's story; those of its history: what it was called, whose it is, what it came of, what was done
about it, and what was put away."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import Outcome
from crm.models.labels import label
from crm.queries.told import Before, Saying
from crm.values.evidence import Grade
from crm.values.measures import AttributionRole, FollowUpStatus, PartyRole
from crm.values.money import format_number
from crm.values.stages import Stage
from crm.web.text import day_text, time_text


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` is when it was recorded, `true_on` the day of the thing itself where it has one of its own. `mark` says that
    what it tells of was put away since."""

    at: datetime
    when: str
    true_on: str
    what: str
    text: str
    who: str
    address: str
    mark: str = ""


def moment(at: datetime, what: str, text: str, who: object = "", true_on: date | None = None, at_: str = "") -> Moment:
    return Moment(at, time_text(at), day_text(true_on) if true_on else "", what, text, str(who or ""), at_)


def marked(moments: Iterable[Moment], mark: str) -> Iterable[Moment]:
    return (replace(one, mark=mark) for one in moments) if mark else moments


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


# What is said where something is put away, and how it is marked from then on; where on the page it stood. A request
# that was settled is closed by an edit of what it was about, and asked anew.
_PUT_AWAY: Final[dict[tuple[str, bool], tuple[Promise, Promise, str]]] = {
    ("document", True): (gettext_lazy("Evidence archived"), gettext_lazy("Archived"), ""),
    ("request", False): (
        gettext_lazy("Request for concurrence taken back"),
        gettext_lazy("Request taken back"),
        "#concurrence",
    ),
    ("request", True): (gettext_lazy("Answer holds no more"), gettext_lazy("Holds no more"), "#concurrence"),
    ("partner_link", False): (gettext_lazy("Partner's link revoked"), gettext_lazy("Link revoked"), ""),
    ("step", False): (gettext_lazy("Stage archived"), gettext_lazy("Archived"), "#stages"),
}
_PUT_AWAY_KINDS: Final = frozenset(of for of, _is_settled in _PUT_AWAY)


def put_away_by(said: Iterable[tuple[Before, Saying]], until: datetime) -> dict[UUID, str]:
    """How what was put away at that time is marked, by its id: not what had come back by then, or left later."""
    last = {now.id: now for _before, now in said if now.of in _PUT_AWAY_KINDS and now.at <= until}
    return {pk: str(_away(now)[1]) for pk, now in last.items() if now.archived_at is not None}


def changes_told(outcome: Outcome, said: Iterable[tuple[Before, Saying]]) -> Iterable[Moment]:
    """What the outcome was recorded with is told by that alone."""
    for before, now in said:
        if now.of in _PUT_AWAY_KINDS:
            yield from _of_putting_away(before, now)
        elif now.of == "outcome":
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


def _of_putting_away(before: Before, now: Saying) -> Iterable[Moment]:
    """What it was put on record with is told where it is read itself."""
    if before is None or (before.archived_at is None) == (now.archived_at is None):
        return
    text = _joined(_away_text(now), now.reason)
    if now.archived_at is None:
        yield moment(now.at, _("Evidence restored") if now.of == "document" else _("Restored"), text, now.who)
        return
    what, _mark, place = _away(now)
    yield moment(now.at, str(what), text, now.who, None, place)


def _away(now: Saying) -> tuple[Promise, Promise, str]:
    return _PUT_AWAY[now.of, bool(now.role)]


def _away_text(now: Saying) -> str:
    if now.of == "document":
        return f"{now.text} ({label(Grade(now.role))})"
    return label(Stage(now.text)) if now.of == "step" else now.text


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
