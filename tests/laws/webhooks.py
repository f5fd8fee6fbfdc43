"""The scenarios of webhooks: one an action."""

from collections.abc import Callable
from typing import Any

from crm.actions import webhooks
from crm.models import WebhookEndpoint
from crm.values.webhooks import SwitchedOff


def _opened(w: Any) -> WebhookEndpoint:
    return webhooks.open_webhook(w.caller, w.officer, "통계 시스템", "http://127.0.0.1:9/hooks", ["outcome"])


def _rotated(w: Any) -> WebhookEndpoint:
    return webhooks.rotate_secret(w.caller, _opened(w))


def _off(w: Any) -> WebhookEndpoint:
    return webhooks.switch_off(w.caller, _opened(w), SwitchedOff.UNREACHABLE)


WEBHOOKS: dict[str, Callable[[Any], object]] = {
    "open_webhook": _opened,
    "change_webhook": lambda w: webhooks.change_webhook(
        w.caller, _opened(w), label="통계", address="http://127.0.0.1:9/new", types=[]
    ),
    "rotate_secret": _rotated,
    "drop_old_secret": lambda w: webhooks.drop_old_secret(w.caller, _rotated(w)),
    "switch_off": _off,
    "switch_on": lambda w: webhooks.switch_on(w.caller, _off(w)),
    "replay_delivery": lambda w: webhooks.replay_delivery(w.caller, webhooks.send_test(w.caller, _opened(w))),
    "send_test": lambda w: webhooks.send_test(w.caller, _opened(w)),
}
