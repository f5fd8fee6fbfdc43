"""Concurrence between departments (협조), review (검토) and approval (결재), and who may act in whose place."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.labels import choices
from crm.values.concurrence import SETTLING, Answer, ApprovalStatus, Capacity


class Concurrence(Record):
    """What one department is asked about an outcome, and what it answered.

    An edit of what was asked about closes an answered request (archived) and opens another that `follows` it. The
    time of asking is `created_at`. `content` is what the department is asked about, `content_hash` its hash."""

    outcome = models.ForeignKey("crm.Outcome", models.PROTECT, related_name="concurrences", verbose_name=_("outcome"))
    org_unit = models.ForeignKey(
        "crm.OrgUnit", models.PROTECT, related_name="concurrences", verbose_name=_("department")
    )
    mandatory = models.BooleanField(_("mandatory"), default=True)
    due_on = models.DateField(_("answer due"), null=True, blank=True)
    question = models.TextField(_("what is asked"), blank=True)
    content = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    asked_by = models.ForeignKey("crm.Account", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    handed_from = models.ForeignKey(
        "crm.OrgUnit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handed over from")
    )

    answer = models.CharField(_("answer"), max_length=24, choices=choices(Answer), blank=True)
    opinion = models.TextField(_("opinion"), blank=True)
    answered_by = models.ForeignKey(
        "crm.Account", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    capacity = models.CharField(_("capacity"), max_length=10, choices=choices(Capacity), blank=True)
    on_behalf_of = models.ForeignKey(
        "crm.Account", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("on behalf of")
    )

    overridden_by = models.ForeignKey(
        "crm.Account", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("overridden by")
    )
    overridden_at = models.DateTimeField(_("overridden"), null=True, blank=True)
    override_reason = models.TextField(_("reason for overriding"), blank=True)

    class Meta:
        verbose_name = _("concurrence")
        # It holds what the list of all is narrowed by.
        indexes = [
            models.Index(
                fields=["created_at", "id", "outcome", "archived_at", "answer", "overridden_at"], name="asked_latest"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "org_unit"],
                condition=Q(archived_at__isnull=True),
                name="asked_once",
                violation_error_message=_("This department is asked already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org_unit} · {self.outcome}"

    @property
    def is_open(self) -> bool:
        """Nobody has answered yet, and nobody has overridden it."""
        return self.archived_at is None and not self.answer and self.overridden_at is None

    @property
    def is_settled(self) -> bool:
        return self.overridden_at is not None or self.answer in SETTLING


class Approval(Record):
    """One round of review and approval of an outcome. `content` is what was submitted, `content_hash` its hash: the
    approval holds for that content and for no other."""

    outcome = models.ForeignKey("crm.Outcome", models.PROTECT, related_name="approvals", verbose_name=_("outcome"))
    status = models.CharField(
        _("status"), max_length=10, choices=choices(ApprovalStatus), default=ApprovalStatus.SUBMITTED
    )
    content = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    note = models.TextField(_("note"), blank=True)
    submitted_by = models.ForeignKey("crm.Account", models.PROTECT, related_name="+", verbose_name=_("drafted by"))
    reviewed_by = models.ForeignKey(
        "crm.Account", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewed by")
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    review_opinion = models.TextField(_("opinion of the reviewer"), blank=True)
    decided_by = models.ForeignKey(
        "crm.Account", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_opinion = models.TextField(_("opinion of the approver"), blank=True)
    capacity = models.CharField(_("capacity"), max_length=10, choices=choices(Capacity), blank=True)
    on_behalf_of = models.ForeignKey(
        "crm.Account", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("on behalf of")
    )
    document_number = models.CharField(_("document number"), max_length=120, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("approval")
        indexes = [models.Index(fields=["created_at", "id", "outcome", "status"], name="submitted_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["outcome"],
                condition=Q(status__in=["submitted", "reviewed", "approved"]),
                name="one_approval_at_a_time",
                violation_error_message=_("This outcome is submitted already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.outcome)


class Delegation(Record):
    """`deputy` may answer and decide in the place of `giver` from one day to another, both included. Withdrawn by
    archiving."""

    giver = models.ForeignKey(
        "crm.Account", models.PROTECT, related_name="delegations_given", verbose_name=_("in whose place")
    )
    deputy = models.ForeignKey("crm.Account", models.PROTECT, related_name="delegations_had", verbose_name=_("deputy"))
    capacity = models.CharField(_("capacity"), max_length=10, choices=choices(Capacity), default=Capacity.ACTING)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("delegation")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="delegation_ends_after_it_begins",
                violation_error_message=_("The delegation ends before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("deputy")),
                name="nobody_is_their_own_deputy",
                violation_error_message=_("Nobody stands in for themselves."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} ← {self.giver}"

    @property
    def is_ended(self) -> bool:
        """Ended before its last day."""
        return self.archived_at is not None
