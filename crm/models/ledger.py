"""The ledger: every figure is an entry, and entries are only added. The database itself refuses the rest."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.models.base import Entry
from crm.models.fields import ExactDecimalField, QuarterNumber
from crm.models.labels import choices
from crm.values.evidence import Grade
from crm.values.measures import Basis, Cause, DateBasis, Measure, OutcomeKind, Series, Standing
from crm.values.stages import Stage


class LedgerEntry(Entry):
    """One signed value about one outcome, consultation or event.

    `value` is in units of `currency` for money, in heads for jobs, in records for counts. `krw_value` is unknown
    (None) where no rate was posted, never zero. `for_year` is the year of a contract that the value is for.
    `derived_from` is the yearly rate whose total, by the contract's term, this entry is. `kind`, `standing` and
    `stage` are what the subject was when the entry was made: a change of those is a reversal and a new entry, so that
    a past as-of time never moves."""

    feed_type = "ledger_entry"

    outcome = models.ForeignKey("crm.Outcome", models.PROTECT, null=True, blank=True, related_name="entries")
    consultation = models.ForeignKey("crm.Consultation", models.PROTECT, null=True, blank=True, related_name="entries")
    event = models.ForeignKey("crm.Event", models.PROTECT, null=True, blank=True, related_name="entries")

    measure = models.CharField(_("measure"), max_length=5, choices=choices(Measure))
    series = models.CharField(_("series"), max_length=10, choices=choices(Series))
    value = ExactDecimalField(_("value"))
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    basis = models.CharField(_("basis"), max_length=8, choices=choices(Basis), default=Basis.TOTAL)
    approximate = models.BooleanField(_("approximate"), default=False)
    as_reported = models.CharField(_("as reported"), max_length=200, blank=True)
    for_year = models.PositiveSmallIntegerField(_("for the year"), null=True, blank=True)
    derived_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="derived")

    krw_value = ExactDecimalField(_("KRW value"), null=True, blank=True)
    fx_rate = ExactDecimalField(_("exchange rate"), places=6, null=True, blank=True)
    fx_per = models.PositiveSmallIntegerField(null=True, blank=True)
    fx_date = models.DateField(_("date of the rate"), null=True, blank=True)
    fx_source = models.CharField(_("source of the rate"), max_length=200, blank=True)
    fx_policy = models.CharField(max_length=30, blank=True)

    value_date = models.DateField(_("value date"))
    value_quarter = models.GeneratedField(
        expression=QuarterNumber("value_date"), output_field=models.IntegerField(), db_persist=True
    )
    date_basis = models.CharField(_("basis of the date"), max_length=8, choices=choices(DateBasis))
    recorded_at = models.DateTimeField(_("recorded"))
    entered_at = models.DateTimeField(_("entered"))
    is_backfill = models.BooleanField(_("backfilled"), default=False)

    source = models.CharField(_("source"), max_length=300)
    evidence = models.ForeignKey("crm.Document", models.PROTECT, null=True, blank=True, related_name="entries")
    evidence_grade = models.CharField(_("evidence"), max_length=20, choices=choices(Grade))
    cause = models.CharField(_("cause"), max_length=16, choices=choices(Cause))
    reason = models.TextField(_("reason"), blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    kind = models.CharField(_("kind"), max_length=24, choices=choices(OutcomeKind), blank=True)
    standing = models.CharField(max_length=12, choices=choices(Standing), default=Standing.CONFIRMED)
    stage = models.CharField(_("stage"), max_length=20, choices=choices(Stage), blank=True)
    recorded_by = models.ForeignKey("crm.Account", models.PROTECT, related_name="+")
    action = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("ledger entry")
        indexes = [
            models.Index(fields=["value_date", "recorded_at"]),
            models.Index(fields=["recorded_at", "id"]),
            models.Index(fields=["value", "currency"]),
            # Few entries are reversals. The unique index on that column holds an empty place for all the others, and
            # makes a database that has counted it believe that it finds nothing.
            models.Index(fields=["reverses"], condition=Q(reverses__isnull=False), name="reversals"),
            # All that figures need, in the order in which they group: a quarter is added up without opening an entry.
            models.Index(
                fields=[
                    *("kind", "value_quarter", "measure", "series", "standing", "stage", "currency", "basis"),
                    *("evidence_grade", "date_basis", "value_date", "recorded_at", "approximate", "derived_from"),
                    *("reverses", "outcome", "value", "krw_value"),
                ],
                name="ledger_by_class",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__isnull=False, consultation__isnull=True, event__isnull=True)
                | Q(outcome__isnull=True, consultation__isnull=False, event__isnull=True)
                | Q(outcome__isnull=True, consultation__isnull=True, event__isnull=False),
                name="entry_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(measure=Measure.MONEY, currency__gt="") | (~Q(measure=Measure.MONEY) & Q(currency="")),
                name="entry_money_has_a_currency",
            ),
            models.CheckConstraint(
                condition=~Q(series=Series.REALISED)
                | Q(measure=Measure.COUNT)
                | Q(evidence_grade__in=[Grade.SIGNED_DOCUMENT, Grade.OFFICIAL_RECORD, Grade.PARTNER_CONFIRMED]),
                name="entry_realised_needs_evidence",
            ),
            models.CheckConstraint(
                condition=Q(is_backfill=True, recorded_at__lt=models.F("entered_at"))
                | Q(is_backfill=False, recorded_at=models.F("entered_at")),
                name="entry_backfill_is_flagged",
            ),
        ]
