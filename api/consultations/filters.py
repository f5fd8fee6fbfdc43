"""Filters of consultations."""

from django_filters import rest_framework as filters

from api.filters import RecordFilters
from crm.models import Consultation


class ConsultationFilters(RecordFilters):
    met_from = filters.DateFilter("met_on", "gte")
    met_to = filters.DateFilter("met_on", "lte")

    class Meta(RecordFilters.Meta):
        model = Consultation
        fields = ["event", "exhibitor", "buyer"]
