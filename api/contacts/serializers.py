"""Contacts."""

from rest_framework import serializers

from api.fields import RecordSerializer
from crm.models import Contact


class ContactSerializer(RecordSerializer):
    # Both are checked by the action, which brings the number into form.
    email = serializers.CharField(required=False, allow_blank=True, max_length=254)
    phone = serializers.CharField(required=False, allow_blank=True, max_length=60)

    class Meta:
        model = Contact
        fields = [
            "id", "version", "organisation", "name", "position", "email", "phone", "legal_basis", "retention_until",
            "created_at", "updated_at", "archived_at", "purged_at",
        ]  # fmt: skip
        read_only_fields = ["version", "created_at", "updated_at", "archived_at", "purged_at"]
