"""Demonstrations of a technology at a testbed site (실증), their steps and what they measured."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.fields import ExactDecimalField
from crm.models.labels import choices
from crm.values.demonstrations import DemonstrationStage, RegulatoryPath, Verdict
from crm.values.measures import Disclosure


class Demonstration(Record):
    """Costs are in units of `cost_currency`: what the city pays, and what the applicant pays itself."""

    title = models.CharField(_("title"), max_length=500)
    applicant = models.ForeignKey(
        "crm.Organisation", models.PROTECT, related_name="demonstrations", verbose_name=_("applicant")
    )
    technology = models.CharField(_("technology"), max_length=300)
    testbed_site = models.CharField(_("testbed site"), max_length=200, blank=True)
    site_unit = models.ForeignKey(
        "crm.OrgUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit that runs the site"),
    )
    lead_unit = models.ForeignKey(
        "crm.OrgUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_demonstrations",
        verbose_name=_("lead unit"),
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    cost_city = ExactDecimalField(_("cost borne by the city"), null=True, blank=True)
    cost_own = ExactDecimalField(_("cost borne by the applicant"), null=True, blank=True)
    cost_currency = models.CharField(_("currency"), max_length=3, default="KRW")
    regulatory_issue = models.TextField(_("regulatory issue"), blank=True)
    regulatory_path = models.CharField(_("regulatory path"), max_length=20, choices=choices(RegulatoryPath), blank=True)
    permit_number = models.CharField(_("permit number"), max_length=120, blank=True)
    permit_expires_on = models.DateField(_("permit expires"), null=True, blank=True)
    stage = models.CharField(
        _("stage"), max_length=12, choices=choices(DemonstrationStage), default=DemonstrationStage.PREPARED
    )
    verdict = models.CharField(_("verdict"), max_length=10, choices=choices(Verdict), blank=True)
    result = models.TextField(_("result"), blank=True)
    certificate_number = models.CharField(_("certificate number"), max_length=120, blank=True)
    certificate_on = models.DateField(_("date of the certificate"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    disclosure_level = models.CharField(
        _("disclosure"), max_length=10, choices=choices(Disclosure), default=Disclosure.OPEN
    )

    class Meta:
        verbose_name = _("demonstration")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="demonstration_ends_after_it_begins",
                violation_error_message=_("The period ends before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class DemonstrationStep(Record):
    part_of = "demonstration"

    demonstration = models.ForeignKey(Demonstration, models.PROTECT, related_name="steps")
    from_stage = models.CharField(_("from stage"), max_length=12, choices=choices(DemonstrationStage), blank=True)
    stage = models.CharField(_("stage"), max_length=12, choices=choices(DemonstrationStage))
    taken_on = models.DateField(_("taken on"))
    reason = models.TextField(_("reason"), blank=True)
    taken_by = models.ForeignKey("crm.Account", models.PROTECT, related_name="+", verbose_name=_("who"))

    class Meta:
        verbose_name = _("step")
        ordering = ["created_at", "id"]


class DemonstrationKpi(Record):
    """What is to be shown: a target, and the measured value beside it, both in `unit`."""

    part_of = "demonstration"

    demonstration = models.ForeignKey(Demonstration, models.PROTECT, related_name="kpis")
    name = models.CharField(_("measured quantity"), max_length=200)
    unit = models.CharField(_("unit of measurement"), max_length=40, blank=True)
    target = ExactDecimalField(_("target"))
    measured = ExactDecimalField(_("measured"), null=True, blank=True)
    measured_on = models.DateField(_("measured on"), null=True, blank=True)
    lower_is_better = models.BooleanField(_("lower is better"), default=False)

    class Meta:
        verbose_name = _("KPI")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["demonstration", "name"], condition=Q(archived_at__isnull=True), name="kpi_once"
            )
        ]


class ChainLink(Record):
    """What came of what: a pitch, a demonstration or an outcome led to a demonstration or an outcome."""

    from_pitch = models.ForeignKey(
        "crm.PitchEntry", models.PROTECT, null=True, blank=True, related_name="led_to", verbose_name=_("pitch")
    )
    from_demonstration = models.ForeignKey(
        Demonstration, models.PROTECT, null=True, blank=True, related_name="led_to", verbose_name=_("demonstration")
    )
    from_outcome = models.ForeignKey(
        "crm.Outcome", models.PROTECT, null=True, blank=True, related_name="led_to", verbose_name=_("outcome")
    )
    to_demonstration = models.ForeignKey(
        Demonstration, models.PROTECT, null=True, blank=True, related_name="came_of", verbose_name=_("demonstration")
    )
    to_outcome = models.ForeignKey(
        "crm.Outcome", models.PROTECT, null=True, blank=True, related_name="came_of", verbose_name=_("outcome")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("chain link")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_pitch__isnull=False, from_demonstration__isnull=True, from_outcome__isnull=True)
                | Q(from_pitch__isnull=True, from_demonstration__isnull=False, from_outcome__isnull=True)
                | Q(from_pitch__isnull=True, from_demonstration__isnull=True, from_outcome__isnull=False),
                name="chain_begins_at_one_thing",
                violation_error_message=_("Name the one record from which the other came."),
            ),
            models.CheckConstraint(
                condition=Q(to_demonstration__isnull=False, to_outcome__isnull=True)
                | Q(to_demonstration__isnull=True, to_outcome__isnull=False),
                name="chain_ends_at_one_thing",
                violation_error_message=_("Name the one record that came of it."),
            ),
        ]
