"""What has to be done next, and the instructions from which it comes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.labels import choices
from crm.values.follow_up_rules import Trigger
from crm.values.measures import FollowUpStatus, OutcomeKind


class Directive(Record):
    """An instruction from leadership, given at a briefing. It becomes follow-ups."""

    event = models.ForeignKey(
        "crm.Event", models.PROTECT, null=True, blank=True, related_name="directives", verbose_name=_("briefing")
    )
    text = models.TextField(_("instruction"))
    given_on = models.DateField(_("given on"))
    lead_unit = models.ForeignKey("crm.OrgUnit", models.PROTECT, null=True, blank=True, verbose_name=_("lead unit"))

    class Meta:
        verbose_name = _("directive")

    def __str__(self) -> str:
        return self.text


class FollowUp(Record):
    """Owner and due date may be unknown; then it stands out as unassigned until somebody takes it."""

    title = models.CharField(_("what is to be done"), max_length=500)
    outcome = models.ForeignKey(
        "crm.Outcome", models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name=_("outcome")
    )
    event = models.ForeignKey(
        "crm.Event", models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name=_("event")
    )
    directive = models.ForeignKey(
        Directive, models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name=_("directive")
    )
    assignee = models.ForeignKey(
        "crm.Account", models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name=_("assigned to")
    )
    org_unit = models.ForeignKey(
        "crm.OrgUnit", models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name=_("org unit")
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=choices(FollowUpStatus), default=FollowUpStatus.OPEN)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True)
    demonstration = models.ForeignKey(
        "crm.Demonstration",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("demonstration"),
    )
    trigger = models.CharField(_("planned by rule"), max_length=20, choices=choices(Trigger), blank=True)
    # What the rule has planned once it never plans again: the key names the rule, its subject and the occasion.
    rule_key = models.CharField(max_length=160, null=True, blank=True, unique=True, editable=False)
    snoozed_until = models.DateField(_("put off until"), null=True, blank=True)
    snooze_reason = models.CharField(_("reason for putting it off"), max_length=300, blank=True)
    escalated_on = models.DateField(_("escalated on"), null=True, blank=True, editable=False)
    escalated_to = models.ForeignKey(
        "crm.Account",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="escalations",
        verbose_name=_("escalated to"),
        editable=False,
    )

    class Meta:
        verbose_name = _("follow-up")
        # It holds all that lists and the day's page are narrowed by: they count by reading it alone.
        indexes = [
            models.Index(
                fields=[
                    *("status", "due_on", "id", "archived_at", "outcome", "demonstration", "snoozed_until"),
                    *("assignee", "org_unit", "escalated_on", "escalated_to", "created_at"),
                ],
                name="follow_ups_by_day",
            ),
            # The latest are found without sorting all that are open.
            models.Index(
                fields=["status", "-created_at", "id", "archived_at", "outcome", "demonstration", "snoozed_until"],
                name="follow_ups_latest",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__isnull=False)
                | Q(event__isnull=False)
                | Q(directive__isnull=False)
                | Q(demonstration__isnull=False),
                name="follow_up_is_about_something",
                violation_error_message=_("Say what the follow-up belongs to."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class FollowUpRule(Record):
    """An administrator's own rule in place of a default one: `offsets` in months for a cadence, else in days; none at
    all switches the rule off. `kind` is empty for the triggers that are alike for every kind."""

    trigger = models.CharField(_("trigger"), max_length=20, choices=choices(Trigger))
    kind = models.CharField(_("kind"), max_length=24, choices=choices(OutcomeKind), blank=True)
    offsets = models.JSONField(_("offsets"), default=list, blank=True)

    class Meta:
        verbose_name = _("follow-up rule")
        constraints = [models.UniqueConstraint(fields=["trigger", "kind"], name="one_rule_a_trigger_and_kind")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.trigger, self.kind) if part)


class DigestMail(Record):
    """That a person's digest of a day was taken in hand: the row comes before the mail, so that none is sent twice."""

    account = models.ForeignKey("crm.Account", models.PROTECT, related_name="digests")
    on = models.DateField()
    lines = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "on"], name="one_digest_a_day")]


class CalendarFeed(Record):
    """The secret address at which a person's calendar reads the follow-ups. Only its hash is kept."""

    kept_out_of_history: ClassVar[tuple[str, ...]] = ("digest",)

    account = models.ForeignKey("crm.Account", models.PROTECT, related_name="calendar_feeds")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
