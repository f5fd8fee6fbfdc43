"""Closed vocabularies and records as the choices of a field."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.models import Event, OrgUnit
from crm.models.labels import choices
from crm.queries.org_units import units_in_force


def words(vocabulary: type[StrEnum], nothing: str | Promise | None = None) -> list[tuple[str, Any]]:
    """The vocabulary's choices, after a line for none of them where `nothing` says how to call it."""
    found: list[tuple[str, Any]] = list(choices(vocabulary))
    return found if nothing is None else [("", nothing), *found]


class Offered(BaseChoiceIterator):
    """Choices as they are at hand. In a plain list, which holds hundreds, Django asks of each, twice a form, whether it
    is a group."""

    def __init__(self, found: Iterable[tuple[str, Any]]) -> None:
        self._found = tuple(found)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self._found)


class Chosen(forms.TypedChoiceField):
    """A record of those offered, by its id; None where none is chosen. What is offered is read once, and what is chosen
    is looked for among it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, required=False, **kwargs)

    def offer(self, found: Iterable[tuple[UUID, str]]) -> None:
        self.choices = Offered([("", _("All")), *((str(pk), name) for pk, name in found)])


class _Names(forms.models.ModelChoiceIterator):  # type: ignore[type-arg]
    """Ids and names alone: with hundreds of departments and events, reading each as a record would take as long as the
    rest of the page."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for pk, name in self.queryset.values_list("pk", "name"):
            yield str(pk), name


def offer(field: Any, found: QuerySet[Any]) -> None:
    """Offers records that are called by their `name`."""
    field.iterator = _Names
    field.queryset = found


def offer_units(field: Any, today: date, *chosen: OrgUnit | None) -> None:
    """Offers the units in force, and those that are chosen already, in force or not."""
    kept = [unit.pk for unit in chosen if unit is not None]
    found = OrgUnit.objects.filter(Q(pk__in=units_in_force(today).values("pk")) | Q(pk__in=kept))
    offer(field, found.order_by("name", "id"))


def offer_events(field: Any) -> None:
    """Offers the events, the latest first."""
    offer(field, events_offered())
    told = _("This event is archived, or there is none: restore it, or choose another.")
    field.error_messages["invalid_choice"] = told


def events_offered() -> QuerySet[Event]:
    return Event.objects.filter(archived_at=None).order_by("-starts_on", "id")


class Checkboxes(forms.CheckboxSelectMultiple):
    """Several of a list. Rendered in one go: each option by templates of its own, as Django's, takes too long."""

    template_name = "forms/checkboxes.html"
