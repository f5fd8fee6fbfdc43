"""The log of webhooks: makes deliveries of the numbered feed, hands them out one by one, keeps what came of each.

The only writer of its tables. Who sends holds a claim: two never hold the same one, and a claim whose holder died is
somebody else's after a while."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from uuid_utils.compat import uuid7

from crm.models import (
    Account,
    ApiToken,
    Contact,
    FeedEntry,
    FeedState,
    LedgerEntry,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookPlace,
    guard,
    record_types,
)
from crm.permissions import may, once_readable, readable
from crm.sequencer import TOLD_AGAIN_AFTER, number_committed, state
from crm.values.scopes import covers
from crm.values.webhooks import (
    CLAIM,
    EPOCH,
    KEPT_AFTER_DELIVERY,
    TEST,
    TYPES,
    DeliveryState,
    Fault,
    Message,
    retry_after,
)

_TABLES: Final = tuple(model._meta.db_table for model in (WebhookPlace, WebhookDelivery, WebhookAttempt))
_AT_ONCE: Final = 500
_WORKING: Final = Q(is_active=True, account__is_active=True, archived_at=None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an attempt: the status of an answer, or why there is none. `detail`: a line for who looks for the
    fault."""

    status: int | None = None
    fault: Fault | None = None
    detail: str = ""

    @property
    def is_accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def begin(endpoint: WebhookEndpoint) -> None:
    """A new endpoint is told what changes from now on. Within an action."""
    at = number_committed(all_of_it=True)
    with guard.declared(*_TABLES):
        WebhookPlace.objects.create(endpoint=endpoint, epoch=at.epoch, sent_to_seq=at.head)


def make_due(now: datetime) -> int:
    """Numbers what has committed, and makes deliveries of what is behind each endpoint's place. Returns how many."""
    at = number_committed(all_of_it=True)
    behind = WebhookEndpoint.objects.filter(_WORKING).exclude(place__epoch=at.epoch, place__sent_to_seq__gte=at.head)
    return sum(_catch_up(endpoint, at, now) for endpoint in behind.select_related("account").order_by("pk"))


def _catch_up(endpoint: WebhookEndpoint, at: FeedState, now: datetime) -> int:
    made, is_behind = 0, True
    while is_behind:
        # What is planned and the place behind it, or neither; another worker waits, and finds nothing left.
        with transaction.atomic(), guard.declared(*_TABLES):
            place = WebhookPlace.objects.select_for_update().get(endpoint=endpoint)
            # What is older is told again as it was: nothing changed that anybody should look for.
            recent = FeedEntry.objects.filter(changed_at__gte=now - TOLD_AGAIN_AFTER)
            found = recent.filter(seq__gt=place.sent_to_seq, seq__lte=at.head).order_by("seq")
            entries: list[Any] = list(found[:_AT_ONCE]) if place.epoch == at.epoch else []
            if place.epoch != at.epoch:
                # All of the feed stands behind the place: the client starts over anyway, and is told that once.
                _delivery(endpoint, now, EPOCH, at.epoch, 1, at.head).save()
                made += 1
            made += _plan(endpoint, _shown(endpoint, entries, now), now)
            is_behind = len(entries) == _AT_ONCE
            place.epoch, place.sent_to_seq = at.epoch, entries[-1].seq if is_behind else at.head
            place.save(update_fields=["epoch", "sent_to_seq"])
    return made


def _plan(endpoint: WebhookEndpoint, entries: Sequence[FeedEntry], now: datetime) -> int:
    """A delivery an entry. Where one of the same record waits that was never tried, it tells of the latest change."""
    untried = WebhookDelivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING, attempts=0, claim=None)
    of_these = untried.filter(record_id__in=[entry.record_id for entry in entries])
    known = {(one.type, one.record_id): one.pk for one in of_these}
    new = []
    for entry in entries:
        same = known.get((entry.record_type, entry.record_id))
        if same is None or not untried.filter(pk=same).update(record_version=entry.version, seq=entry.seq):
            new.append(_delivery(endpoint, now, entry.record_type, entry.record_id, entry.version, entry.seq or 0))
    WebhookDelivery.objects.bulk_create(new)
    return len(entries)


def _delivery(endpoint: WebhookEndpoint, now: datetime, kind: str, pk: UUID, version: int, seq: int) -> WebhookDelivery:
    return WebhookDelivery(
        endpoint=endpoint, type=kind, record_id=pk, record_version=version, seq=seq, created_at=now, next_attempt_at=now
    )


def types_for(account: Account, now: datetime) -> frozenset[str]:
    """What the account may follow in the feed, by its role and the scopes of its tokens that are good now."""
    found: set[str] = set()
    for token in ApiToken.objects.filter(account=account, revoked_at=None, expires_at__gt=now):
        scopes = set(token.scopes)
        if "feed" in scopes:
            found |= {kind for kind, name in TYPES.items() if covers(scopes, "read", name, _also(kind))}
    return frozenset(kind for kind in found if may(account, _verb(kind)))


def _also(kind: str) -> frozenset[str]:
    return frozenset({"personal"}) if kind == Contact.feed_type else frozenset()


def _verb(kind: str) -> str:
    return "personal_data.disclose" if kind == Contact.feed_type else "record.read"


def _shown(endpoint: WebhookEndpoint, entries: Iterable[FeedEntry], now: datetime) -> list[FeedEntry]:
    """Those of the entries that the feed shows to the client too, in their order: what it sees, and what it saw once
    and sees no longer."""
    wanted = types_for(endpoint.account, now)
    wanted = wanted & set(endpoint.types) if endpoint.types else wanted
    told = [entry for entry in entries if entry.record_type in wanted]
    shown: set[tuple[str, UUID]] = set()
    for kind in {entry.record_type for entry in told}:
        of_kind = [entry for entry in told if entry.record_type == kind]
        shown |= {(kind, pk) for pk in _seen(endpoint.account, kind, of_kind)}
    return [entry for entry in told if (entry.record_type, entry.record_id) in shown]


def _seen(account: Account, kind: str, entries: Sequence[FeedEntry]) -> set[UUID]:
    model: Any = {**record_types(), LedgerEntry.feed_type: LedgerEntry}[kind]
    there = [entry.record_id for entry in entries if not entry.deleted]
    seen = set(readable(account, model._base_manager.filter(pk__in=there)).values_list("pk", flat=True))
    others = [entry.record_id for entry in entries if entry.record_id not in seen]
    return seen | (once_readable(account, model, others) if others else set())


def endpoints_due(now: datetime) -> list[UUID]:
    """Endpoints for which something is to be sent, the one that waited longest first."""
    due = _due(now).values("endpoint")
    found = WebhookEndpoint.objects.filter(_WORKING, pk__in=due).order_by(
        F("place__tried_at").asc(nulls_first=True), "pk"
    )
    return list(found.values_list("pk", flat=True))


def _due(now: datetime) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(_in_nobodys_hand(now), state=DeliveryState.WAITING, next_attempt_at__lte=now)


def _in_nobodys_hand(now: datetime) -> Q:
    return Q(claimed_until=None) | Q(claimed_until__lt=now)


def claim(endpoint_id: UUID, now: datetime) -> WebhookDelivery | None:
    """Takes one delivery in hand, written down before it is sent; None where nothing is due, or the endpoint is
    switched off by now. The one that was tried most comes first: it tells whether the target is back, and while it is
    not, the others' time does not run out."""
    mine = uuid7()
    while WebhookEndpoint.objects.filter(_WORKING, pk=endpoint_id).exists():
        found = _due(now).filter(endpoint=endpoint_id).order_by("-attempts", "seq", "id").first()
        if found is None:
            return None
        with transaction.atomic(), guard.declared(*_TABLES):
            free = _due(now).filter(pk=found.pk)
            if free.update(claim=mine, claimed_until=now + CLAIM, attempts=F("attempts") + 1):
                WebhookAttempt.objects.create(delivery=found, claim=mine, at=now)
                WebhookPlace.objects.filter(endpoint=endpoint_id).update(tried_at=now)
                return WebhookDelivery.objects.select_related("endpoint").get(pk=found.pk)
    return None


def note(delivery: WebhookDelivery, answer: Answer, now: datetime) -> bool:
    """What came of the attempt. Whose claim ran out meanwhile changes the delivery no more. Returns whether that was
    the last attempt."""
    fault = "" if answer.is_accepted else (answer.fault or Fault.REFUSED)
    told: dict[str, Any] = {"last_status": answer.status, "last_fault": fault, "claim": None, "claimed_until": None}
    wait = retry_after(delivery.attempts)
    is_over = not answer.is_accepted and wait is None
    if answer.is_accepted:
        told |= {"state": DeliveryState.DELIVERED, "ended_at": now, "next_attempt_at": None}
    elif wait is None:
        told |= {"state": DeliveryState.FAILED, "ended_at": now, "next_attempt_at": None}
    else:
        told |= {"next_attempt_at": now + wait}
    mine: Any = delivery.claim
    with transaction.atomic(), guard.declared(*_TABLES):
        WebhookAttempt.objects.filter(delivery=delivery, claim=mine).update(
            ended_at=now, status=answer.status, fault=fault, detail=answer.detail[:300]
        )
        is_mine = WebhookDelivery.objects.filter(pk=delivery.pk, claim=mine).update(**told)
    return bool(is_mine) and is_over


def message_of(delivery: WebhookDelivery) -> Message:
    return Message(delivery.pk, delivery.type, delivery.record_id, delivery.record_version, delivery.seq)


def send_again(deliveries: QuerySet[WebhookDelivery], now: datetime) -> int:
    """From the first attempt on, at once; what is being sent at the moment is left. Within an action."""
    again = {"state": DeliveryState.WAITING, "attempts": 0, "next_attempt_at": now, "ended_at": None}
    with guard.declared(*_TABLES):
        return deliveries.filter(_in_nobodys_hand(now)).update(**again, claim=None, claimed_until=None)


def add_test(endpoint: WebhookEndpoint, now: datetime) -> WebhookDelivery:
    """A hint about nothing. Within an action."""
    with guard.declared(*_TABLES):
        test = _delivery(endpoint, now, TEST, endpoint.pk, endpoint.version, state().head)
        test.save()
        return test


def forget_delivered(now: datetime) -> int:
    """Takes away what was delivered long ago; what was not stays. Returns how many."""
    with guard.declared(*_TABLES):
        old = WebhookDelivery.objects.filter(state=DeliveryState.DELIVERED, ended_at__lt=now - KEPT_AFTER_DELIVERY)
        return old.delete()[1].get(WebhookDelivery._meta.label, 0)
