"""What the city set out to reach, and what an event cost: the other side of every figure."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.fields import ExactDecimalField
from crm.models.labels import choices
from crm.values.measures import Measure, OutcomeKind, Payer, Series


class Target(Record):
    """One figure that somebody is to reach: a unit (with the units below it), an event, a programme, or the whole city
    where none of them is named.

    An event's target is for the event as a whole; any other is for a year, or for one quarter of it. `value` is in
    records, heads or units of `currency`. `kind` empty: outcomes of every kind."""

    org_unit = models.ForeignKey(
        "crm.OrgUnit", models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=_("org unit")
    )
    event = models.ForeignKey(
        "crm.Event", models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=_("event")
    )
    programme = models.ForeignKey(
        "crm.Programme", models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=_("programme")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    quarter = models.PositiveSmallIntegerField(
        _("quarter"), null=True, blank=True, choices=[(n, f"{n}/4") for n in (1, 2, 3, 4)]
    )
    measure = models.CharField(_("measure"), max_length=10, choices=choices(Measure))
    series = models.CharField(_("series"), max_length=12, choices=choices(Series))
    kind = models.CharField(_("kind"), max_length=24, choices=choices(OutcomeKind), blank=True)
    value = ExactDecimalField(_("target"))
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    source = models.CharField(_("source"), max_length=300)
    # What it is a target of, in one text: an absent unit or quarter is a value like any other, on both databases.
    key = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = _("target")
        indexes = [models.Index(fields=["year", "quarter"])]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(archived_at__isnull=True),
                name="target_once",
                violation_error_message=_("This target is set already; change it."),
            ),
            models.CheckConstraint(
                condition=Q(org_unit__isnull=True, event__isnull=True)
                | Q(org_unit__isnull=True, programme__isnull=True)
                | Q(event__isnull=True, programme__isnull=True),
                name="target_of_one",
                violation_error_message=_("A target is of one unit, one event or one programme."),
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=True) | Q(year__isnull=True, quarter__isnull=True),
                name="target_of_event_has_no_year",
                violation_error_message=_("A target of an event is for the whole event."),
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=False) | Q(year__range=(1995, 2100)),
                name="target_has_year",
                violation_error_message=_("Say the year, from 1995 to 2100."),
            ),
            models.CheckConstraint(
                condition=Q(value__gt=0),
                name="target_is_positive",
                violation_error_message=_("A target is above zero."),
            ),
            models.CheckConstraint(
                condition=Q(measure=Measure.MONEY, currency__gt="") | (~Q(measure=Measure.MONEY) & Q(currency="")),
                name="target_currency_with_money",
                violation_error_message=_("An amount has a currency; other measures have none."),
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(str(part) for part in (self.org_unit or self.event or self.programme, self.year) if part)


class EventCost(Record):
    """One item of what an event cost, as its source states it. Money that no exchange rate turns stays as it is."""

    part_of = "event"

    event = models.ForeignKey("crm.Event", models.PROTECT, related_name="costs", verbose_name=_("event"))
    item = models.CharField(_("item"), max_length=200)
    payer = models.CharField(_("borne by"), max_length=12, choices=choices(Payer), default=Payer.CITY)
    amount = ExactDecimalField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("cost")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="cost_is_positive", violation_error_message=_("A cost is above zero.")
            )
        ]

    def __str__(self) -> str:
        return self.item
