"""The page of the cohorts: what became of investment MOUs by the quarter of their signing and by their age."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from crm.permissions import may
from crm.values.periods import SEOUL, PeriodError, Quarter, parse_as_of
from reports import documents
from reports.building.triangle import build_triangle
from reports.charts import FontMissing
from reports.figures.asked import NotAnswerable, check_asked
from reports.figures.triangle import triangle
from reports.report import Report
from reports.web.pages.report import report_page


@login_required
@require_safe
def cohorts_page(request: HttpRequest) -> HttpResponse:
    try:
        report = _report(request)
    except NotAnswerable as refusal:
        context = {"message": str(refusal), "as_of_text": request.GET.get("as_of", "")[:10]}
        return render(request, "reports/cohorts.html", context, status=422)
    page = report_page(report, reverse("reports:cohorts-document"), {}, request.GET.get("as_of", "")[:10])
    return render(request, "reports/cohorts.html", {"page": page, "as_of_text": page.as_of_text})


@login_required
@require_safe
def cohorts_document(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("format", "xlsx")
    try:
        report = _report(request)
        content = documents.render(report, wanted)
    except (NotAnswerable, documents.UnknownFormat, FontMissing) as refusal:
        context = {"message": str(refusal), "as_of_text": ""}
        return render(request, "reports/cohorts.html", context, status=422)
    response = HttpResponse(content, content_type=documents.CONTENT_TYPES[wanted])
    response["Content-Disposition"] = f'attachment; filename="{documents.file_name(report, wanted)}"'
    add_never_cache_headers(response)
    return response


def _report(request: HttpRequest) -> Report:
    """Raises NotAnswerable naming the field; PermissionDenied."""
    if not may(request.user, "report.export"):  # type: ignore[arg-type]
        raise PermissionDenied
    now = timezone.now()
    as_of = _as_of(request.GET.get("as_of", "").strip(), now)
    check_asked(Quarter.of(as_of.astimezone(SEOUL).date()), as_of, now)
    wanted = request.GET.get("lang", "") or translation.get_language() or "ko"
    return build_triangle(triangle(min(as_of, now)), "en" if wanted.startswith("en") else "ko")


def _as_of(typed: str, now: datetime) -> datetime:
    try:
        return parse_as_of(typed) if typed else now
    except PeriodError as error:
        raise NotAnswerable("as_of", _("Write the as-of day like 2023-03-31.")) from error


# What the tests of the policy read: a page without a rule fails them.
for _view in (cohorts_page, cohorts_document):
    _view.verb = "report.export"  # type: ignore[attr-defined]
