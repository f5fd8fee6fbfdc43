"""Instructions from leadership."""

from api.fields import RecordSerializer
from crm.models import Directive


class DirectiveSerializer(RecordSerializer):
    class Meta:
        model = Directive
        fields = ["id", "version", "event", "text", "given_on", "lead_unit", "created_at", "updated_at", "archived_at"]
        read_only_fields = ["version", "created_at", "updated_at", "archived_at"]
