"""Webhooks: opened, changed, switched on and off, their secrets, and deliveries sent again."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm import deliveries
from crm.actions import notifying
from crm.actions.base import Caller, Conflict, action, check, expect_version, hold, store
from crm.models import Account, WebhookDelivery, WebhookEndpoint
from crm.values.webhook_targets import NotAllowed, read_target
from crm.values.webhooks import DeliveryState, SwitchedOff, new_secret


@action("webhook.set")
def open_webhook(
    caller: Caller,
    /,
    account: Account,
    label: str,
    address: str,
    types: list[str] | None = None,
    *,
    id: UUID | None = None,
    secret: str | None = None,
) -> WebhookEndpoint:
    """Tells the account's system what changes from now on. Sent twice with one id it is one. Raises ValidationError:
    `address` that is on no allow-list, `types` of which the feed does not tell."""
    if id is not None and (known := WebhookEndpoint.objects.filter(pk=id).first()) is not None:
        return known
    _refuse_address(address)
    endpoint = WebhookEndpoint(secret=secret or new_secret())
    fields = {"account": account, "label": label, "address": address, "types": sorted(set(types or []))}
    store(endpoint, {**fields, **({"id": id} if id else {})})
    deliveries.begin(endpoint)
    return endpoint


@action("webhook.set")
def change_webhook(
    caller: Caller,
    /,
    endpoint: WebhookEndpoint,
    *,
    label: str,
    address: str,
    types: list[str],
    version: int | None = None,
) -> WebhookEndpoint:
    """Raises ValidationError as `open_webhook`, Stale."""
    expect_version(endpoint, version)
    hold(endpoint)
    _refuse_address(address)
    return store(endpoint, {"label": label, "address": address, "types": sorted(set(types))})


@action("webhook.set")
def rotate_secret(
    caller: Caller, /, endpoint: WebhookEndpoint, *, secret: str | None = None, version: int | None = None
) -> WebhookEndpoint:
    """A new secret; the one before stays good until it is dropped. Sent twice with one secret it is one. Raises
    Conflict where an old one is still good, Stale."""
    if secret is not None and endpoint.secret == secret:
        return endpoint
    expect_version(endpoint, version)
    hold(endpoint)
    if endpoint.old_secret:
        raise Conflict(_("An old secret is still good. Drop it first."))
    endpoint.old_secret, endpoint.secret = endpoint.secret, secret or new_secret()
    check(endpoint)
    endpoint.save()
    return endpoint


@action("webhook.set")
def drop_old_secret(caller: Caller, /, endpoint: WebhookEndpoint, *, version: int | None = None) -> WebhookEndpoint:
    """From now on only the new secret signs. Raises Stale."""
    expect_version(endpoint, version)
    hold(endpoint)
    endpoint.old_secret = ""
    endpoint.save()
    return endpoint


@action("webhook.switch")
def switch_on(caller: Caller, /, endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """It is told what changed since it was switched off, and what was not delivered is tried anew."""
    hold(endpoint)
    store(endpoint, {"is_active": True, "switched_off_at": None, "switched_off_why": ""})
    deliveries.send_again(endpoint.deliveries.exclude(state=DeliveryState.DELIVERED), caller.now)
    return endpoint


@action("webhook.switch")
def switch_off(caller: Caller, /, endpoint: WebhookEndpoint, why: SwitchedOff = SwitchedOff.BY_HAND) -> WebhookEndpoint:
    """Nothing is sent to it any more. Where nobody did it by hand, the administrators are told."""
    hold(endpoint)
    if endpoint.is_active:
        store(endpoint, {"is_active": False, "switched_off_at": caller.now, "switched_off_why": why})
        if why != SwitchedOff.BY_HAND:
            notifying.webhook_off(endpoint)
    return endpoint


@action("webhook.replay")
def replay_delivery(caller: Caller, /, delivery: WebhookDelivery) -> WebhookDelivery:
    """Sends it again, with the id it had. Raises Conflict: the webhook is switched off, or it is being sent."""
    _refuse_when_off(delivery.endpoint)
    if not deliveries.send_again(WebhookDelivery.objects.filter(pk=delivery.pk), caller.now):
        raise Conflict(_("It is being sent at this moment."))
    return delivery


@action("webhook.replay")
def send_test(caller: Caller, /, endpoint: WebhookEndpoint) -> WebhookDelivery:
    """A hint about nothing, to see whether it arrives. Raises Conflict: the webhook is switched off."""
    _refuse_when_off(endpoint)
    return deliveries.add_test(endpoint, caller.now)


def _refuse_when_off(endpoint: WebhookEndpoint) -> None:
    if not endpoint.is_active:
        raise Conflict(_("The webhook is switched off."))


def _refuse_address(address: str) -> None:
    """What the name resolves to is looked at when something is sent."""
    try:
        read_target(address, settings.WEBHOOK_TARGETS)
    except NotAllowed as error:
        told = _("Nothing is sent there: the host is not on the allow-list (WEBHOOK_TARGETS), or this is no address.")
        raise ValidationError({"address": told}) from error
