"""Who answers and decides in whose place."""

from typing import Any

from rest_framework import serializers

from api.fields import RecordSerializer
from crm.models import Delegation


class DelegationSerializer(RecordSerializer):
    """What was given stays as it was given: the only change is `is_ended`, true."""

    create_only = ("id", "giver", "deputy", "capacity", "from_on", "until_on", "reason")
    is_ended = serializers.BooleanField(required=False, help_text="Ended before its last day.")

    class Meta:
        model = Delegation
        fields = [
            "id", "version", "giver", "deputy", "capacity", "from_on", "until_on", "reason", "is_ended", "created_at",
            "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = ["version", "created_at", "updated_at", "archived_at"]

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields["is_ended"].read_only = not self.partial
        if "capacity" in fields:
            fields["capacity"].required = True
        return fields
