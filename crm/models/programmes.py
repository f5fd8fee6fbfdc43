"""Programmes and pledges that outcomes serve."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.fields import ExactDecimalField


class Programme(Record):
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    lead_unit = models.ForeignKey("crm.OrgUnit", models.PROTECT, null=True, blank=True, verbose_name=_("lead unit"))
    size_amount = ExactDecimalField(_("size"), null=True, blank=True)
    size_currency = models.CharField(_("currency"), max_length=3, blank=True)

    class Meta:
        verbose_name = _("programme")

    def __str__(self) -> str:
        return self.name


class ProgrammeStatus(Record):
    """What a programme's standing was on a day, by a source. All are kept."""

    part_of = "programme"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="statuses")
    on = models.DateField(_("on"))
    status = models.CharField(_("status"), max_length=200)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["on", "id"]
