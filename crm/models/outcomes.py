"""What came of it: agreements, contracts, promises; who is party to them; what was talked about."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.fields import ExactDecimalField
from crm.models.labels import choices
from crm.values.measures import AttributionRole, Disclosure, OutcomeKind, PartyRole, Standing
from crm.values.stages import Stage


class Outcome(Record):
    """One outcome, whatever its kind. Its values stand in the ledger, never here."""

    code = models.SlugField(_("code"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=24, choices=choices(OutcomeKind))
    title = models.CharField(_("title"), max_length=500)
    title_as_signed = models.CharField(_("title as signed"), max_length=500, blank=True)
    also_called = models.JSONField(_("also called"), default=list, blank=True)
    event = models.ForeignKey(
        "crm.Event", models.PROTECT, null=True, blank=True, related_name="outcomes", verbose_name=_("event")
    )
    lead_unit = models.ForeignKey(
        "crm.OrgUnit", models.PROTECT, null=True, blank=True, related_name="led_outcomes", verbose_name=_("lead unit")
    )
    signed_on = models.DateField(_("signing date"), null=True, blank=True)
    signed_at_place = models.CharField(_("place of signing"), max_length=200, blank=True)
    binding = models.BooleanField(_("binding"), null=True, blank=True)
    standing = models.CharField(_("standing"), max_length=12, choices=choices(Standing), default=Standing.CONFIRMED)
    stage = models.CharField(_("stage"), max_length=20, choices=choices(Stage), editable=False)
    stage_reason = models.TextField(_("reason for leaving the normal road"), blank=True, editable=False)
    term_years = models.PositiveSmallIntegerField(
        _("term in years"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    period_from = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    period_to = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    content = models.TextField(_("content"), blank=True)
    note = models.TextField(_("note"), blank=True)
    delay_reason = models.TextField(_("reason for delay"), blank=True)
    next_steps = models.TextField(_("next steps"), blank=True)
    document_number = models.CharField(_("document number"), max_length=120, blank=True)
    disclosure_level = models.CharField(
        _("disclosure"), max_length=10, choices=choices(Disclosure), default=Disclosure.OPEN
    )
    is_synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    class Meta:
        verbose_name = _("outcome")
        indexes = [
            models.Index(fields=["-signed_on", "id"]),
            models.Index(fields=["kind", "id"]),
            models.Index(fields=["document_number"]),
            # Every reading leaves out what is closed to the reader: few, and found at once.
            models.Index(fields=["disclosure_level", "lead_unit", "id"], name="disclosed_to_units"),
            # And what was put away.
            models.Index(fields=["archived_at", "id"], condition=Q(archived_at__isnull=False), name="put_away"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False) | Q(signed_on__isnull=False),
                name="outcome_has_a_date",
                violation_error_message=_(
                    "Give the signing date or the event: without either it belongs to no period."
                ),
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True)
                | Q(period_to__isnull=True)
                | Q(period_to__gte=models.F("period_from")),
                name="outcome_period_ends_after_it_begins",
                violation_error_message=_("The period ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Party(Record):
    part_of = "outcome"

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(
        "crm.Organisation", models.PROTECT, related_name="party_in", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=12, choices=choices(PartyRole))

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "organisation", "role"], condition=Q(archived_at__isnull=True), name="party_once"
            )
        ]


class CooperatingUnit(Record):
    part_of = "outcome"

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="cooperating_units")
    org_unit = models.ForeignKey("crm.OrgUnit", models.PROTECT, related_name="cooperates_in")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "org_unit"], condition=Q(archived_at__isnull=True), name="cooperating_once"
            )
        ]


class OutcomeProgramme(Record):
    part_of = "outcome"

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="programmes")
    programme = models.ForeignKey("crm.Programme", models.PROTECT, related_name="outcomes")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "programme"], condition=Q(archived_at__isnull=True), name="programme_once"
            )
        ]


class Attribution(Record):
    """What an event or a unit had to do with an outcome, and its share in per cent."""

    part_of = "outcome"

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="attributions")
    role = models.CharField(_("role"), max_length=12, choices=choices(AttributionRole))
    event = models.ForeignKey(
        "crm.Event", models.PROTECT, null=True, blank=True, related_name="attributions", verbose_name=_("event")
    )
    org_unit = models.ForeignKey(
        "crm.OrgUnit", models.PROTECT, null=True, blank=True, related_name="attributions", verbose_name=_("org unit")
    )
    share = ExactDecimalField(_("share"), places=2)

    class Meta:
        verbose_name = _("attribution")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False, org_unit__isnull=True) | Q(event__isnull=True, org_unit__isnull=False),
                name="attribution_is_to_one_thing",
                violation_error_message=_("Name an event or a unit, not both."),
            ),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=100),
                name="attribution_share_is_a_share",
                violation_error_message=_("A share is more than 0 and at most 100 %."),
            ),
        ]


class Consultation(Record):
    """One exhibitor, one buyer, one sitting. What was talked about goes to the ledger as `consulted`, the part
    likely to be contracted as `expected`: two facts, never added."""

    event = models.ForeignKey("crm.Event", models.PROTECT, related_name="consultations", verbose_name=_("event"))
    exhibitor = models.ForeignKey(
        "crm.Organisation", models.PROTECT, related_name="consultations_given", verbose_name=_("exhibitor")
    )
    buyer = models.ForeignKey(
        "crm.Organisation", models.PROTECT, related_name="consultations_had", verbose_name=_("buyer")
    )
    met_on = models.DateField(_("met on"))
    content = models.TextField(_("content"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("consultation")

    def __str__(self) -> str:
        return f"{self.exhibitor} – {self.buyer}"


class FxRate(Record):
    """A posted base rate: KRW for `per` units of the currency on a day."""

    currency = models.CharField(_("currency"), max_length=3)
    on = models.DateField(_("on"))
    per = models.PositiveSmallIntegerField(_("per"), default=1)
    rate = ExactDecimalField(_("rate"), places=6)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("exchange rate")
        constraints = [
            models.UniqueConstraint(fields=["currency", "on"], name="one_rate_a_day"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.on}"
