"""Pitch competitions (IR 대회): an event's criteria and judges, the entries, conflicts of interest and scores."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.fields import ExactDecimalField
from crm.models.labels import choices
from crm.values.demonstrations import PitchRound, PitchStatus


class PitchCriterion(Record):
    """One criterion with its weight (배점) in per cent; the weights of a competition add to 100."""

    part_of = "event"

    event = models.ForeignKey("crm.Event", models.PROTECT, related_name="criteria")
    name = models.CharField(_("criterion"), max_length=120)
    weight = ExactDecimalField(_("weight"), places=2)

    class Meta:
        verbose_name = _("criterion")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "name"], condition=Q(archived_at__isnull=True), name="criterion_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Judge(Record):
    """`name` is how the papers call the judge (심사위원 가); `organisation` where the judge works, if on record."""

    event = models.ForeignKey("crm.Event", models.PROTECT, related_name="judges")
    name = models.CharField(_("judge"), max_length=120)
    affiliation = models.CharField(_("affiliation"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        "crm.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )

    class Meta:
        verbose_name = _("judge")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], condition=Q(archived_at__isnull=True), name="judge_once")
        ]

    def __str__(self) -> str:
        return self.name


class PitchEntry(Record):
    """One applicant at one competition. `round` is the one it has reached; `place` its rank once it is decided."""

    event = models.ForeignKey("crm.Event", models.PROTECT, related_name="pitches", verbose_name=_("pitch competition"))
    organisation = models.ForeignKey(
        "crm.Organisation", models.PROTECT, related_name="pitches", verbose_name=_("applicant")
    )
    title = models.CharField(_("title"), max_length=500)
    technology = models.CharField(_("technology"), max_length=300, blank=True)
    round = models.CharField(_("round"), max_length=10, choices=choices(PitchRound), default=PitchRound.APPLIED)
    status = models.CharField(_("status"), max_length=10, choices=choices(PitchStatus), default=PitchStatus.RUNNING)
    place = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    award = models.CharField(_("award"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("pitch")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "organisation", "title"],
                condition=Q(archived_at__isnull=True),
                name="pitch_once",
                violation_error_message=_("This applicant already pitches this here."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class JudgeConflict(Record):
    """A judge's conflict of interest with an entry: that judge does not score it."""

    part_of = "pitch"

    pitch = models.ForeignKey(PitchEntry, models.PROTECT, related_name="conflicts")
    judge = models.ForeignKey(Judge, models.PROTECT, related_name="conflicts", verbose_name=_("judge"))
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("conflict of interest")
        constraints = [
            models.UniqueConstraint(
                fields=["pitch", "judge"], condition=Q(archived_at__isnull=True), name="conflict_once"
            )
        ]


class PitchScore(Record):
    """Points from 0 to 100 by one judge for one criterion in one round."""

    part_of = "pitch"

    pitch = models.ForeignKey(PitchEntry, models.PROTECT, related_name="scores")
    judge = models.ForeignKey(Judge, models.PROTECT, related_name="scores", verbose_name=_("judge"))
    criterion = models.ForeignKey(PitchCriterion, models.PROTECT, related_name="scores", verbose_name=_("criterion"))
    round = models.CharField(_("round"), max_length=10, choices=choices(PitchRound))
    points = ExactDecimalField(_("points"), places=2)

    class Meta:
        verbose_name = _("score")
        constraints = [
            models.UniqueConstraint(
                fields=["pitch", "judge", "criterion", "round"],
                condition=Q(archived_at__isnull=True),
                name="score_once",
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0, points__lte=100),
                name="points_from_0_to_100",
                violation_error_message=_("Points go from 0 to 100."),
            ),
        ]
