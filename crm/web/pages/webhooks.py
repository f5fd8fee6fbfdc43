"""Webhooks of API clients: the list, one with its log, one delivery with its attempts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from crm.deliveries import types_for
from crm.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from crm.models.labels import label
from crm.values.webhooks import EPOCH, TEST, DeliveryState, Fault, SwitchedOff
from crm.web.pages.links import Badge, Fact
from crm.web.pages.paging import Paging, page_of
from crm.web.text import UNKNOWN, time_text

_TYPES: Final[dict[str, Promise]] = {
    "approval": gettext_lazy("approval"),
    "chain_link": gettext_lazy("chain link"),
    "concurrence": gettext_lazy("concurrence"),
    "consultation": gettext_lazy("consultation"),
    "contact": gettext_lazy("contact"),
    "delegation": gettext_lazy("delegation"),
    "demonstration": gettext_lazy("demonstration"),
    "directive": gettext_lazy("directive"),
    "document": gettext_lazy("document"),
    "event": gettext_lazy("event"),
    "follow_up": gettext_lazy("follow-up"),
    "fx_rate": gettext_lazy("exchange rate"),
    "judge": gettext_lazy("judge"),
    "ledger_entry": gettext_lazy("ledger entry"),
    "org_unit": gettext_lazy("org unit"),
    "organisation": gettext_lazy("organisation"),
    "outcome": gettext_lazy("outcome"),
    "participation": gettext_lazy("participation"),
    "partner_confirmation": gettext_lazy("partner's confirmation"),
    "pitch_criterion": gettext_lazy("criterion"),
    "pitch_entry": gettext_lazy("pitch"),
    "programme": gettext_lazy("programme"),
    TEST: gettext_lazy("test"),
    EPOCH: gettext_lazy("the feed was begun anew"),
}
_TONES: Final = {DeliveryState.WAITING: "warn", DeliveryState.DELIVERED: "good", DeliveryState.FAILED: "bad"}
_TABS: Final[dict[str, Promise]] = {
    "": gettext_lazy("All"),
    DeliveryState.WAITING: pgettext_lazy("delivery", "Waiting"),
    DeliveryState.DELIVERED: pgettext_lazy("delivery", "Delivered"),
    DeliveryState.FAILED: pgettext_lazy("delivery", "Not delivered"),
}


def type_words(kind: str) -> str:
    return capfirst(str(_TYPES[kind]))


@dataclass(frozen=True, slots=True)
class WebhookLine:
    id: UUID
    name: str
    client: str
    address: str
    state: Badge
    waiting: int
    delivered: str


def webhook_lines() -> tuple[WebhookLine, ...]:
    waiting = Count("deliveries", filter=Q(deliveries__state=DeliveryState.WAITING))
    found = WebhookEndpoint.objects.filter(archived_at=None).select_related("account")
    found = found.annotate(waiting=waiting, delivered=Max("deliveries__ended_at", filter=_DELIVERED))
    return tuple(
        WebhookLine(
            one.pk, one.label, str(one.account), one.address, state_badge(one), one.waiting, _moment(one.delivered)
        )
        for one in found.order_by("label", "id")
    )


_DELIVERED: Final = Q(deliveries__state=DeliveryState.DELIVERED)


def state_badge(webhook: WebhookEndpoint) -> Badge:
    if webhook.is_active:
        return Badge(_("Switched on"), "good")
    by_hand = webhook.switched_off_why == SwitchedOff.BY_HAND
    return Badge(_("Switched off"), "calm" if by_hand else "bad")


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    id: UUID
    what: str
    version: str
    seq: int
    state: Badge
    told: str
    attempts: int
    made: str
    following: str


@dataclass(frozen=True, slots=True)
class WebhookPage:
    """`warnings` say why less is sent than one might think. `tabs` are (address, text, whether it is shown)."""

    webhook: WebhookEndpoint
    state: Badge
    facts: tuple[Fact, ...]
    warnings: tuple[str, ...]
    has_old_secret: bool
    tabs: tuple[tuple[str, str, bool], ...]
    lines: tuple[DeliveryLine, ...]
    paging: Paging


def webhook_page(webhook: WebhookEndpoint, state: str, number: str, now: datetime) -> WebhookPage:
    state = state if state in _TABS else ""
    found = webhook.deliveries.filter(state=state) if state else webhook.deliveries.all()
    paging, rows = page_of(found.order_by("-created_at", "-id"), number, {"state": state})
    return WebhookPage(
        webhook=webhook,
        state=state_badge(webhook),
        facts=_facts(webhook),
        warnings=tuple(_warnings(webhook, now)),
        has_old_secret=bool(webhook.old_secret),
        tabs=tuple((f"?state={key}", str(text), key == state) for key, text in _TABS.items()),
        lines=tuple(_line(row) for row in rows),
        paging=paging,
    )


def _facts(webhook: WebhookEndpoint) -> tuple[Fact, ...]:
    types = ", ".join(type_words(kind) for kind in webhook.types) or _("All that it may read")
    return (
        Fact(_("Client"), str(webhook.account)),
        Fact(_("Address"), webhook.address),
        Fact(_("Types"), types),
        Fact(_("Opened"), time_text(webhook.created_at)),
    )


def _warnings(webhook: WebhookEndpoint, now: datetime) -> Iterable[str]:
    if not webhook.is_active and webhook.switched_off_at:
        why = label(SwitchedOff(webhook.switched_off_why))
        yield f"{why} ({time_text(webhook.switched_off_at)})"
    may_read = types_for(webhook.account, now) if webhook.account.is_active else frozenset()
    if not may_read:
        yield _("The client has no token with which it could follow the feed: nothing is sent.")
    elif kept := [type_words(kind) for kind in webhook.types if kind not in may_read]:
        yield _("The client's tokens do not cover these, so they are not sent: %(names)s.") % {"names": ", ".join(kept)}
    if webhook.old_secret:
        yield _("Two secrets are good: drop the old one when the client's system knows the new one.")


def _line(delivery: WebhookDelivery) -> DeliveryLine:
    about = delivery.type not in (TEST, EPOCH)
    return DeliveryLine(
        id=delivery.pk,
        what=type_words(delivery.type),
        version=str(delivery.record_version) if about else UNKNOWN,
        seq=delivery.seq,
        state=delivery_badge(delivery),
        told=_came(delivery.last_status, delivery.last_fault),
        attempts=delivery.attempts,
        made=time_text(delivery.created_at),
        following=_moment(delivery.next_attempt_at),
    )


def delivery_badge(delivery: WebhookDelivery) -> Badge:
    state = DeliveryState(delivery.state)
    return Badge(label(state), _TONES[state])


@dataclass(frozen=True, slots=True)
class AttemptLine:
    at: str
    came: str
    detail: str


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    delivery: WebhookDelivery
    what: str
    state: Badge
    facts: tuple[Fact, ...]
    attempts: tuple[AttemptLine, ...]
    may_replay: bool


def delivery_page(delivery: WebhookDelivery, now: datetime) -> DeliveryPage:
    is_held = delivery.claimed_until is not None and delivery.claimed_until > now
    return DeliveryPage(
        delivery=delivery,
        what=type_words(delivery.type),
        state=delivery_badge(delivery),
        facts=(
            Fact(_("Message"), str(delivery.pk)),
            Fact(_("Record"), str(delivery.record_id)),
            Fact(pgettext("record", "Version"), str(delivery.record_version)),
            Fact(_("Place in the feed"), str(delivery.seq)),
            Fact(_("Next attempt"), _moment(delivery.next_attempt_at)),
        ),
        attempts=tuple(_attempt(one, delivery, is_held) for one in delivery.tries.all()),
        may_replay=delivery.endpoint.is_active and not is_held,
    )


def _attempt(attempt: WebhookAttempt, delivery: WebhookDelivery, is_held: bool) -> AttemptLine:
    if attempt.ended_at is None:
        is_now = is_held and attempt.claim == delivery.claim
        came = _("Being sent") if is_now else label(Fault.CUT_OFF)
    else:
        came = _came(attempt.status, attempt.fault)
    return AttemptLine(time_text(attempt.at), came, attempt.detail)


def _came(status: int | None, fault: str) -> str:
    """What came of it, in words, with the answer's status where there was one."""
    told = label(Fault(fault)) if fault else (_("Accepted") if status else UNKNOWN)
    return f"{told} ({status})" if status else told


def _moment(moment: datetime | None) -> str:
    return time_text(moment) if moment else UNKNOWN
