"""Contacts."""

from rest_framework import serializers

from api.fields import RecordSerializer
from crm.models import Contact


class ContactSerializer(RecordSerializer):
    # The number is checked and brought into form by the action, so it may come in any form.
    phone = serializers.CharField(required=False, allow_blank=True, max_length=60)

    class Meta:
        model = Contact
        fields = [
            "id", "version", "organisation", "name", "position", "email", "phone", "legal_basis", "retention_until",
            "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = ["version", "created_at", "updated_at", "archived_at"]
