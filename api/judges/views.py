"""Judges of pitch competitions."""

from typing import Any

from api.judges.filters import JudgeFilters
from api.judges.serializers import JudgeSerializer
from api.resources import Creates, ResourceViewSet, Updates
from crm.actions import pitches
from crm.models import Judge


class JudgeViewSet(Creates, Updates, ResourceViewSet):
    queryset = Judge.objects.all()
    serializer_class = JudgeSerializer
    filterset_class = JudgeFilters
    update_action = pitches.update_judge

    def create_record(self, who: Any, fields: dict[str, Any]) -> Judge:
        return pitches.record_judge(who, fields.pop("event"), **fields)
