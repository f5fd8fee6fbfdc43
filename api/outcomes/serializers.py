"""Outcomes with their parties, units and programmes. Their values stand in the ledger."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from api.fields import ExactDecimal, RecordSerializer, Reference, StrictSerializer, Texts
from api.ledger_entries.serializers import FigureSerializer
from crm.models import Attribution, Document, Event, Organisation, OrgUnit, Outcome, Programme, StageStep
from crm.models.labels import choices
from crm.values.evidence import Grade
from crm.values.measures import AttributionRole, PartyRole
from crm.values.stages import Stage

# Each takes a look-up of its own.
MOST_PARTS = 200
MASKED = ("content", "note", "stage_reason", "delay_reason", "next_steps", "document_number", "content_hash")


class PartySerializer(StrictSerializer):
    organisation = Reference(queryset=Organisation.objects.all())
    role = serializers.ChoiceField(choices(PartyRole))


class ShareSerializer(StrictSerializer):
    """Per cent of the outcome that fall to one event, or to one unit."""

    role = serializers.ChoiceField(choices(AttributionRole))
    event = Reference(queryset=Event.objects.all(), required=False, allow_null=True)
    org_unit = Reference(queryset=OrgUnit.objects.all(), required=False, allow_null=True)
    share = ExactDecimal(max_digits=5, decimal_places=2)


class StageStepSerializer(RecordSerializer):
    class Meta:
        model = StageStep
        fields = ["id", "from_stage", "stage", "taken_on", "reason", "taken_by", "evidence", "created_at"]


class TakeStageStepSerializer(StrictSerializer):
    stage = serializers.ChoiceField(choices(Stage))
    taken_on = serializers.DateField(help_text="The day of the step itself.")
    reason = serializers.CharField(
        required=False, allow_blank=True, max_length=5000, help_text="Off the normal road, and for any other detour."
    )
    evidence = Reference(queryset=Document.objects.all(), required=False, allow_null=True)


class OutcomeSerializer(RecordSerializer):
    # Where a record came from is told once; its figures have an address of their own.
    create_only = ("id", "source", "evidence_grade", "figures")
    parties = PartySerializer(many=True, required=False, max_length=MOST_PARTS)  # type: ignore[call-arg]
    cooperating_units = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=MOST_PARTS)
    programmes = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=MOST_PARTS)
    attributions = ShareSerializer(many=True, required=False, max_length=MOST_PARTS)  # type: ignore[call-arg]
    steps = StageStepSerializer(many=True, read_only=True)
    content_hash = serializers.CharField(
        read_only=True, help_text="Of what it says: concurrence and approval bind to it."
    )
    is_masked = serializers.SerializerMethodField(
        help_text="Partly open: this client is shown neither its texts nor its figures and documents."
    )
    also_called = Texts(longest=500, required=False)
    source = serializers.CharField(write_only=True, max_length=300, help_text="Where the record comes from.")  # type: ignore[assignment]
    evidence_grade = serializers.ChoiceField(choices(Grade), write_only=True)
    figures = FigureSerializer(many=True, required=False, write_only=True, max_length=MOST_PARTS)  # type: ignore[call-arg]

    class Meta:
        model = Outcome
        fields = [
            "id", "version", "code", "kind", "title", "title_as_signed", "also_called", "event", "lead_unit",
            "cooperating_units", "programmes", "parties", "attributions", "signed_on", "signed_at_place", "binding",
            "standing", "stage", "is_masked", "stage_reason", "steps", "term_years", "period_from", "period_to",
            "content", "note", "delay_reason", "next_steps", "document_number", "disclosure_level", "is_synthetic",
            "source", "evidence_grade", "figures", "content_hash", "created_at", "updated_at", "archived_at",
        ]  # fmt: skip
        read_only_fields = ["version", "is_synthetic", "created_at", "updated_at", "archived_at"]

    def to_representation(self, instance: Outcome) -> dict[str, Any]:
        shown = super().to_representation(_WithoutParts(instance))
        shown["parties"] = [{"organisation": str(p.organisation_id), "role": p.role} for p in instance.parties.all()]
        shown["cooperating_units"] = [str(c.org_unit_id) for c in instance.cooperating_units.all()]
        shown["programmes"] = [str(p.programme_id) for p in instance.programmes.all()]
        shown["attributions"] = [_share(attribution) for attribution in instance.attributions.all()]
        return shown | dict.fromkeys(MASKED, "") | {"steps": []} if shown["is_masked"] else shown

    def get_is_masked(self, outcome: Any) -> bool:
        return outcome.pk in self.context.get("masked", ())

    def validate_cooperating_units(self, ids: list[Any]) -> list[OrgUnit]:
        return found(OrgUnit, ids)

    def validate_programmes(self, ids: list[Any]) -> list[Programme]:
        return found(Programme, ids)


def _share(attribution: Attribution) -> dict[str, Any]:
    holders = {"event": attribution.event_id, "org_unit": attribution.org_unit_id}
    share = ExactDecimal().to_representation(attribution.share)
    return {"role": attribution.role, **{n: pk and str(pk) for n, pk in holders.items()}, "share": share}


class _WithoutParts:
    """An outcome whose parts read as empty: they are written out from their rows."""

    parties: tuple[Any, ...] = ()
    cooperating_units: tuple[Any, ...] = ()
    programmes: tuple[Any, ...] = ()
    attributions: tuple[Any, ...] = ()

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome

    def __getattr__(self, name: str) -> Any:
        return getattr(self._outcome, name)


def found(model: type[Any], ids: list[Any]) -> list[Any]:
    """The records of these ids, in their order. Raises ValidationError for one that is not there."""
    records = {record.pk: record for record in model.objects.filter(pk__in=ids)}
    why = [ErrorDetail(_("There is no such record."), "does_not_exist")]
    missing = {str(place): why for place, pk in enumerate(ids) if pk not in records}
    if missing:
        raise serializers.ValidationError(missing)
    return [records[pk] for pk in ids]
