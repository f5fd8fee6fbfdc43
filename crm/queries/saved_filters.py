"""The filters that a reader may choose from."""

from uuid import UUID

from django.db.models import Q, QuerySet

from crm.models import SavedFilter


def filters_for(reader: UUID, place: str) -> QuerySet[SavedFilter]:
    """The reader's own of that list and the shared ones, by name."""
    found = SavedFilter.objects.filter(Q(owner=reader) | Q(is_shared=True), place=place, archived_at=None)
    return found.select_related("owner").order_by("name", "id")
