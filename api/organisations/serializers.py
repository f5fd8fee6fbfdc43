"""Organisations and their aliases."""

from rest_framework import serializers

from api.fields import RecordSerializer
from crm.models import Organisation, OrganisationAlias


class AliasSerializer(RecordSerializer):
    class Meta:
        model = OrganisationAlias
        fields = ["id", "name", "language", "source"]


class OrganisationSerializer(RecordSerializer):
    # The number is checked and brought into form by the action, so it may come in any form.
    business_registration_number = serializers.CharField(required=False, allow_blank=True, max_length=40)
    aliases = AliasSerializer(many=True, read_only=True)

    class Meta:
        model = Organisation
        fields = [
            "id", "version", "name", "name_en", "country", "region", "sector", "business_registration_number", "note",
            "aliases", "merged_into", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = ["version", "merged_into", "created_at", "updated_at", "archived_at"]
