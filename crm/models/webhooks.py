"""Where hints of changes are sent, what was sent, and every attempt at it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from crm.models.base import Record
from crm.models.labels import choices
from crm.values.webhooks import TYPES, DeliveryState, Fault, SwitchedOff, new_secret


def refuse_types(types: object) -> None:
    """Raises ValidationError naming what the feed does not tell of."""
    found: list[Any] = types if isinstance(types, list) else [types]
    if unknown := [str(one) for one in found if one not in TYPES]:
        raise ValidationError(_("The feed tells of no such type: %(names)s.") % {"names": ", ".join(unknown)})


class WebhookEndpoint(Record):
    """An address of a client's that is told what changed: only what the client may read. `types`: those alone; none
    stands for all. The secrets sign, so that they are kept as they are; both are good until the old one is dropped."""

    kept_out_of_history = ("secret", "old_secret")

    account = models.ForeignKey("crm.Account", models.PROTECT, related_name="webhooks", verbose_name=_("client"))
    label = models.CharField(_("label"), max_length=120)
    address = models.CharField(_("address"), max_length=500)
    types = models.JSONField(_("types"), default=list, blank=True, validators=[refuse_types])
    is_active = models.BooleanField(_("active"), default=True)
    switched_off_at = models.DateTimeField(_("switched off"), null=True, blank=True)
    switched_off_why = models.CharField(max_length=20, blank=True, choices=choices(SwitchedOff))
    secret = models.CharField(max_length=100, default=new_secret, editable=False)
    old_secret = models.CharField(max_length=100, blank=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        ordering = ["label", "id"]

    def __str__(self) -> str:
        return self.label

    @property
    def secrets(self) -> tuple[str, ...]:
        return tuple(one for one in (self.secret, self.old_secret) if one)


class WebhookPlace(models.Model):
    """How far in the feed an endpoint's deliveries reach. No part of the endpoint's record: that it moves is no change
    that anybody is told of. Written by crm.deliveries only, as the two below."""

    endpoint = models.OneToOneField(WebhookEndpoint, models.PROTECT, related_name="place")
    epoch = models.UUIDField()
    sent_to_seq = models.BigIntegerField()
    tried_at = models.DateTimeField(null=True)


class WebhookDelivery(models.Model):
    """One hint for one endpoint. Its id is the message's in every attempt. Whoever sends it has claimed it before, and
    a claim that has run out is anybody's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    endpoint = models.ForeignKey(WebhookEndpoint, models.PROTECT, related_name="deliveries", db_index=False)
    type = models.CharField(max_length=30)
    record_id = models.UUIDField()
    record_version = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=choices(DeliveryState), default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    last_status = models.PositiveSmallIntegerField(null=True)
    last_fault = models.CharField(max_length=20, blank=True, choices=choices(Fault))

    class Meta:
        indexes = [
            models.Index(fields=["endpoint", "-created_at", "-id"], name="hooks_latest"),
            models.Index(fields=["endpoint", "next_attempt_at"], name="hooks_waiting", condition=Q(state="waiting")),
            models.Index(fields=["ended_at"], name="hooks_ended", condition=Q(state="delivered")),
        ]


class WebhookAttempt(models.Model):
    """One sending of a delivery, written before it is tried: where neither an answer nor a fault came back, it was cut
    off in between, and may have arrived."""

    delivery = models.ForeignKey(WebhookDelivery, models.CASCADE, related_name="tries")
    claim = models.UUIDField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=20, blank=True, choices=choices(Fault))
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]
