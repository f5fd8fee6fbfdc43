"""Links by which partners confirm what the city claims."""

from typing import Any

from rest_framework import serializers

from api.fields import RecordSerializer
from crm.actions.confirmations import LONGEST_LIFE
from crm.models import PartnerConfirmation
from crm.queries.confirmations import LANGUAGES, LinkState


class ConfirmationSerializer(RecordSerializer):
    """What the partner answered is the partner's: the only change is `is_revoked`, true."""

    create_only = ("id", "outcome", "organisation", "language", "days")
    language = serializers.ChoiceField([(code, code) for code in LANGUAGES], default="ko")
    days = serializers.IntegerField(
        write_only=True, default=14, min_value=1, max_value=LONGEST_LIFE, help_text="How long the link is open."
    )
    is_revoked = serializers.BooleanField(required=False, help_text="Closed before its time.")
    state = serializers.ChoiceField(
        [(s.value, s.value) for s in LinkState if s != LinkState.EXPIRED],
        read_only=True,
        help_text="As it was left: until when an open link can be answered is told by `expires_at`.",
    )
    # Empty until it is answered.
    answer = serializers.CharField(read_only=True)

    class Meta:
        model = PartnerConfirmation
        fields = [
            "id", "version", "outcome", "organisation", "language", "days", "state", "is_revoked", "content_hash",
            "asked_by", "expires_at", "revoked_at", "answer", "answered_at", "stated_value", "stated_amount",
            "stated_currency", "comment", "respondent_position", "document", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = [
            "version", "content_hash", "asked_by", "expires_at", "revoked_at", "answered_at", "stated_value",
            "stated_amount", "stated_currency", "comment", "respondent_position", "document", "created_at",
            "updated_at", "archived_at",
        ]  # fmt: skip

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields["is_revoked"].read_only = not self.partial
        return fields


class NewConfirmationSerializer(ConfirmationSerializer):
    """With the address for the partner: given this once."""

    link = serializers.URLField(read_only=True, help_text="For the partner. It is not kept, and not shown again.")

    class Meta(ConfirmationSerializer.Meta):
        fields = [*ConfirmationSerializer.Meta.fields, "link"]
