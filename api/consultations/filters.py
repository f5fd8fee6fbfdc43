"""Filters of consultations."""

from api.filters import Day, RecordFilters
from crm.models import Consultation


class ConsultationFilters(RecordFilters):
    met_from = Day("met_on", "gte")
    met_to = Day("met_on", "lte")

    class Meta(RecordFilters.Meta):
        model = Consultation
        fields = ["event", "exhibitor", "buyer"]
