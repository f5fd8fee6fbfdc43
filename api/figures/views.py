"""The quarter's figures, from the one calculation."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.accepted import AS_OF, QUARTER
from api.figures.shapes import shape_of
from api.problems import BadQuery, Unprocessable
from api.protocol import Protocol
from crm.dates import as_of_refused
from crm.permissions import sight_of
from crm.values.periods import PeriodError, Quarter, parse_as_of
from reports.building.sight import masked_entries, seen_by
from reports.figures.asked import NotAnswerable, check_asked
from reports.figures.plain import plain_quarterly, plain_restatement
from reports.figures.quarterly import QuarterlyFigures as Figures
from reports.figures.quarterly import quarterly
from reports.figures.restatement import Restatement, restatement

_PERIOD: Final = {"type": "string", "pattern": QUARTER}
_TIME: Final = {"type": "string", "pattern": AS_OF}


class QuarterlyFigures(Protocol, APIView):
    """One quarter as known at a time: counts, money and jobs, year to date, fulfilment, outcomes, entries."""

    parameters = frozenset({"period", "as_of"})
    verb = "report.export"

    @extend_schema(
        operation_id="figures_quarterly",
        parameters=[
            OpenApiParameter("period", _PERIOD, required=True, description="Such as 2023Q1."),
            OpenApiParameter("as_of", _TIME, description="A day (its end in Seoul) or an ISO time; now."),
        ],
        responses={(200, "application/json"): shape_of(Figures)},
    )
    def get(self, request: Request) -> Response:
        """The very numbers of the report for this quarter, as they were known at that time."""
        now = timezone.now()
        period, as_of = _period(request), _as_of(request, now)
        try:
            check_asked(period, as_of, now=now)
        except NotAnswerable as refusal:
            raise Unprocessable(f"?{refusal.field}", str(refusal), "not_answerable") from refusal
        sight = sight_of(request.user)  # type: ignore[arg-type]
        return Response(plain_quarterly(seen_by(quarterly(period, min(as_of, now)), sight)))


class RestatementFigures(Protocol, APIView):
    """Why one quarter reads differently as of two times."""

    parameters = frozenset({"period", "from", "to"})
    verb = "report.export"

    @extend_schema(
        operation_id="figures_restatement",
        parameters=[
            OpenApiParameter("period", _PERIOD, required=True, description="Such as 2023Q1."),
            OpenApiParameter("from", _TIME, required=True, description="The earlier as-of day or time."),
            OpenApiParameter("to", _TIME, description="The later one; now."),
        ],
        responses={(200, "application/json"): shape_of(Restatement)},
    )
    def get(self, request: Request) -> Response:
        """Opening, what moved by cause, and closing of every figure that differs, and the entries between."""
        now = timezone.now()
        period = _period(request)
        if "from" not in request.query_params:
            raise BadQuery("from", _("Say the two times to compare."))
        earlier, later = _as_of(request, now, "from"), _as_of(request, now, "to")
        for name, moment in (("from", earlier), ("to", later)):
            try:
                check_asked(period, moment, now=now)
            except NotAnswerable as refusal:
                field = "period" if refusal.field == "period" else name
                raise Unprocessable(f"?{field}", str(refusal), "not_answerable") from refusal
        if earlier > later:
            raise Unprocessable("?from", _("The earlier time lies after the later one."), "not_answerable")
        found = restatement(period.first_day, period.last_day, min(earlier, now), min(later, now))
        shown = masked_entries(found.entries, sight_of(request.user))  # type: ignore[arg-type]
        return Response(plain_restatement(replace(found, entries=shown)))


def _period(request: Request) -> Quarter:
    try:
        return Quarter.parse(request.query_params.get("period", ""))
    except PeriodError as error:
        raise BadQuery("period", _("Write the quarter like 2023Q1.")) from error


def _as_of(request: Request, now: datetime, name: str = "as_of") -> datetime:
    text = request.query_params.get(name)
    try:
        return now if text is None else parse_as_of(text)
    except PeriodError as error:
        raise BadQuery(name, as_of_refused(error)) from error
