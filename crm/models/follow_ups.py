"""What has to be done next, and the instructions from which it comes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.labels import choices
from crm.values.measures import FollowUpStatus


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

    class Meta:
        verbose_name = _("follow-up")
        indexes = [models.Index(fields=["status", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__isnull=False) | Q(event__isnull=False) | Q(directive__isnull=False),
                name="follow_up_is_about_something",
                violation_error_message=_("Say what the follow-up belongs to."),
            )
        ]

    def __str__(self) -> str:
        return self.title
