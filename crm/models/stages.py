"""The steps that an outcome took, one after the other."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.labels import choices
from crm.values.stages import Stage


class StageStep(Record):
    """One step: from where to where, when it was taken (`created_at` is when it was recorded), by whom, on what."""

    part_of = "outcome"

    outcome = models.ForeignKey("crm.Outcome", models.PROTECT, related_name="steps")
    from_stage = models.CharField(_("from stage"), max_length=20, choices=choices(Stage), blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=choices(Stage))
    taken_on = models.DateField(_("taken on"))
    reason = models.TextField(_("reason"), blank=True)
    taken_by = models.ForeignKey("crm.Account", models.PROTECT, related_name="+", verbose_name=_("who"))
    evidence = models.ForeignKey(
        "crm.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evidence")
    )

    class Meta:
        verbose_name = _("step")
        ordering = ["created_at", "id"]
