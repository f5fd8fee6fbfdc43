"""Sends what is due, endpoint by endpoint, one delivery at a time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings

from crm import deliveries
from crm.actions.base import Caller
from crm.actions.webhooks import switch_off
from crm.models import WebhookDelivery, WebhookEndpoint
from crm.values.webhooks import SwitchedOff, headers
from crm.webhooks.posting import post

# A round ends before the next minute's begins; what is left is sent in that one, the endpoints that waited first.
ROUND: Final = timedelta(seconds=50)
# So many refusals, and an endpoint rests until the next round.
_PATIENCE: Final = 20
_GONE: Final = 410

MakesCaller = Callable[[], Caller]


def send_due(caller: MakesCaller) -> int:
    """Makes the deliveries that are due and sends them. `caller` reads the clock. Returns how many arrived."""
    began = caller().now
    deliveries.make_due(began)
    # Another worker may have made them while this one waited for it: due since a moment that is past only by now.
    return sum(_send_to(endpoint, caller, began + ROUND) for endpoint in deliveries.endpoints_due(caller().now))


def _send_to(endpoint_id: UUID, caller: MakesCaller, until: datetime) -> int:
    """All that is due for it. Where nobody answers it rests: a target that is away must not keep the others waiting."""
    arrived = refused = 0
    while refused < _PATIENCE and (now := caller().now) < until:
        delivery = deliveries.claim(endpoint_id, now)
        if delivery is None:
            break
        answer = _post(delivery, now)
        was_last = deliveries.note(delivery, answer, caller().now)
        if was_last or answer.status == _GONE:
            _give_up(endpoint_id, caller(), SwitchedOff.UNREACHABLE if was_last else SwitchedOff.GONE)
        if answer.status is None:
            break
        arrived, refused = arrived + answer.is_accepted, refused + (not answer.is_accepted)
    return arrived


def _post(delivery: WebhookDelivery, now: datetime) -> deliveries.Answer:
    endpoint, message = delivery.endpoint, deliveries.message_of(delivery)
    return post(endpoint.address, message.body(), headers(message, now, endpoint.secrets), settings.WEBHOOK_TARGETS)


def _give_up(endpoint_id: UUID, caller: Caller, why: SwitchedOff) -> None:
    switch_off(caller, WebhookEndpoint.objects.get(pk=endpoint_id), why)
