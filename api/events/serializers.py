"""Events and their claims."""

from api.fields import RecordSerializer, Texts
from crm.models import Event, EventClaim


class ClaimSerializer(RecordSerializer):
    class Meta:
        model = EventClaim
        fields = ["id", "measure", "value", "as_of", "source", "status"]


class EventSerializer(RecordSerializer):
    places = Texts(longest=120, required=False)
    claims = ClaimSerializer(many=True, read_only=True)

    class Meta:
        model = Event
        fields = [
            "id", "version", "code", "kind", "name", "name_en", "country", "city", "places", "timezone", "starts_on",
            "ends_on", "lead_unit", "host", "operator", "sponsor", "pavilion", "pavilion_brand", "pavilion_operator",
            "pavilion_first_time", "pavilion_products", "note", "claims", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = ["version", "created_at", "updated_at", "archived_at"]
