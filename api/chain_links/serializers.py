"""What came of what: of one pitch, demonstration or outcome one demonstration or outcome."""

from rest_framework import serializers

from api.fields import RecordSerializer, StrictSerializer
from crm.models import ChainLink

_ENDS = ("from_pitch", "from_demonstration", "from_outcome", "to_demonstration", "to_outcome")


class ChainLinkSerializer(RecordSerializer):
    create_only = ("id", *_ENDS)

    class Meta:
        model = ChainLink
        fields = ["id", "version", *_ENDS, "note", "created_at", "updated_at", "archived_at"]
        read_only_fields = ["version", "created_at", "updated_at", "archived_at"]


class RemovalSerializer(StrictSerializer):
    reason = serializers.CharField(max_length=1000)
