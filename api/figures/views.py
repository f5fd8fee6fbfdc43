"""The quarter's figures, from the one calculation."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.figures.shapes import shape_of
from api.problems import BadQuery
from api.protocol import Protocol
from crm.permissions import sight_of
from crm.values.periods import PeriodError, Quarter, parse_as_of
from reports.building.sight import seen_by
from reports.figures.asked import NotAnswerable, check_asked
from reports.figures.plain import plain_quarterly
from reports.figures.quarterly import QuarterlyFigures as Figures
from reports.figures.quarterly import quarterly


class QuarterlyFigures(Protocol, APIView):
    """One quarter as known at a time: counts, money and jobs, year to date, fulfilment, outcomes, entries."""

    parameters = frozenset({"period", "as_of"})
    verb = "report.export"

    @extend_schema(
        operation_id="figures_quarterly",
        parameters=[
            OpenApiParameter("period", OpenApiTypes.STR, required=True, description="Such as 2023Q1."),
            OpenApiParameter("as_of", OpenApiTypes.STR, description="A day (its end in Seoul) or an ISO time; now."),
        ],
        responses={(200, "application/json"): shape_of(Figures, without={"names"})},
    )
    def get(self, request: Request) -> Response:
        """The very numbers of the report for this quarter, as they were known at that time."""
        now = timezone.now()
        period, as_of = _period(request), _as_of(request, now)
        try:
            check_asked(period, as_of, now)
        except NotAnswerable as refusal:
            raise BadQuery(refusal.field, str(refusal), "not_answerable") from refusal
        sight = sight_of(request.user)  # type: ignore[arg-type]
        return Response(plain_quarterly(seen_by(quarterly(period, min(as_of, now)), sight)))


def _period(request: Request) -> Quarter:
    try:
        return Quarter.parse(request.query_params.get("period", ""))
    except PeriodError as error:
        raise BadQuery("period", _("Write the quarter like 2023Q1.")) from error


def _as_of(request: Request, now: datetime) -> datetime:
    text = request.query_params.get("as_of")
    try:
        return now if text is None else parse_as_of(text)
    except PeriodError as error:
        raise BadQuery("as_of", _("Write the as-of day like 2023-03-31.")) from error
