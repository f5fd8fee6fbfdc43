"""Bureaus, divisions and teams."""

from api.fields import RecordSerializer
from crm.models import OrgUnit


class OrgUnitSerializer(RecordSerializer):
    class Meta:
        model = OrgUnit
        fields = [
            "id",
            "version",
            "code",
            "name",
            "name_en",
            "level",
            "parent_unit",
            "valid_from",
            "valid_to",
            "created_at",
            "updated_at",
            "archived_at",
        ]
        read_only_fields = ["version", "created_at", "updated_at", "archived_at"]
