"""Pitches: list, detail, create, update; scores, conflicts of interest and steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from api.pitches.filters import PitchFilters
from api.pitches.serializers import AdvanceSerializer, DeclarationSerializer, PitchSerializer, ScoringSerializer
from api.protocol import caller
from api.resources import Creates, Deletes, ResourceViewSet, Updates
from crm.actions import pitches
from crm.models import JudgeConflict, PitchEntry, PitchScore
from crm.values.demonstrations import PitchRound, PitchStatus


class PitchViewSet(Deletes, Creates, Updates, ResourceViewSet):
    queryset = PitchEntry.objects.prefetch_related(
        Prefetch("scores", PitchScore.objects.filter(archived_at=None).order_by("created_at", "id")),
        Prefetch("conflicts", JudgeConflict.objects.filter(archived_at=None).order_by("created_at", "id")),
    )
    serializer_class = PitchSerializer
    filterset_class = PitchFilters
    ordering_fields = ("id", "created_at", "updated_at", "title", "place")
    update_action = pitches.update_pitch
    delete_action = pitches.archive_pitch

    def create_record(self, who: Any, fields: dict[str, Any]) -> PitchEntry:
        return pitches.record_pitch(who, fields.pop("event"), **fields)

    @extend_schema(request=ScoringSerializer, responses={201: PitchSerializer})
    @action(detail=True, methods=["post"], url_path="scores")
    def score(self, request: Request, pk: str) -> Response:
        """One judge's points in one round; sent again, they correct. Answers with the pitch."""
        pitch, told = self.get_object(), self.read(ScoringSerializer)
        points = {row["criterion"]: row["points"] for row in told["points"]}
        with _placed([row["criterion"].pk for row in told["points"]]):
            pitches.score_pitch(caller(request), pitch, told["judge"], points, PitchRound(told["round"]))
        return self.answer(pitch.pk, 201)

    @extend_schema(request=DeclarationSerializer, responses={201: PitchSerializer})
    @action(detail=True, methods=["post"], url_path="conflicts")
    def declare(self, request: Request, pk: str) -> Response:
        """A judge's conflict of interest: no score of this judge's counts here any more. Answers with the pitch."""
        pitch, told = self.get_object(), self.read(DeclarationSerializer)
        pitches.declare_conflict(caller(request), pitch, told["judge"], told["reason"])
        return self.answer(pitch.pk, 201)

    @extend_schema(request=AdvanceSerializer, responses={201: PitchSerializer})
    @action(detail=True, methods=["post"], url_path="steps")
    def advance(self, request: Request, pk: str) -> Response:
        """To a round, or a decision; a refusal names everything that the gate lacks. Answers with the pitch."""
        pitch, told = self.get_object(), self.read(AdvanceSerializer)
        kinds: dict[str, Any] = {"round": PitchRound, "status": PitchStatus}
        decision: dict[str, Any] = {name: kinds[name](v) if name in kinds else v for name, v in told.items()}
        pitches.advance_pitch(caller(request), pitch, **decision)
        return self.answer(pitch.pk, 201)


@contextmanager
def _placed(criteria: list[Any]) -> Iterator[None]:
    """Names what is refused by its place in the body, not by the criterion's id."""
    places = {f"points/{pk}": f"points/{place}/points" for place, pk in enumerate(criteria)}
    try:
        yield
    except ValidationError as refusal:
        if not hasattr(refusal, "error_dict"):
            raise
        raise ValidationError({places.get(n, n): errors for n, errors in refusal.error_dict.items()}) from refusal
