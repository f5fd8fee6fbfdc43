"""Delegations that the reader gave or has; an administrator sees everybody's."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from crm.models import Account, Delegation
from crm.models.labels import label
from crm.permissions import may
from crm.values.concurrence import Capacity
from crm.values.measures import Role
from crm.web.pages.links import Badge
from crm.web.text import UNKNOWN, day_text


@dataclass(frozen=True, slots=True)
class DelegationLine:
    id: UUID
    version: int
    giver: str
    deputy: str
    capacity: str
    days: str
    reason: str
    badge: Badge
    may_end: bool
    may_resume: bool


@dataclass(frozen=True, slots=True)
class DelegationsPage:
    lines: tuple[DelegationLine, ...]
    may_give: bool


def delegations_page(reader: Account, today: date) -> DelegationsPage:
    found = Delegation.objects.select_related("giver", "deputy").order_by("-from_on", "-id")
    if reader.role != Role.ADMINISTRATOR:
        found = found.filter(Q(giver=reader) | Q(deputy=reader))
    return DelegationsPage(tuple(_line(d, reader, today) for d in found), may(reader, "delegation.give"))


def _line(delegation: Delegation, reader: Account, today: date) -> DelegationLine:
    until = day_text(delegation.until_on) if delegation.until_on else UNKNOWN
    badge = _badge(delegation, today)
    own = delegation.giver_id == reader.pk or reader.role == Role.ADMINISTRATOR
    may_give = own and may(reader, "delegation.give", delegation)
    return DelegationLine(
        id=delegation.pk,
        version=delegation.version,
        giver=str(delegation.giver),
        deputy=str(delegation.deputy),
        capacity=label(Capacity(delegation.capacity)),
        days=f"{day_text(delegation.from_on)} ~ {until}",
        reason=delegation.reason,
        badge=badge,
        may_end=may_give and not _is_over(delegation, today),
        may_resume=may_give and delegation.archived_at is not None and not _is_past(delegation, today),
    )


def _is_over(delegation: Delegation, today: date) -> bool:
    return delegation.archived_at is not None or _is_past(delegation, today)


def _is_past(delegation: Delegation, today: date) -> bool:
    return delegation.until_on is not None and delegation.until_on < today


def _badge(delegation: Delegation, today: date) -> Badge:
    if _is_over(delegation, today):
        return Badge(_("Ended"), "calm")
    return Badge(_("In force"), "good") if delegation.from_on <= today else Badge(_("Not begun"), "calm")
