"""What every list may be filtered by. A filter that is malformed is refused, never ignored."""

from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 8999


class _MomentField(forms.Field):
    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            moment = parse_datetime(str(value))
        except ValueError:
            moment = None
        # Without a zone it could be Seoul's or UTC's; a year at either end leaves the calendar on its way to UTC.
        if moment is None or moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise forms.ValidationError(_("Write a moment with its zone, such as 2023-02-07T00:00:00Z."), "invalid")
        return moment


class _FlagField(forms.Field):
    def to_python(self, value: Any) -> bool | None:
        if value in self.empty_values:
            return None
        if value not in ("true", "false"):
            raise forms.ValidationError(_("Write true or false."), "invalid")
        return bool(value == "true")


class Moment(django_filters.IsoDateTimeFilter):
    """An ISO 8601 date and time with its zone."""

    field_class = _MomentField


class Day(django_filters.DateFilter):
    """An ISO 8601 date, whatever the reader's language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"input_formats": ["%Y-%m-%d"], **kwargs})


class Flag(django_filters.BooleanFilter):
    """`true` or `false`."""

    field_class = _FlagField


class StrictFilters(django_filters.FilterSet):
    class Meta:
        fields: list[str] = []
        # A relation is asked for by id: one that is not there has nothing, which is an empty list.
        filter_overrides: dict[Any, Any] = {
            models.ForeignKey: {"filter_class": django_filters.UUIDFilter},
            models.BooleanField: {"filter_class": Flag},
        }


class RecordFilters(StrictFilters):
    """`updated_since` is a convenience: the change feed is the truth."""

    updated_since = Moment("updated_at", "gte")
    archived = Flag("archived_at", "isnull", exclude=True)
