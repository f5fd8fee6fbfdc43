"""What departments are asked about outcomes, and what they answer."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from api.concurrences.filters import ConcurrenceFilters
from api.concurrences.serializers import ConcurrenceSerializer
from api.resources import Creates, ResourceViewSet, Updates, says_nothing_new
from crm.actions import concurrence
from crm.actions.base import Caller
from crm.models import Concurrence


class ConcurrenceViewSet(Creates, Updates, ResourceViewSet):
    queryset = Concurrence.objects.select_related("outcome", "org_unit")
    serializer_class = ConcurrenceSerializer
    filterset_class = ConcurrenceFilters
    ordering_fields = ("id", "created_at", "updated_at", "due_on")

    def create_record(self, who: Caller, fields: dict[str, Any]) -> Concurrence:
        return concurrence.request_concurrence(who, fields.pop("outcome"), fields.pop("org_unit"), **fields)

    def update_record(self, who: Caller, record: Concurrence, version: int, changes: dict[str, Any]) -> Concurrence:
        """An overriding, or an answer with the hash of the content that was read."""
        if says_nothing_new(record, changes):
            return record
        if reason := changes.pop("override_reason", ""):
            if changes:
                raise ValidationError({"override_reason": _("Override, or answer: not both in one change.")})
            return concurrence.override_concurrence(who, record, reason, version=version)
        needed = [name for name in ("answer", "content_hash") if not changes.get(name)]
        if needed:
            raise ValidationError({name: _("An answer takes this field.") for name in needed})
        return concurrence.concur(who, record, changes.pop("answer"), version=version, **changes)
