"""Organisations and outcomes that may be one, and organisations that were made one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.organisations import Organisation
from crm.models.outcomes import Outcome


class SimilarPair(Record):
    """Two organisations that a person should look at. `first` has the smaller id, so that a pair is there once. It is
    open until somebody says that they are two (`apart_at`), or makes them one."""

    first = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    second = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    is_same_key = models.BooleanField(default=False)
    apart_at = models.DateTimeField(_("told apart"), null=True, blank=True)
    apart_by = models.ForeignKey("crm.Account", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("similar organisations")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} · {self.second}"


class SimilarOutcomes(Record):
    """Two outcomes that may be one agreement, recorded twice: open until somebody says that they are two, or puts one
    of them away. `first` has the smaller id."""

    first = models.ForeignKey(Outcome, models.PROTECT, related_name="+")
    second = models.ForeignKey(Outcome, models.PROTECT, related_name="+")
    apart_at = models.DateTimeField(_("told apart"), null=True, blank=True)
    apart_by = models.ForeignKey("crm.Account", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("similar outcomes")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="outcome_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="outcome_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} · {self.second}"


class Merge(Record):
    """`gone` became part of `kept`. `moved` are the rows that belonged to the gone one, as {"type", "id", "field",
    "done"}: done is moved, or archived where the kept one had the like already. `taken` are fields of the kept one as
    {field: [before, after]}; `names` the ids of the aliases that the merge added."""

    kept = models.ForeignKey(Organisation, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Organisation, models.PROTECT, related_name="merges_away")
    author = models.ForeignKey("crm.Account", models.PROTECT, related_name="+", verbose_name=_("who"))
    reason = models.CharField(_("reason"), max_length=300)
    moved = models.JSONField(default=list, blank=True)
    taken = models.JSONField(default=dict, blank=True)
    names = models.JSONField(default=list, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"
