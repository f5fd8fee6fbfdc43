"""Trade shows, delegations, briefings; who took part; and what sources claim about them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.fields import ExactDecimalField
from crm.models.labels import choices
from crm.values.measures import ClaimStatus, EventKind, Pavilion


class Event(Record):
    """Dates are local to the place. Nights and days are a claim, not a difference of dates. `host`, `operator` and
    `sponsor` in the event's own words, several with commas between: whoever they are, they need be no record."""

    code = models.SlugField(_("code"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=choices(EventKind))
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    places = models.JSONField(_("places"), default=list, blank=True)
    timezone = models.CharField(_("time zone"), max_length=60, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    lead_unit = models.ForeignKey("crm.OrgUnit", models.PROTECT, null=True, blank=True, verbose_name=_("lead unit"))
    host = models.CharField(_("host"), max_length=200, blank=True)
    operator = models.CharField(_("operator"), max_length=200, blank=True)
    sponsor = models.CharField(_("sponsor"), max_length=200, blank=True)
    pavilion = models.CharField(_("pavilion"), max_length=20, choices=choices(Pavilion), blank=True)
    pavilion_brand = models.CharField(_("pavilion brand"), max_length=120, blank=True)
    pavilion_operator = models.CharField(_("pavilion operator"), max_length=120, blank=True)
    pavilion_first_time = models.BooleanField(_("first pavilion of its kind"), null=True, blank=True)
    pavilion_products = models.PositiveIntegerField(_("products shown"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("event")
        indexes = [models.Index(fields=["-starts_on", "id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="event_ends_after_it_begins",
                violation_error_message=_("The event ends before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class EventClaim(Record):
    """One source's statement about an event. Contradicting ones stand side by side; one may be confirmed."""

    part_of = "event"

    event = models.ForeignKey(Event, models.PROTECT, related_name="claims")
    measure = models.CharField(_("what is claimed"), max_length=60)
    value = models.CharField(_("value"), max_length=200)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    status = models.CharField(_("status"), max_length=12, choices=choices(ClaimStatus), default=ClaimStatus.UNREVIEWED)

    class Meta:
        ordering = ["measure", "as_of", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "measure"],
                condition=Q(status=ClaimStatus.CONFIRMED, archived_at__isnull=True),
                name="one_confirmed_claim_a_measure",
                violation_error_message=_("Another claim of this measure is confirmed; dispute or supersede it first."),
            )
        ]


class Participation(Record):
    """One exhibitor at one event, and what the city supported it with."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="participations", verbose_name=_("event"))
    organisation = models.ForeignKey(
        "crm.Organisation", models.PROTECT, related_name="participations", verbose_name=_("organisation")
    )
    pavilion = models.CharField(_("pavilion"), max_length=20, choices=choices(Pavilion), blank=True)
    from_region = models.BooleanField(_("from the region"), null=True, blank=True)
    supported_by_city = models.BooleanField(_("supported by the city"), null=True, blank=True)
    support_source = models.CharField(_("source of support"), max_length=200, blank=True)
    support_amount = ExactDecimalField(_("amount of support"), null=True, blank=True)
    support_currency = models.CharField(_("currency"), max_length=3, blank=True)
    products = models.CharField(_("products shown"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("participation")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "organisation"],
                condition=Q(archived_at__isnull=True),
                name="participation_once",
                violation_error_message=_("This organisation already takes part in this event."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.event}"
