"""Rounds of review and approval."""

from typing import Any, ClassVar

from rest_framework import serializers

from api.fields import RecordSerializer
from crm.models import Approval


class ApprovalSerializer(RecordSerializer):
    """A change is a step: `status` with what it takes. `reviewed` and `approved` take the `content_hash` of what was
    read, `returned` an `opinion`."""

    create_only = ("id", "outcome", "note")
    change_only: ClassVar[tuple[str, ...]] = ("status", "content_hash", "document_number", "on_behalf_of", "opinion")
    # Empty until it is decided.
    capacity = serializers.CharField(read_only=True)
    opinion = serializers.CharField(write_only=True, required=False, allow_blank=True)

    class Meta:
        model = Approval
        fields = [
            "id", "version", "outcome", "status", "content_hash", "note", "submitted_by", "reviewed_by", "reviewed_at",
            "review_opinion", "decided_by", "decided_at", "decision_opinion", "capacity", "on_behalf_of",
            "document_number", "closed_at", "opinion", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = [
            "version", "submitted_by", "reviewed_by", "reviewed_at", "review_opinion", "decided_by", "decided_at",
            "decision_opinion", "capacity", "closed_at", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if not self.partial:
            del fields["opinion"]
        for name in set(self.change_only) & set(fields):
            fields[name].read_only = not self.partial
            fields[name].required = False
        return fields
