"""Bureaus, divisions and teams. Units are renamed, split and merged, so they have a validity and successors."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crm.models.base import Record
from crm.models.labels import choices
from crm.values.measures import SuccessionKind, UnitLevel


class OrgUnit(Record):
    code = models.SlugField(_("code"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=choices(UnitLevel), default=UnitLevel.BUREAU)
    parent_unit = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subunits")
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)

    class Meta:
        verbose_name = _("org unit")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def current(self, today: date) -> "OrgUnit":
        """The unit that carries this one's open work on that day: itself, or its successor's successor.

        A succession without a stated day is in force. A split unit has several heirs and keeps its work
        until somebody hands it over."""
        unit, seen = self, {self.pk}
        while True:
            heirs = [
                s.successor
                for s in unit.successions.select_related("successor").filter(archived_at=None)
                if s.in_force_from is None or s.in_force_from <= today
            ]
            if len(heirs) != 1 or heirs[0].pk in seen:
                return unit
            unit = heirs[0]
            seen.add(unit.pk)


class UnitSuccession(Record):
    """`predecessor` became `successor`. `in_force_from` is unknown where no source states the day."""

    part_of = "predecessor"

    predecessor = models.ForeignKey(OrgUnit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(OrgUnit, models.PROTECT, related_name="predecessions")
    kind = models.CharField(max_length=10, choices=choices(SuccessionKind), default=SuccessionKind.RENAMED)
    in_force_from = models.DateField(null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="unit_is_not_its_own_heir"),
        ]
