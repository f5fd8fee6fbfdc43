"""Closed vocabularies and records as the choices of a field."""

from datetime import date
from enum import StrEnum
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import Promise

from crm.models import OrgUnit
from crm.models.labels import choices
from crm.queries.org_units import units_in_force


def words(vocabulary: type[StrEnum], nothing: str | Promise | None = None) -> list[tuple[str, Any]]:
    """The vocabulary's choices, after a line for none of them where `nothing` says how to call it."""
    found: list[tuple[str, Any]] = list(choices(vocabulary))
    return found if nothing is None else [("", nothing), *found]


def offer_units(field: Any, today: date, *chosen: OrgUnit | None) -> None:
    """Offers the units in force, and those that are chosen already, in force or not."""
    kept = [unit.pk for unit in chosen if unit is not None]
    field.queryset = OrgUnit.objects.filter(Q(pk__in=units_in_force(today).values("pk")) | Q(pk__in=kept)).order_by(
        "name", "id"
    )


class Checkboxes(forms.CheckboxSelectMultiple):
    """Several of a short list."""
