"""Exchange rates."""

from api.fields import ExactDecimal, RecordSerializer
from crm.models import FxRate


class FxRateSerializer(RecordSerializer):
    rate = ExactDecimal(decimal_places=6, read_only=True)

    class Meta:
        model = FxRate
        fields = ["id", "version", "currency", "on", "per", "rate", "source", "created_at", "updated_at"]
        read_only_fields = fields
