"""What the city claims about a partner company, shown to it by a one-time link, and what it answered."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.fields import ExactDecimalField
from crm.models.labels import choices
from crm.values.concurrence import PartnerAnswer


class PartnerConfirmation(Record):
    """One link. Only the hash of its token is kept. `claim` is what the partner was shown, `content_hash` what the
    answer binds to: where the outcome's content has another hash since, the confirmation is stale."""

    kept_out_of_history: ClassVar[tuple[str, ...]] = ("digest",)

    outcome = models.ForeignKey("crm.Outcome", models.PROTECT, related_name="confirmations", verbose_name=_("outcome"))
    organisation = models.ForeignKey(
        "crm.Organisation", models.PROTECT, related_name="confirmations", verbose_name=_("partner")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=2, default="ko")
    claim = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    asked_by = models.ForeignKey("crm.Account", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    answer = models.CharField(_("answer"), max_length=12, choices=choices(PartnerAnswer), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    stated_value = models.CharField(_("value stated by the partner"), max_length=200, blank=True)
    stated_amount = ExactDecimalField(_("amount stated by the partner"), null=True, blank=True)
    stated_currency = models.CharField(_("currency"), max_length=3, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    respondent_position = models.CharField(_("position of the respondent"), max_length=120, blank=True)
    document = models.ForeignKey(
        "crm.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evidence")
    )

    class Meta:
        verbose_name = _("partner's confirmation")

    def __str__(self) -> str:
        return f"{self.organisation} · {self.outcome}"
