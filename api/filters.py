"""What every list may be filtered by."""

from typing import Any

from django_filters import rest_framework as filters


class RecordFilters(filters.FilterSet):
    """`updated_since` is a convenience: the change feed is the truth."""

    updated_since = filters.IsoDateTimeFilter("updated_at", "gte")
    archived = filters.BooleanFilter("archived_at", "isnull", exclude=True)

    class Meta:
        fields: list[str] = []
        filter_overrides: dict[Any, Any] = {}
