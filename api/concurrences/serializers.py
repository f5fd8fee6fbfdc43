"""What departments are asked about outcomes, and what they answer."""

from typing import Any, ClassVar

from rest_framework import serializers

from api.fields import RecordSerializer
from crm.models import Concurrence


class ConcurrenceSerializer(RecordSerializer):
    """A change is an answer (`answer`, `opinion`, `content_hash` of what was read, `on_behalf_of`) or an overriding
    (`override_reason`)."""

    create_only = ("id", "outcome", "org_unit", "mandatory", "due_on", "question")
    change_only: ClassVar[tuple[str, ...]] = ("answer", "opinion", "content_hash", "on_behalf_of", "override_reason")

    # Empty until it is answered.
    capacity = serializers.CharField(read_only=True)

    class Meta:
        model = Concurrence
        fields = [
            "id", "version", "outcome", "org_unit", "mandatory", "due_on", "question", "content_hash", "asked_by",
            "follows", "handed_from", "answer", "opinion", "answered_by", "answered_at", "capacity", "on_behalf_of",
            "overridden_by", "overridden_at", "override_reason", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = [
            "version", "asked_by", "follows", "handed_from", "answered_by", "answered_at", "capacity", "overridden_by",
            "overridden_at", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for name in self.change_only:
            fields[name].read_only = not self.partial
            fields[name].required = False
        return fields
