"""Ledger entries, and the figures from which they are made."""

from typing import Any

from rest_framework import serializers

from api.fields import ExactDecimal, NewId, RecordSerializer, Reference, StrictSerializer
from crm.models import Consultation, Document, Event, LedgerEntry, Outcome
from crm.models.labels import choices
from crm.values.evidence import Grade
from crm.values.measures import Basis, Cause, Measure, Series


class LedgerEntrySerializer(RecordSerializer):
    class Meta:
        model = LedgerEntry
        fields = [
            "id", "version", "outcome", "consultation", "event", "measure", "series", "value", "currency", "basis",
            "approximate", "as_reported", "krw_value", "fx_rate", "fx_per", "fx_date", "fx_source", "fx_policy",
            "value_date", "date_basis", "recorded_at", "entered_at", "is_backfill", "source", "evidence",
            "evidence_grade", "cause", "reason", "reverses", "replaces", "for_year", "derived_from",
            "kind", "standing", "stage", "recorded_by",
        ]  # fmt: skip
        read_only_fields = fields

    version = serializers.IntegerField(read_only=True, default=1)
    # Empty where the entry is about no outcome.
    kind = serializers.CharField(read_only=True)
    stage = serializers.CharField(read_only=True)


class FigureSerializer(StrictSerializer):
    """A value to be posted: positive; a decrease is a correction."""

    measure = serializers.ChoiceField([c for c in choices(Measure) if c[0] != Measure.COUNT])
    series = serializers.ChoiceField(choices(Series))
    value = ExactDecimal()
    currency = serializers.CharField(max_length=3, required=False, allow_blank=True, default="")
    basis = serializers.ChoiceField(choices(Basis), default=Basis.UNSTATED)
    approximate = serializers.BooleanField(default=False)
    as_reported = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    value_date = serializers.DateField(required=False, allow_null=True, default=None)
    for_year = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1900, max_value=2200,
        help_text="The year of a contract that the money is for.",
    )  # fmt: skip
    source = serializers.CharField(max_length=300)  # type: ignore[assignment]
    evidence = Reference(queryset=Document.objects.all(), required=False, allow_null=True, default=None)
    evidence_grade = serializers.ChoiceField(choices(Grade))

    def to_internal_value(self, data: Any) -> Any:
        figure = super().to_internal_value(data)
        vocabularies = {"measure": Measure, "series": Series, "basis": Basis, "evidence_grade": Grade}
        return figure | {name: words(figure[name]) for name, words in vocabularies.items() if name in figure}


class PostSerializer(FigureSerializer):
    """A figure about exactly one outcome, consultation or event."""

    measure = serializers.ChoiceField(choices(Measure))
    id = NewId(required=False)
    outcome = Reference(queryset=Outcome.objects.all(), required=False)
    consultation = Reference(queryset=Consultation.objects.all(), required=False)
    event = Reference(queryset=Event.objects.all(), required=False)

    def validate(self, figure: dict[str, Any]) -> dict[str, Any]:
        subjects = [figure.pop(name) for name in ("outcome", "consultation", "event") if name in figure]
        if len(subjects) != 1:
            raise serializers.ValidationError("outcome | consultation | event", "one_subject")
        return figure | {"subject": subjects[0]}


class CorrectionSerializer(FigureSerializer):
    reason = serializers.CharField(max_length=2000)


class ReversalSerializer(StrictSerializer):
    cause = serializers.ChoiceField(
        [c for c in choices(Cause) if c[0] in (Cause.CORRECTION, Cause.WITHDRAWAL, Cause.MERGE)]
    )
    reason = serializers.CharField(max_length=2000)
